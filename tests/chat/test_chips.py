"""What is taken as given, told over the socket, and set there: a turn like any other."""

from statistics import median

import pytest

from catalog.models import Track
from chat.flood import may_send_message
from chat.models import Conversation, LLMCall, Message
from chat.threads import in_thread
from chat.transcript import snapshot
from tests.chat.conftest import Reply
from tests.chat.test_talk import artists, ids, values

NOWHERE = "00000000-0000-4000-8000-000000000000"


def shown(frame):
    """Return each chip of an event as "label, strength"."""
    return [f"{chip['label']}, {chip['strength']}" for chip in frame["constraints"]]


def held(frame):
    return {chip["id"]: chip["strength"] for chip in frame["constraints"]}


async def choose(client, **request):
    """Send a choice and wait for the end of its reply. Returns its frames."""
    start = len(client.frames)
    if client.conversation:
        request["conversation"] = client.conversation
    await client.send(**request, id=f"choice-{start}")
    accepted = await client.until("message.accepted", id=f"choice-{start}")
    client.conversation = accepted["conversation"]
    await client.until("message.done", message=accepted["message"])
    return Reply(client.frames[start:])


async def put(client, constraint, value, **more):
    return await choose(
        client, type="constraint.set", constraint=constraint, value=value, **more
    )


async def refused(client, **request):
    """Send a choice that isn't carried out; return the error's code."""
    await client.send(type="constraint.set", id="no", **request)
    return (await client.until("error", id="no"))["code"]


async def test_a_turn_tells_what_is_given_once_and_before_its_end(
    catalog, ada, open_client
):
    client = await open_client(ada)

    reply = await client.say("calm jazz from the 60s, but no soul, 15 songs")

    (told,) = reply.of("constraints")
    assert sorted(shown(told)) == [
        "15 songs, hard",
        "60s, hard",
        "calm, soft",
        "jazz, hard",
        "not soul, hard",
    ]
    assert told["message"] == reply.frames[0]["message"]
    assert [frame["type"] for frame in reply.frames[-2:]] == [
        "constraints",
        "message.done",
    ]
    polarities = {c["id"]: c["polarity"] for c in told["constraints"]}
    assert polarities["genre:soul"] == "exclude"
    assert told["mood"]["energy"]["low"] is None
    assert (await client.say("thanks")).of("constraints") == []


async def test_letting_go_of_a_chip_searches_again_and_undo_brings_it_back(
    catalog, ada, open_client
):
    client = await open_client(ada)
    first = await client.say("happy jazz from the 60s")
    (before,) = first.of("constraints")

    reply = await put(client, "genre:jazz", "off")

    assert reply.frames[0]["text"] == "Let go of: jazz"
    assert "“jazz” isn't asked for any more" in reply.text
    assert not artists(reply.playlist) <= {"Jazz One", "Jazz Two", "Jazz Three"}
    assert "genre:jazz" not in held(reply.of("constraints")[0])
    assert {"understand", "search"} == {f["name"] for f in reply.of("step")}
    undone = await client.say("undo that")
    (after,) = undone.of("constraints")
    assert after["constraints"] == before["constraints"]
    assert ids(undone.playlist) == ids(first.playlist)


async def test_each_chip_that_is_let_go_of_comes_back_by_undo(
    catalog, ada, open_client
):
    client = await open_client(ada)
    words = "20 calm songs like jazz from the 60s, no metal, nothing by House One, no remixes"
    (told,) = (await client.say(words)).of("constraints")
    assert len(told["constraints"]) >= 6

    for chip in told["constraints"]:
        gone = await put(client, chip["id"], "off")
        back = await client.say("undo")

        assert chip["id"] not in held(gone.of("constraints")[0])
        assert back.of("constraints")[0]["constraints"] == told["constraints"], chip


async def test_undo_and_redo_by_hand_take_the_chips_along(catalog, ada, open_client):
    client = await open_client(ada)
    (before,) = (await client.say("6 happy jazz songs")).of("constraints")
    reply = await put(client, "genre:jazz", "off")
    (after,) = reply.of("constraints")

    playlist = reply.playlist["id"]
    await client.send(type="playlist.undo", playlist=playlist)
    back = await client.until("constraints")
    await client.send(type="playlist.redo", playlist=playlist)
    again = await client.until("constraints")

    assert back["constraints"] == before["constraints"]
    assert back["message"] is None
    assert again["constraints"] == after["constraints"]
    # What was undone is undone for good: the next turn goes on from there.
    await client.send(type="playlist.undo", playlist=playlist)
    await client.until("constraints")
    more = await client.say("2 more")
    assert artists(more.playlist) <= {"Jazz One", "Jazz Two", "Jazz Three"}


async def test_undo_and_redo_take_the_chips_along_past_a_song_that_is_ruled_out(
    catalog, ada, open_client
):
    client = await open_client(ada)
    first = await client.say("6 happy jazz songs")
    second = await put(client, "genre:jazz", "off")
    (before,), (after,) = first.of("constraints"), second.of("constraints")
    playlist = second.playlist["id"]
    out = {*ids(first.playlist)[:1], *ids(second.playlist)[-1:]}
    for track in out:
        await client.send(type="never.set", id=track, track=track)
        await client.until("never", id=track)

    steps = []
    for kind in ("playlist.undo", "playlist.redo", "playlist.undo", "playlist.redo"):
        await client.send(type=kind, playlist=playlist)
        listed = (await client.until("playlist"))["playlist"]
        given = (await client.until("constraints"))["constraints"]
        steps.append((ids(listed), given))
    said = await client.say("undo")

    back = [track for track in ids(first.playlist) if track not in out]
    forth = [track for track in ids(second.playlist) if track not in out]
    assert steps == 2 * [(back, before["constraints"]), (forth, after["constraints"])]
    assert said.of("constraints")[0]["constraints"] == before["constraints"]
    assert ids(said.playlist) == back


async def test_a_version_that_is_restored_brings_its_chips_back(
    catalog, ada, open_client
):
    client = await open_client(ada)
    first = await client.say("6 happy jazz songs")
    (before,) = first.of("constraints")
    playlist = first.playlist["id"]
    # An edit by hand changes nothing that is given.
    await client.send(
        type="playlist.edit",
        playlist=playlist,
        ops=[{"op": "remove", "tracks": [first.playlist["tracks"][0]["id"]]}],
    )
    by_hand = (await client.until("playlist"))["playlist"]["version"]
    await client.send(type="playlist.undo", playlist=playlist)
    await client.until("playlist")
    (after,) = (await put(client, "genre:jazz", "off")).of("constraints")

    for version in (first.playlist["version"], by_hand):
        await client.send(type="playlist.restore", playlist=playlist, version=version)
        restored = await client.until("constraints")
        assert restored["constraints"] == before["constraints"]
        assert restored["message"] is None
        await client.send(type="playlist.undo", playlist=playlist)
        undone = await client.until("constraints")
        assert undone["constraints"] == after["constraints"]


async def test_a_must_that_becomes_a_wish_lets_others_in(catalog, ada, open_client):
    client = await open_client(ada)
    first = await client.say("15 jazz songs")
    assert len(first.playlist["tracks"]) == 12

    reply = await put(client, "genre:jazz", "soft")

    assert reply.frames[0]["text"] == "Rather than must: jazz"
    assert len(reply.playlist["tracks"]) == 15
    assert set(ids(first.playlist)) < set(ids(reply.playlist))
    assert held(reply.of("constraints")[0])["genre:jazz"] == "soft"


async def test_a_wish_that_becomes_a_must_leaves_only_what_keeps_it(
    catalog, ada, open_client
):
    client = await open_client(ada)
    first = await client.say("12 calm house songs")
    calm = first.of("constraints")[0]["mood"]["energy"]["high"]
    assert max(await values(first.playlist, "energy")) > calm

    reply = await put(client, "mood:calm", "hard")

    if reply.playlist is None:  # none is: then it stays a wish
        assert reply.of("constraints") == []
    else:
        assert max(await values(reply.playlist, "energy")) <= calm


async def test_a_wish_becomes_a_must_where_songs_keep_it(catalog, ada, open_client):
    client = await open_client(ada)
    first = await client.say("30 calm songs")
    calm = first.of("constraints")[0]["mood"]["energy"]["high"]

    reply = await put(client, "mood:calm", "hard")

    listed = reply.playlist or first.playlist
    assert max(await values(listed, "energy")) <= calm
    assert held(reply.of("constraints")[0])["mood:calm"] == "hard"


async def test_a_must_that_no_song_keeps_is_told_to_stay_a_wish(
    catalog, ada, open_client
):
    client = await open_client(ada)
    await client.say("12 calm house songs")
    await in_thread(Track.objects.update)(energy=0.9)

    reply = await put(client, "mood:calm", "hard")

    assert reply.playlist is None
    assert reply.of("constraints") == []
    assert "is a must" not in reply.text
    assert "So “calm” stays a wish." in reply.text


async def test_a_choice_that_leaves_the_list_is_undone_all_the_same(
    catalog, ada, open_client
):
    client = await open_client(ada)
    first = await client.say("happy pop")
    (before,) = first.of("constraints")

    reply = await put(client, "genre:pop", "soft")
    undone = await client.say("undo")

    assert reply.playlist is None
    assert "The list stays as it is." in reply.text
    assert "undo" in reply.frames[-1]["suggestions"]
    assert held(reply.of("constraints")[0])["genre:pop"] == "soft"
    assert undone.playlist is None
    assert undone.of("constraints")[0]["constraints"] == before["constraints"]

    # By the list's own button too, and once: then the list goes back, as ever.
    undo = {"type": "playlist.undo", "playlist": first.playlist["id"]}
    await put(client, "genre:pop", "soft")
    start = len(client.frames)
    await client.send(**undo)
    back = await client.until("constraints", message=None)
    assert back["constraints"] == before["constraints"]
    assert not Reply(client.frames[start:]).of("playlist")
    await client.send(**undo)
    assert (await client.until("playlist"))["playlist"]["tracks"] == []


async def test_number_and_length_go_like_any_chip(catalog, ada, open_client):
    client = await open_client(ada)
    await client.say("20 happy songs")

    shorter = await put(client, "size", "off")
    lasting = await client.say("make it an hour long")
    reply = await put(client, "length", "off")

    assert len(shorter.playlist["tracks"]) == 12
    assert held(lasting.of("constraints")[0])["length"] == "hard"
    assert len(reply.playlist["tracks"]) == 12
    assert "length" not in held(reply.of("constraints")[0])


async def test_the_last_chip_goes_and_the_list_stays(catalog, ada, open_client):
    client = await open_client(ada)
    await client.say("jazz")

    reply = await put(client, "genre:jazz", "off")

    assert reply.of("constraints")[0]["constraints"] == []
    assert reply.playlist is None


async def test_what_cannot_be_set_is_refused(catalog, ada, bob, open_client):
    client = await open_client(ada)
    (told,) = (await client.say("happy pop, nothing explicit")).of("constraints")
    talk = {"conversation": client.conversation}

    assert await refused(client, **talk, constraint="years", value="off") == "not_found"
    pop = {**talk, "constraint": "genre:pop"}
    assert await refused(client, **pop, value="gone") == "bad_frame"
    assert await refused(client, **pop, value="hard") == "value_refused"
    explicit = {**talk, "constraint": "explicit"}
    assert await refused(client, **explicit, value="soft") == "value_refused"
    await put(client, "genre:pop", "soft", base=told["seq"])
    late = {**pop, "value": "off", "base": told["seq"]}
    assert await refused(client, **late) == "stale"
    other = await open_client(bob)
    assert await refused(other, **pop, value="off") == "not_found"
    said = Message.objects.filter(conversation__owner=ada)
    assert await in_thread(said.count)() == 2


async def choose_meanwhile(client, text):
    """Say something, and let go of jazz while it is answered. Returns what waits."""
    talk = {"conversation": client.conversation}
    # One behind the other, so that the reply is still written, however slow all is here.
    await client.send(type="message.send", text=text, **talk)
    jazz = {"constraint": "genre:jazz", "value": "off"}
    await client.send(type="constraint.set", **talk, **jazz, id="mine")
    return await client.until("message.queued", id="mine")


async def test_choices_count_as_messages(catalog, ada, open_client):
    client = await open_client(ada)
    await client.say("happy jazz")
    while await in_thread(may_send_message)(ada.pk):
        pass

    talk = {"conversation": client.conversation}
    jazz = {"constraint": "genre:jazz", "value": "off"}
    assert await refused(client, **talk, **jazz) == "too_fast"


async def test_a_choice_waits_for_a_reply_and_another_tab_sees_it(
    catalog, ada, open_client, settings
):
    client, other = await open_client(ada), await open_client(ada)
    await client.say("happy jazz")
    settings.SECONDS_PER_WORD = 0.05

    queued = await choose_meanwhile(client, "a bit slower please")
    accepted = await other.until("message.accepted", message=queued["message"])
    told = await other.until("constraints", message=queued["message"])

    assert accepted["text"] == "Let go of: jazz"
    assert "genre:jazz" not in held(told)
    assert len(held(told)) == 2


async def test_what_is_gone_when_its_turn_comes_is_told(
    catalog, ada, open_client, settings
):
    client = await open_client(ada)
    await client.say("happy jazz")
    settings.SECONDS_PER_WORD = 0.05

    queued = await choose_meanwhile(client, "start over")
    start = len(client.frames)
    await client.until("message.done", message=queued["message"])

    reply = Reply(client.frames[start:])
    assert "isn't asked for any more, so nothing has changed" in reply.text


async def test_a_choice_that_is_sent_again_is_the_same_choice(
    catalog, ada, open_client
):
    client = await open_client(ada)
    await client.say("happy jazz")
    reply = await put(client, "genre:jazz", "off")

    await client.send(
        type="message.edit", message=reply.frames[0]["message"], text="Let go of: jazz"
    )
    again = await client.until("message.accepted")
    back = await client.until("constraints")
    told = await client.until("constraints")
    await client.until("message.done", message=again["message"])

    assert "genre:jazz" in held(back)
    assert "genre:jazz" not in held(told)


async def test_a_page_and_a_resume_show_the_same_chips(catalog, ada, open_client):
    client = await open_client(ada)
    (told,) = (await client.say("happy jazz, start calm, end wild")).of("constraints")

    def page():
        talk = Conversation.objects.get(uuid=client.conversation)
        return snapshot(ada, talk)

    held_by_page = await in_thread(page)()
    other = await open_client(ada)
    await other.send(type="conversation.resume", conversation=client.conversation)
    resumed = await other.until("constraints")

    assert held_by_page["constraints"] == told["constraints"] == resumed["constraints"]
    assert held_by_page["mood"] == told["mood"]
    assert [p["energy"] for p in told["mood"]["path"]] == sorted(
        p["energy"] for p in told["mood"]["path"]
    )


# --- the plane of moods -------------------------------------------------------------


async def test_a_place_of_the_plane_begins_a_list_of_its_mood(
    catalog, ada, open_client
):
    client = await open_client(ada)

    reply = await choose(
        client, type="mood.set", start={"valence": 0.8, "energy": 0.75}
    )

    assert reply.frames[0]["text"] == "Mood: cheerful, lively"
    assert reply.playlist["title"] == "Cheerful, lively"
    assert median(await values(reply.playlist, "valence")) == pytest.approx(
        0.8, abs=0.1
    )
    assert median(await values(reply.playlist, "energy")) == pytest.approx(
        0.75, abs=0.1
    )
    (told,) = reply.of("constraints")
    assert shown(told) == ["cheerful, lively, soft"]
    assert told["mood"]["valence"]["low"] < 0.8
    known = {t["id"]: (t["valence"], t["energy"]) for t in reply.playlist["tracks"]}
    assert all(None not in place for place in known.values())


async def test_a_place_moves_the_list_and_leaves_other_wishes(
    catalog, ada, open_client
):
    client = await open_client(ada)
    first = await client.say("wild metal from the 90s")
    sad = {"valence": 0.1, "energy": 0.7}

    reply = await choose(client, type="mood.set", start=sad)

    assert held(reply.of("constraints")[0]) == {
        "genre:metal": "hard",
        "years": "hard",
        "mood:sad, lively": "soft",
    }
    for axis, wanted in sad.items():
        before = abs(median(await values(first.playlist, axis)) - wanted)
        after = abs(median(await values(reply.playlist, axis)) - wanted)
        assert after <= before
    assert artists(reply.playlist) <= {"Metal One", "Metal Two", "Metal Three"}


async def test_a_line_of_the_plane_orders_the_list_along_it(catalog, ada, open_client):
    client = await open_client(ada)

    reply = await choose(
        client,
        type="mood.set",
        start={"valence": 0.3, "energy": 0.1},
        end={"valence": 0.8, "energy": 0.8},
    )

    assert (
        reply.frames[0]["text"]
        == "Mood: from a bit sad and calm to cheerful and lively"
    )
    energies = await values(reply.playlist, "energy")
    by_id = {t["id"]: t["energy"] for t in reply.playlist["tracks"]}
    order = [by_id[track] for track in ids(reply.playlist)]
    third = len(order) // 3
    assert sorted(energies) == sorted(order)
    assert median(order[:third]) < median(order[third:-third]) < median(order[-third:])
    (told,) = reply.of("constraints")
    assert shown(told) == ["from a bit sad and calm to cheerful and lively, soft"]
    path = told["mood"]["path"]
    assert path[0]["energy"] == pytest.approx(0.1, abs=0.05)
    assert path[-1]["valence"] == pytest.approx(0.8, abs=0.05)
    # A place takes the path's stead.
    calm = await choose(client, type="mood.set", start={"valence": 0.5, "energy": 0.1})
    assert shown(calm.of("constraints")[0]) == ["calm, soft"]
    assert calm.of("constraints")[0]["mood"]["path"] == []


@pytest.mark.parametrize(
    "frame",
    [
        {"start": {"valence": 1.2, "energy": 0.5}},
        {"start": {"valence": 0.2}},
        {"start": {"valence": 0.2, "energy": 0.5}, "end": {"valence": "x"}},
        {"start": None},
    ],
)
async def test_what_is_no_place_of_the_plane_is_refused(ada, open_client, frame):
    client = await open_client(ada)

    await client.send(type="mood.set", id="mine", **frame)

    assert (await client.until("error", id="mine"))["code"] == "bad_frame"


async def test_no_language_model_is_asked(catalog, ada, open_client, model):
    server = model()
    client = await open_client(ada)

    first = await choose(client, type="mood.set", start={"valence": 0.8, "energy": 0.7})
    chip = first.of("constraints")[0]["constraints"][0]["id"]
    await choose(
        client,
        type="mood.set",
        start={"valence": 0.2, "energy": 0.2},
        end={"valence": 0.8, "energy": 0.8},
    )
    reply = await put(client, "order", "off")

    assert chip == "mood:cheerful, lively"
    assert reply.of("constraints")[0]["constraints"] == []
    assert server.requests == []
    assert not await in_thread(LLMCall.objects.exists)()
    assert await in_thread(Track.objects.count)() == len(catalog)
