"""Names that the catalog lacks are told as unknown, and misspelt ones as taken."""

import pytest

from catalog.names import name_key
from catalog.versions import song_key
from chat.threads import in_thread
from tests.factories import make_track


@pytest.fixture
async def fleetmoor(catalog):
    return await in_thread(make_track)("Tide Tables", artist="Fleetmoor Mack")


async def test_an_unknown_artist_is_told_with_the_nearest_known(
    fleetmoor, ada, open_client
):
    client = await open_client(ada)

    reply = await client.say("songs like Fleetmoor Mister")

    assert reply.playlist is None
    assert "Fleetmoor Mister" in reply.text
    assert "Nearest by name: Fleetmoor Mack." in reply.text
    suggestions = reply.of("message.done")[0]["suggestions"]
    assert suggestions[0] == "songs by Fleetmoor Mack"


async def test_an_unknown_artist_with_none_near_is_told_without(
    fleetmoor, ada, open_client
):
    client = await open_client(ada)

    reply = await client.say("songs like Zorblax Quintet")

    assert "Zorblax Quintet" in reply.text
    assert "Nearest" not in reply.text


async def test_a_misspelt_artist_is_taken_for_the_known_one_and_told(
    fleetmoor, ada, open_client
):
    client = await open_client(ada)

    reply = await client.say("songs by fleetmor mack")

    assert [t["title"] for t in reply.playlist["tracks"]][:1] == ["Tide Tables"]
    assert "I took “fleetmor mack” for “Fleetmoor Mack”." in reply.text


@pytest.mark.parametrize("message", ["something calm", "play something blue"])
async def test_a_mood_is_no_unknown_name(fleetmoor, ada, open_client, message):
    client = await open_client(ada)

    reply = await client.say(message)

    assert reply.playlist["tracks"]
    assert "know" not in reply.text
    assert "I took" not in reply.text


async def test_a_title_names_its_song_whatever_its_version_is_called(
    catalog, ada, open_client
):
    await in_thread(make_versioned)("Tide Tables at Noon - 2013 Remaster", "Cy Reed")
    client = await open_client(ada)

    reply = await client.say("play Tide Tables at Noon")

    titles = [t["title"] for t in reply.playlist["tracks"]]
    assert titles[:1] == ["Tide Tables at Noon - 2013 Remaster"]
    reply = await client.say("jazz, but not Tide Tables at Noon")
    assert titles[0] not in [t["title"] for t in reply.playlist["tracks"]]
    assert "Tide Tables at Noon" in reply.text


async def test_a_little_known_artist_of_an_everyday_word_is_not_meant_by_it(
    catalog, ada, open_client
):
    await in_thread(make_track)("Geminiana", artist="Day")
    client = await open_client(ada)

    reply = await client.say("jazz for a sunny day")
    assert len(reply.playlist["tracks"]) > 1

    reply = await client.say("songs by Day")
    assert [t["title"] for t in reply.playlist["tracks"]] == ["Geminiana"]


def make_versioned(title, artist):
    return make_track(
        title, artist=artist, song_key=song_key(title, [name_key(artist)])
    )
