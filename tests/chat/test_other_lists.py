"""Songs are put into another list of the listener's by its name."""

import re

import pytest

from catalog.models import Track
from chat.threads import in_thread
from playlists.edits import Add
from playlists.models import Playlist, PlaylistVersion
from playlists.services import playlist_create, playlist_edit
from tests.factories import make_track


def make_list(owner, title, tracks=()):
    playlist = playlist_create(owner=owner, title=title)
    if tracks:
        change(playlist, Add(tuple(tracks)))
    return playlist


def change(playlist, edit):
    playlist_edit(
        playlist, edits=[edit], author=PlaylistVersion.Author.LISTENER, words="by hand"
    )


def shown(playlist):
    version = Playlist.objects.select_related("current").get(pk=playlist.pk).current
    return list(version.track_ids)


@pytest.fixture
async def road_trip(catalog, ada):
    return await in_thread(make_list)(ada, "Road Trip", [catalog[0].pk])


async def tracks_of(playlist):
    return await in_thread(shown)(playlist)


async def listed(reply):
    """Return the keys of the talk's own list as the reply showed it."""
    uuids = [track["id"] for track in reply.playlist["tracks"]]
    rows = await in_thread(Track.objects.in_bulk)(uuids, field_name="uuid")
    by_id = {str(uuid): track.pk for uuid, track in rows.items()}
    return [by_id[uuid] for uuid in uuids]


@pytest.mark.parametrize(
    ("message", "places"),
    [
        ("add the second one to my road trip playlist", [1]),
        ("put the second one on my Road Trip list", [1]),
        ("add the first three to my playlist road trip", [0, 1, 2]),
        ("add everything to my road trip playlist", [0, 1, 2, 3]),
    ],
)
async def test_songs_of_this_list_go_into_the_one_that_is_named(
    road_trip, catalog, ada, open_client, message, places
):
    client = await open_client(ada)
    own = await listed(await client.say("4 metal songs"))

    reply = await client.say(message)

    wanted = [own[place] for place in places]
    assert await tracks_of(road_trip) == [catalog[0].pk, *wanted]
    assert reply.playlist is None
    assert f"Added {len(wanted)} song" in reply.text
    assert "“Road Trip”" in reply.text


async def test_a_title_goes_into_the_list_that_is_named(road_trip, ada, open_client):
    song = await in_thread(make_track)("Paper Boats at Dawn", artist="Nina Vale")
    client = await open_client(ada)

    reply = await client.say("put “Paper Boats at Dawn” on my road trip list")

    assert (await tracks_of(road_trip))[1:] == [song.pk]
    assert "“Paper Boats at Dawn” by Nina Vale" in reply.text


async def test_a_kind_of_music_is_found_for_the_list_that_is_named(
    road_trip, catalog, ada, open_client
):
    client = await open_client(ada)

    await client.say("add 3 jazz songs to my road trip playlist")

    jazz = {t.pk for t in catalog if t.title.startswith("Jazz")}
    new = (await tracks_of(road_trip))[1:]
    assert len(new) == 3
    assert set(new) <= jazz


async def test_a_misspelt_list_is_found_and_told(road_trip, ada, open_client):
    client = await open_client(ada)
    await client.say("4 metal songs")

    reply = await client.say("add the first one to my raod trip playlist")

    assert len(await tracks_of(road_trip)) == 2
    assert "I took “raod trip” for “Road Trip”" in reply.text


async def test_a_song_that_is_there_already_is_added_twice_to_who_asks(
    road_trip, ada, open_client
):
    client = await open_client(ada)
    await client.say("4 metal songs")
    await client.say("add the first one to my road trip playlist")

    reply = await client.say("add the first one to my road trip playlist")

    assert len(await tracks_of(road_trip)) == 2
    assert "already" in reply.text

    await client.say("add the first one again to my road trip playlist")

    first, song, again = await tracks_of(road_trip)
    assert song == again != first


async def test_undo_takes_it_back_and_leaves_this_list(road_trip, ada, open_client):
    client = await open_client(ada)
    await client.say("4 metal songs")
    before = await tracks_of(road_trip)
    await client.say("add the first one to my road trip playlist")

    reply = await client.say("undo")

    assert await tracks_of(road_trip) == before
    assert reply.playlist is None
    assert "Undone" in reply.text


async def test_the_next_undo_is_of_this_list(road_trip, ada, open_client):
    client = await open_client(ada)
    await client.say("4 metal songs")
    await client.say("add the first one to my road trip playlist")
    await client.say("undo")

    reply = await client.say("undo")

    assert reply.playlist["tracks"] == []


async def test_undo_leaves_a_list_that_was_changed_since(
    road_trip, catalog, ada, open_client
):
    client = await open_client(ada)
    await client.say("4 metal songs")
    await client.say("add the first one to my road trip playlist")
    await in_thread(change)(road_trip, Add((catalog[5].pk,)))

    reply = await client.say("undo")

    assert len(await tracks_of(road_trip)) == 3
    assert reply.playlist is None
    assert "changed since" in reply.text


async def test_a_list_that_is_not_there_is_told_with_those_that_are(
    road_trip, ada, open_client
):
    client = await open_client(ada)
    await client.say("4 metal songs")

    reply = await client.say("add the first one to my gardening playlist")

    assert len(await tracks_of(road_trip)) == 1
    assert reply.playlist is None
    assert "no list called “gardening”" in reply.text
    assert "“Road Trip”" in reply.text
    assert "call this list gardening" in reply.of("message.done")[0]["suggestions"]


async def test_the_list_of_another_listener_is_not_there(
    catalog, ada, bob, open_client
):
    theirs = await in_thread(make_list)(bob, "Road Trip", [catalog[0].pk])
    client = await open_client(ada)
    await client.say("4 metal songs")

    reply = await client.say("add the first one to my road trip playlist")

    assert len(await tracks_of(theirs)) == 1
    assert "no list called" in reply.text


async def test_this_list_under_its_own_name_is_the_one_at_hand(
    catalog, ada, open_client
):
    client = await open_client(ada)
    await client.say("4 metal songs")
    await client.say("call this list Road Trip")

    reply = await client.say("add 2 jazz songs to my road trip playlist")

    assert len(reply.playlist["tracks"]) == 6


async def test_an_unknown_name_adds_nothing(road_trip, ada, open_client):
    client = await open_client(ada)

    reply = await client.say(
        "add something by Zorblax Quintet to my road trip playlist"
    )

    assert len(await tracks_of(road_trip)) == 1
    assert "Zorblax Quintet" in reply.text


@pytest.fixture
async def jazz_trip(catalog, ada):
    """A list of four of the catalog's jazz songs."""
    jazz = [track.pk for track in catalog if track.title.startswith("Jazz")]
    return await in_thread(make_list)(ada, "Road Trip", jazz[:4])


def titles(reply):
    return [track["title"] for track in reply.playlist["tracks"]]


@pytest.mark.parametrize(
    "message",
    [
        "2 songs like those in my road trip playlist",
        "2 songs like my playlist “Road Trip”",
    ],
)
async def test_the_list_becomes_songs_like_another_without_them(
    jazz_trip, ada, open_client, message
):
    client = await open_client(ada)
    await client.say("4 metal songs")
    held = await tracks_of(jazz_trip)

    reply = await client.say(message)

    assert len(titles(reply)) == 2
    assert all(title.startswith("Jazz") for title in titles(reply))
    assert set(await listed(reply)).isdisjoint(held)
    assert await tracks_of(jazz_trip) == held
    assert "I went by 4 songs of your list “Road Trip”" in reply.text

    assert all(t.startswith("Metal") for t in titles(await client.say("undo")))


async def test_a_list_like_another_is_refined_from_there(jazz_trip, ada, open_client):
    client = await open_client(ada)
    await client.say("2 songs like my raod trip list")

    reply = await client.say("make it 2 songs longer, and calmer")

    assert not set(await listed(reply)) & set(await tracks_of(jazz_trip))


async def test_songs_like_this_list_come_behind_it(catalog, ada, open_client):
    client = await open_client(ada)
    own = titles(await client.say("3 jazz songs"))
    await client.say("call this list Late “Train” Jazz")

    reply = await client.say("more like my playlist “Late ‘Train’ Jazz”")

    assert titles(reply)[:3] == own
    assert len(titles(reply)) > 3
    assert all(title.startswith("Jazz") for title in titles(reply))


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("more like my gardening playlist", "no list called “gardening”"),
        ("something like my Empty list", "nothing in “Empty”"),
        ("more like this playlist", "name an artist|would you like to hear"),
    ],
)
async def test_a_list_that_says_nothing_is_told(
    road_trip, ada, open_client, message, told
):
    await in_thread(make_list)(ada, "Empty")
    client = await open_client(ada)

    reply = await client.say(message)

    assert reply.playlist is None
    assert re.search(told, reply.text)
    assert "gardening" not in message or "“Road Trip”" in reply.text
