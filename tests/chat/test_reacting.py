"""Reactions keep what they answered; what is done with songs is noted beside them."""

import pytest

from catalog.models import Track
from chat.agent.understanding.pointing import Place, ThatOne
from chat.agent.understanding.reader import read_message
from chat.agent.understanding.reading import ReactTo
from chat.agent.understanding.spans import KnownNames
from chat.threads import in_thread
from feedback.models import Reaction
from feedback.services import opinions_of

NOBODY = KnownNames({}, {})


@pytest.mark.parametrize(
    ("text", "act"),
    [
        (
            "number 3 is overplayed",
            ReactTo((Place(3, is_of_playlist=True),), "dislike", "overplayed"),
        ),
        ("it's the wrong mood", ReactTo((ThatOne(),), "dislike", "wrong_mood")),
        ("this one isn't my thing", ReactTo((ThatOne(),), "dislike", "not_for_me")),
        ("I don't know it", ReactTo((ThatOne(),), "dislike", "unknown")),
        (
            "numbers 2 and 5 are overplayed",
            ReactTo(
                (Place(2, is_of_playlist=True), Place(5, is_of_playlist=True)),
                "dislike",
                "overplayed",
            ),
        ),
        ("I'm sick of this song", ReactTo((ThatOne(),), "dislike", "overplayed")),
    ],
)
def test_why_a_song_isnt_liked_is_read(text, act):
    assert read_message(text, lambda keys: NOBODY, this_year=2026).acts == (act,)


@pytest.mark.parametrize(
    "text",
    [
        "I don't know",
        "I don't know what to play",
        "not for me",
        "I am tired of number 2, give me 10 songs by Oasis",
        "I do not know number 3 and 4 but I like number 5",
    ],
)
def test_what_names_no_song_is_no_reason(text):
    acts = read_message(text, lambda keys: NOBODY, this_year=2026).acts

    assert not any(isinstance(act, ReactTo) and act.reason for act in acts)


async def test_a_reaction_keeps_what_it_answered(catalog, ada, open_client):
    client = await open_client(ada)
    reply = await client.say("5 happy jazz songs, no Jazz One")
    message = reply.of("message.accepted")[0]["message"]
    second, third, fourth = (reply.tracks[n]["id"] for n in (1, 2, 3))

    await client.send(type="reaction.set", track=second, value="like", message=message)
    await client.until("reaction", track=second)
    await client.send(
        **{"type": "reaction.set", "track": third, "value": "skip", "source": "player"},
        conversation=client.conversation,
    )
    held = await client.until("reaction", track=third)
    await client.send(
        **{"type": "playlist.edit", "playlist": reply.playlist["id"]},
        ops=[{"op": "remove", "tracks": [fourth]}],
    )
    await client.until("playlist")

    rows = await in_thread(_rows)()
    assert held["value"] == "none"
    assert [(row.value, row.source, row.position) for row in rows] == [
        ("like", "chat", 1),
        ("skip", "player", 2),
        ("removed", "playlist", 3),
    ]
    for row in rows:
        assert row.words == "5 happy jazz songs, no Jazz One"
        assert str(row.turn) == message
        assert row.asked["language"] == "en"
        assert {"jazz", "not Jazz One"} <= set(row.asked["constraints"])
        assert not row.is_from_library
    assert (await in_thread(opinions_of)(ada)).disliked == ()


def _rows():
    return list(Reaction.objects.order_by("pk"))


async def test_a_reason_that_follows_is_kept_as_history(catalog, ada, open_client):
    client = await open_client(ada)
    track = str((await Track.objects.afirst()).uuid)

    for reason in ("", "", "overplayed", "overplayed"):
        await client.send(
            type="reaction.set", track=track, value="dislike", reason=reason
        )
        await client.until("reaction", track=track)

    rows = await in_thread(_rows)()
    assert [(row.value, row.reason) for row in rows] == [
        ("dislike", ""),
        ("dislike", "overplayed"),
    ]


async def test_a_reason_that_is_said_is_noted(catalog, ada, open_client):
    client = await open_client(ada)
    first = (await client.say("5 jazz songs")).playlist["tracks"][0]

    reply = await client.say("number 1 is overplayed")

    (row,) = await in_thread(_rows)()
    assert "heard too often" in reply.text
    assert first["id"] not in [track["id"] for track in reply.playlist["tracks"]]
    assert (row.value, row.reason, row.source) == ("dislike", "overplayed", "chat")
    assert row.words == "5 jazz songs"


@pytest.mark.parametrize(
    ("said", "told", "elsewhere"),
    [
        ("number 1 is the wrong mood", "stays out of this talk", True),
        ("I don't know number 1", "better known ones come first", True),
        ("number 1 is overplayed", "It rests until", False),
        ("number 1 isn't for me", "not for you", False),
    ],
)
async def test_why_a_song_isnt_wanted_says_where_it_may_come(
    catalog, ada, open_client, said, told, elsewhere
):
    client = await open_client(ada)
    first = (await client.say("40 jazz songs")).playlist["tracks"][0]["id"]

    reply = await client.say(said)
    again = await client.say("make a new list of 40 jazz songs")
    other = await open_client(ada)
    listed = (await other.say("40 jazz songs")).playlist["tracks"]

    assert told in reply.text
    assert first not in {track["id"] for track in again.playlist["tracks"]}
    reactions = {track["id"]: track["reaction"] for track in listed}
    assert reactions.get(first) == ("none" if elsewhere else None)


async def test_a_song_is_ruled_out_by_hand(catalog, ada, open_client):
    client = await open_client(ada)
    playlist = (await client.say("5 jazz songs")).playlist
    first = playlist["tracks"][0]["id"]

    await client.send(type="never.set", id=1, track=first)
    moved = await client.until("playlist", id=1)
    told = await client.until("never", track=first)
    await client.send(
        **{"type": "playlist.edit", "id": 2, "playlist": playlist["id"]},
        ops=[{"op": "add", "tracks": [first]}],
    )
    refused = await client.until("error", id=2)

    assert first not in [track["id"] for track in moved["playlist"]["tracks"]]
    assert told["is_on"]
    assert told["name"] == playlist["tracks"][0]["title"]
    assert told["tracks"] == [first]
    assert "never" in refused["detail"]

    await client.send(type="never.set", id=3, track=first, is_on=False)
    await client.until("never", is_on=False)
    await client.send(
        **{"type": "playlist.edit", "id": 4, "playlist": playlist["id"]},
        ops=[{"op": "add", "tracks": [first]}],
    )
    again = await client.until("playlist")

    assert first in [track["id"] for track in again["playlist"]["tracks"]]


async def test_an_undo_since_says_nothing_of_what_was_asked_then(
    catalog, ada, open_client
):
    client = await open_client(ada)
    await client.say("5 jazz songs")
    reply = await client.say("5 metal songs")
    await client.say("undo")
    track, message = reply.tracks[0]["id"], reply.of("message.accepted")[0]["message"]

    await client.send(type="reaction.set", track=track, value="like", message=message)
    await client.until("reaction", track=track)

    (row,) = await in_thread(_rows)()
    assert row.asked["constraints"] == ["metal"]
    assert row.said_since is not None


async def test_a_message_that_brought_other_songs_is_not_answered(
    catalog, ada, open_client
):
    client = await open_client(ada)
    first = await client.say("5 jazz songs")
    track = (await client.say("5 metal songs")).tracks[0]["id"]
    message = first.of("message.accepted")[0]["message"]

    await client.send(type="reaction.set", track=track, value="like", message=message)
    await client.until("reaction", track=track)

    (row,) = await in_thread(_rows)()
    assert (row.turn, row.words, row.asked) == (None, "", {})
