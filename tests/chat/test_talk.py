"""A talk over the socket changes the list as it was asked to."""

from statistics import median

from catalog.models import Track
from chat.threads import in_thread


def facts(playlist, attribute):
    rows = Track.objects.in_bulk(
        [t["id"] for t in playlist["tracks"]], field_name="uuid"
    )
    return [getattr(track, attribute) for track in rows.values()]


async def values(playlist, attribute):
    return await in_thread(facts)(playlist, attribute)


def ids(playlist):
    return [track["id"] for track in playlist["tracks"]]


def artists(playlist):
    return {name for track in playlist["tracks"] for name in track["artists"]}


async def test_a_mood_is_answered_by_songs_on_its_side_of_the_median(
    catalog, ada, open_client
):
    client = await open_client(ada)

    reply = await client.say("I'm a bit down, something slow and warm")

    energies = await values(reply.playlist, "energy")
    valences = await values(reply.playlist, "valence")
    assert len(reply.playlist["tracks"]) == 12
    assert max(energies) <= median(t.energy for t in catalog)
    assert max(valences) <= median(t.valence for t in catalog)
    assert [t["id"] for t in reply.tracks] == ids(reply.playlist)
    assert all(track["reasons"] for track in reply.tracks)


async def test_words_stream_before_the_songs_are_shown(catalog, ada, open_client):
    client = await open_client(ada)

    reply = await client.say("happy 80s pop")

    kinds = [frame["type"] for frame in reply.frames]
    assert kinds[0] == "message.accepted"
    assert kinds[-1] == "message.done"
    assert kinds.index("message.delta") < kinds.index("tracks")
    assert {"understand", "search"} == {f["name"] for f in reply.of("step")}
    seqs = [frame["seq"] for frame in reply.frames]
    assert seqs == list(range(1, len(seqs) + 1))


async def test_a_genre_and_a_decade_hold_without_exception(catalog, ada, open_client):
    client = await open_client(ada)

    reply = await client.say("90s hip-hop")

    years = await values(reply.playlist, "year")
    assert all(1990 <= year <= 1999 for year in years)
    assert artists(reply.playlist) <= {"Hip Hop One", "Hip Hop Two", "Hip Hop Three"}


async def test_years_that_too_few_songs_are_from_give_way_and_that_is_told(
    catalog, ada, open_client
):
    client = await open_client(ada)

    reply = await client.say("6 jazz songs from the 70s")

    # The catalog's jazz is of 1959 to 1966.
    assert len(reply.playlist["tracks"]) == 6
    assert artists(reply.playlist) <= {"Jazz One", "Jazz Two", "Jazz Three"}
    assert "from the seventies" in reply.text
    assert "19" in reply.text


async def test_more_like_one_song_but_more_upbeat_raises_the_list(
    catalog, ada, open_client
):
    client = await open_client(ada)
    before = (await client.say("something slow and sad")).playlist

    after = (await client.say("more like the first one, but more upbeat")).playlist

    assert ids(before)[0] == ids(after)[0]
    assert median(await values(after, "energy")) > median(
        await values(before, "energy")
    )
    assert median(await values(after, "valence")) > median(
        await values(before, "valence")
    )


async def test_a_song_that_was_in_the_list_is_not_told_to_come_in(
    catalog, ada, open_client
):
    client = await open_client(ada)
    before = await client.say("10 jazz songs")

    reply = await client.say("more like the first one")

    assert set(ids(reply.playlist)) == set(ids(before.playlist))
    assert (
        "10 songs of the list fit; I found no others." in reply.text
        or "Nothing new fits, so 10 songs stay." in reply.text
    ), reply.text


async def test_make_it_more_upbeat_moves_the_whole_list(catalog, ada, open_client):
    client = await open_client(ada)
    before = (await client.say("calm music")).playlist

    reply = await client.say("make it more upbeat")

    after = reply.playlist
    # What it was to be before isn't looked for any more.
    (given,) = reply.of("constraints")
    assert "calm" not in " ".join(chip["label"] for chip in given["constraints"])
    assert median(await values(after, "energy")) > median(
        await values(before, "energy")
    )


async def test_slower_lowers_the_tempo(catalog, ada, open_client):
    client = await open_client(ada)
    before = (await client.say("party music")).playlist

    after = (await client.say("slower please")).playlist

    assert median(await values(after, "tempo_bpm")) < median(
        await values(before, "tempo_bpm")
    )


async def test_add_some_jazz_adds_jazz_and_keeps_the_rest(catalog, ada, open_client):
    client = await open_client(ada)
    before = (await client.say("energetic metal")).playlist

    after = (await client.say("add some jazz")).playlist

    assert ids(after)[: len(ids(before))] == ids(before)
    added = after["tracks"][len(ids(before)) :]
    assert len(added) == 4
    assert all(name.startswith("Jazz") for track in added for name in track["artists"])


async def test_everything_by_an_artist_goes_and_undo_brings_back_the_exact_list(
    catalog, ada, open_client
):
    client = await open_client(ada)
    before = (await client.say("folk songs")).playlist

    without = (await client.say("remove everything by Folk Two")).playlist
    back = (await client.say("undo")).playlist

    assert "Folk Two" in artists(before)
    assert "Folk Two" not in artists(without)
    assert ids(back) == ids(before)
    assert back["version"] == before["version"]


async def test_a_removed_artist_stays_out_until_that_is_undone(
    catalog, ada, open_client
):
    client = await open_client(ada)
    await client.say("6 folk songs")
    await client.say("remove everything by Folk Two")

    longer = (await client.say("make it longer")).playlist
    await client.say("undo")
    await client.say("undo")
    again = (await client.say("more folk by Folk Two")).playlist

    assert "Folk Two" not in artists(longer)
    assert "Folk Two" in artists(again)


async def test_numbers_of_the_list_can_be_taken_out(catalog, ada, open_client):
    client = await open_client(ada)
    before = ids((await client.say("happy pop")).playlist)

    after = ids((await client.say("remove number 2 and 3")).playlist)

    assert after == [before[0], *before[3:]]


async def test_shorter_and_to_a_number(catalog, ada, open_client):
    client = await open_client(ada)
    await client.say("15 happy songs")

    shorter = (await client.say("make it shorter")).playlist
    five = (await client.say("cut it to 5")).playlist
    twenty = (await client.say("make it 20 songs")).playlist

    assert len(shorter["tracks"]) == 10
    assert ids(five) == ids(shorter)[:5]
    assert ids(twenty)[:5] == ids(five)
    assert len(twenty["tracks"]) == 20


async def test_a_refused_genre_leaves_and_stays_away(catalog, ada, open_client):
    client = await open_client(ada)
    await client.say("energetic music")

    without = (await client.say("no metal")).playlist
    more = (await client.say("add 10 more songs")).playlist

    for playlist in (without, more):
        assert not any(name.startswith("Metal") for name in artists(playlist))
    assert len(without["tracks"]) == 12


async def test_a_disliked_song_never_comes_back(catalog, ada, open_client):
    client = await open_client(ada)
    first = (await client.say("6 happy pop songs")).playlist
    disliked = ids(first)[0]
    await client.send(type="reaction.set", track=disliked, value="dislike")
    await client.until("reaction", track=disliked)

    for text in ("happy pop", "more like the second one", "30 upbeat songs"):
        reply = await client.say(text)
        assert disliked not in ids(reply.playlist)


async def test_vague_words_of_liking_take_back_no_dislike(catalog, ada, open_client):
    client = await open_client(ada)
    first = (await client.say("6 happy pop songs")).playlist
    disliked = ids(first)[0]
    await client.send(type="reaction.set", track=disliked, value="dislike")
    await client.until("reaction", track=disliked)

    vague = await client.say("I like that song")
    assert "title or the number" in vague.text
    assert disliked not in ids((await client.say("30 happy pop songs")).playlist)


async def test_a_song_that_is_named_takes_back_its_dislike(catalog, ada, open_client):
    client = await open_client(ada)
    first = (await client.say("6 happy pop songs")).playlist
    disliked = ids(first)[0]
    await client.send(type="reaction.set", track=disliked, value="dislike")
    await client.until("reaction", track=disliked)

    reply = await client.say("I like the first one")

    assert "title or the number" not in reply.text
    after = (await client.say("add 2 more")).playlist
    reactions = {t["id"]: t["reaction"] for t in after["tracks"]}
    assert reactions[disliked] == "like"


async def test_words_of_liking_are_reactions(catalog, ada, open_client):
    client = await open_client(ada)
    first = ids((await client.say("jazz")).playlist)

    await client.say("I like the second one")
    after = (await client.say("not the third one")).playlist

    assert first[2] not in ids(after)
    reactions = {t["id"]: t["reaction"] for t in after["tracks"]}
    assert reactions[first[1]] == "like"


async def test_why_is_answered_from_stored_facts(catalog, ada, open_client):
    client = await open_client(ada)
    shown = (await client.say("slow folk from the 70s")).tracks

    reply = await client.say("why the second one?")

    track = await in_thread(Track.objects.get)(uuid=shown[1]["id"])
    assert track.title in reply.text
    assert str(track.year) in reply.text
    assert "folk" in reply.text
    assert reply.playlist is None


async def test_rename_and_start_over(catalog, ada, open_client):
    client = await open_client(ada)
    await client.say("jazz")

    renamed = (await client.say("call it Late Trains")).playlist
    empty = (await client.say("start over")).playlist

    assert renamed["title"] == "Late Trains"
    assert empty["tracks"] == []


async def test_two_wishes_in_one_message_are_undone_together(catalog, ada, open_client):
    client = await open_client(ada)
    before = (await client.say("pop")).playlist

    after = (
        await client.say("add some jazz and remove everything by Pop One")
    ).playlist
    back = (await client.say("undo")).playlist

    assert any(name.startswith("Jazz") for name in artists(after))
    assert "Pop One" not in artists(after)
    assert ids(back) == ids(before)


async def test_an_unknown_artist_is_told_and_leaves_the_list_alone(
    catalog, ada, open_client
):
    client = await open_client(ada)
    await client.say("pop")

    reply = await client.say("songs by Zorblax Quintet")

    assert "Zorblax Quintet" in reply.text
    assert reply.playlist is None


async def test_small_talk_makes_no_playlist(catalog, ada, open_client):
    client = await open_client(ada)

    for text in ("hello!", "thank you", "what's the weather in Paris?", "help"):
        reply = await client.say(text)
        assert reply.text
        assert reply.playlist is None
        assert reply.tracks == []


async def test_a_reply_names_only_songs_that_are_in_the_list(catalog, ada, open_client):
    client = await open_client(ada)
    titles = {track.title for track in catalog}

    for text in ("sad songs", "more like the second one", "add some house", "faster"):
        reply = await client.say(text)
        named = {title for title in titles if f"“{title}”" in reply.text}
        listed = {track["title"] for track in reply.playlist["tracks"]}
        assert named <= listed


async def test_chance_letters_are_asked_about_and_make_no_list(
    catalog, ada, open_client
):
    client = await open_client(ada)

    reply = await client.say("asdfgh qwertz")

    assert reply.text.rstrip().endswith("?")
    assert reply.playlist is None


async def test_the_second_one_is_the_one_in_the_list_as_it_is_now(
    catalog, ada, open_client
):
    client = await open_client(ada)
    before = (await client.say("6 happy pop songs")).playlist

    await client.say("remove number 1")
    await client.say("I like the first one")

    reaction = (await client.say("add 1 jazz song")).playlist["tracks"][0]
    assert reaction["id"] == ids(before)[1]
    assert reaction["reaction"] == "like"


async def test_after_an_edit_by_hand_places_count_in_the_playlist(
    catalog, ada, open_client
):
    client = await open_client(ada)
    playlist = (await client.say("6 happy pop songs")).playlist
    last = ids(playlist)[-1]
    await client.send(
        type="playlist.edit",
        playlist=playlist["id"],
        ops=[{"op": "move", "track": last, "position": 0}],
    )
    await client.until("playlist")

    after = (await client.say("remove the first one")).playlist

    assert last not in ids(after)


async def test_a_wish_that_nothing_fits_is_forgotten(catalog, ada, open_client):
    client = await open_client(ada)
    before = (await client.say("happy songs")).playlist

    nothing = await client.say("reggae from 1920")
    longer = (await client.say("longer")).playlist

    assert nothing.playlist is None
    assert ids(longer)[:12] == ids(before)
    assert len(ids(longer)) > 12


async def test_cards_and_list_agree_after_two_changes_in_one_message(
    catalog, ada, open_client
):
    client = await open_client(ada)
    await client.say("pop")

    reply = await client.say("happy house, and add 3 jazz songs")

    assert {t["id"] for t in reply.tracks} <= set(ids(reply.playlist))


async def test_words_that_ask_for_no_music_leave_the_list_alone(
    catalog, ada, open_client
):
    client = await open_client(ada)
    await client.say("pop")

    reply = await client.say("file my taxes tomorrow")

    assert reply.playlist is None


async def test_the_title_follows_until_somebody_gives_one(catalog, ada, open_client):
    client = await open_client(ada)

    first = (await client.say("happy pop")).playlist
    second = (await client.say("slow jazz")).playlist
    await client.say("call it Mine")
    third = (await client.say("fast metal")).playlist

    assert (first["title"], second["title"]) == ("Happy pop", "Slow jazz")
    assert third["title"] == "Mine"


async def test_a_song_that_is_asked_for_by_its_place_is_to_be_played(
    catalog, ada, open_client
):
    client = await open_client(ada)
    asked = await client.say("4 jazz songs")
    songs = asked.playlist["tracks"]

    (shown,) = (await client.say("play the second one")).of("tracks")

    assert asked.of("tracks")[0]["play"] is None
    assert shown["play"] == songs[1]["id"]
    assert [track["id"] for track in shown["tracks"]] == [songs[1]["id"]]
