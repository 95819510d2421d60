"""The order of the list changes as it was said, and stays so."""

import pytest

from catalog.models import Track
from chat.threads import in_thread
from playlists.mixing import Sound, step_cost, steps_smooth
from tests.chat.test_talk import artists, ids, values


@pytest.fixture
async def listed(catalog, ada, open_client):
    """A client with a list of ten songs of several kinds."""
    client = await open_client(ada)
    await client.say("10 happy songs")
    return client


async def shown(client):
    frames = [f for f in client.frames if f["type"] == "playlist"]
    return frames[-1]["playlist"]


async def test_songs_move_swap_and_turn_round_and_each_is_undone(listed):
    first = ids(await shown(listed))
    for message, expected in (
        ("move the third to the end", [*first[:2], *first[3:], first[2]]),
        ("put number 4 first", [first[3], *first[:3], *first[4:]]),
        ("swap 2 and 5", [first[0], first[4], *first[2:4], first[1], *first[5:]]),
        ("reverse it", first[::-1]),
        ("move the first after the third", [*first[1:3], first[0], *first[3:]]),
        ("move 4 up two", [first[0], first[3], *first[1:3], *first[4:]]),
    ):
        assert ids((await listed.say(message)).playlist) == expected, message
        assert ids((await listed.say("undo")).playlist) == first


async def test_a_list_is_sorted_by_what_was_said(listed):
    by_year = (await listed.say("sort by year")).playlist
    assert [t["year"] for t in by_year["tracks"]] == sorted(
        t["year"] for t in by_year["tracks"]
    )

    by_energy = (await listed.say("sort by energy, highest first")).playlist
    energies = {str(t.uuid): t.energy async for t in Track.objects.all()}
    order = [energies[track] for track in ids(by_energy)]
    assert order == sorted(order, reverse=True)


async def test_shuffling_keeps_the_songs_and_parts_an_artists_songs(listed):
    before = await shown(listed)

    after = (await listed.say("shuffle it")).playlist

    assert sorted(ids(after)) == sorted(ids(before))
    names = [track["artists"][0] for track in after["tracks"]]
    assert all(a != b for a, b in zip(names, names[1:], strict=False))


async def test_songs_are_added_where_it_was_said(listed):
    before = ids(await shown(listed))

    after = (await listed.say("add two jazz songs after the third")).playlist

    assert ids(after)[:3] == before[:3]
    assert ids(after)[5:] == before[3:]
    assert all(t["artists"][0].startswith("Jazz") for t in after["tracks"][3:5])


async def test_a_song_is_replaced_in_its_place_by_a_faster_one(listed):
    await listed.say("sort by tempo")
    before = await shown(listed)
    tempos = {str(t.uuid): t.tempo_bpm async for t in Track.objects.all()}

    after = (await listed.say("replace the second with something faster")).playlist

    assert [ids(after)[0], *ids(after)[2:]] == [ids(before)[0], *ids(before)[2:]]
    assert tempos[ids(after)[1]] > tempos[ids(before)[1]]


async def test_one_song_of_each_artist_is_left(listed):
    after = (await listed.say("only one song per artist")).playlist

    names = [track["artists"][0] for track in after["tracks"]]
    assert len(set(names)) == len(names)


async def test_those_two_are_the_songs_that_came_in_last(listed):
    before = ids(await shown(listed))
    await listed.say("add two metal songs at the start")

    after = (await listed.say("remove those two")).playlist

    assert ids(after) == before


async def test_the_first_list_comes_back(listed):
    first = ids(await shown(listed))
    await listed.say("some metal")
    await listed.say("calm folk")

    back = (await listed.say("go back to the first list")).playlist

    assert ids(back) == first


async def test_a_path_orders_the_list_and_is_kept_by_later_edits(
    catalog, ada, open_client
):
    client = await open_client(ada)

    playlist = (
        await client.say("a list of 12 songs, start calm and end wild")
    ).playlist
    energies = await values(playlist, "energy")
    assert len(energies) == 12
    by_uuid = {str(t.uuid): t.energy for t in catalog}
    order = [by_uuid[track] for track in ids(playlist)]
    assert order == sorted(order)
    assert order[0] < 0.25
    assert order[-1] > 0.8

    for message in ("add two jazz songs", "no metal", "remove number 3"):
        playlist = (await client.say(message)).playlist
        order = [by_uuid[track] for track in ids(playlist)]
        assert order == sorted(order), message
    assert not any(name.startswith("Metal") for name in artists(playlist))


async def test_a_list_that_stands_is_put_along_a_path(listed):
    before = await shown(listed)

    after = (await listed.say("build it up")).playlist

    energies = {str(t.uuid): t.energy async for t in Track.objects.all()}
    order = [energies[track] for track in ids(after)]
    assert sorted(ids(after)) == sorted(ids(before))
    assert order == sorted(order)


async def test_what_was_asked_before_is_dropped_by_a_new_direction(
    catalog, ada, open_client
):
    client = await open_client(ada)
    await client.say("5 pop songs from the 80s, no house")

    reply = await client.say("actually, forget that, let's do house instead")

    assert all(name.startswith("House") for name in artists(reply.playlist))
    assert len(reply.playlist["tracks"]) == 12


async def test_a_contradiction_is_asked_back_and_leaves_the_list(listed):
    before = ids(await shown(listed))

    reply = await listed.say("songs from the 80s released after 2000")

    assert reply.playlist is None
    assert "80s" in reply.text
    assert "after 2000" in reply.text
    assert ids(await shown(listed)) == before


async def test_songs_are_put_in_order_for_mixing_and_it_says_how_well_they_go(
    listed, catalog
):
    before = await shown(listed)

    @in_thread
    def give_keys():
        # In a row of fifths, of which no two stand side by side.
        for fifth, song in zip(
            (0, 5, 1, 6, 2, 7, 3, 8, 4, 9), ids(before), strict=True
        ):
            Track.objects.filter(uuid=song).update(
                pitch_class=fifth * 7 % 12, is_major=True, tempo_bpm=110 + fifth
            )

    await give_keys()

    reply = await listed.say("order it for mixing")

    order = ids(reply.playlist)
    assert sorted(order) == sorted(ids(before))
    rows = {str(t.uuid): t async for t in Track.objects.all()}
    sounds = [
        Sound(t.pitch_class, t.is_major, t.tempo_bpm) for t in map(rows.get, order)
    ]
    was = [
        Sound(t.pitch_class, t.is_major, t.tempo_bpm)
        for t in map(rows.get, ids(before))
    ]
    smooth = steps_smooth(sounds)
    assert smooth > steps_smooth(was)
    assert f"{smooth} of 9 transitions" in reply.text
    assert f"{sounds[0].camelot}, {sounds[0].tempo_bpm:.0f} BPM" in reply.text
    figures = reply.of("playlist")[-1]["change"]["diff"]["figures"]
    assert figures == f"{steps_smooth(was)} to {smooth} of 9 transitions smooth"
    chips = reply.of("constraints")[-1]["constraints"]
    assert "for mixing" in [chip["label"] for chip in chips]

    # What comes in later comes where it goes over best, and the others stay in order.
    later = ids((await listed.say("add 3 jazz songs")).playlist)
    assert [t for t in later if t in order] == order
    new = [t for t in later if t not in order]
    assert len(new) == 3
    heard = {t: Sound(r.pitch_class, r.is_major, r.tempo_bpm) for t, r in rows.items()}
    assert cost(heard, later) < cost(heard, [*order, *new])
    # Another order takes its place.
    shuffled = await listed.say("shuffle it")
    chips = shuffled.of("constraints")[-1]["constraints"]
    assert "for mixing" not in [chip["label"] for chip in chips]
    more = ids((await listed.say("add 2 jazz songs")).playlist)
    assert more[:-2] == ids(shuffled.playlist)
    for _ in range(4):
        undone = await listed.say("undo")
    assert ids(undone.playlist) == ids(before)


def cost(sounds, tracks):
    row = [sounds[track] for track in tracks]
    return sum(map(step_cost, row, row[1:]))


async def test_songs_without_keys_and_tempos_stay_put(listed, catalog):
    @in_thread
    def forget():
        Track.objects.update(pitch_class=None, is_major=None, tempo_bpm=None)

    await forget()

    reply = await listed.say("make the transitions smooth")

    assert reply.playlist is None
    assert "Neither keys nor tempos" in reply.text
