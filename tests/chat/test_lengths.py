"""A list asked for by its length is as long as that, also after later edits."""

import numpy as np
import pytest

from catalog.models import Track
from tests.chat.test_talk import artists, ids


def minutes_of(playlist):
    return sum(track["duration_ms"] for track in playlist["tracks"]) / 60_000


@pytest.fixture
def lengths(catalog):
    """Give the catalog's songs lengths as songs have them."""
    chance = np.random.default_rng(11)
    for track in catalog:
        track.duration_ms = int(chance.normal(225_000, 45_000))
    Track.objects.bulk_update(catalog, ["duration_ms"])
    return catalog


@pytest.mark.parametrize(
    ("message", "minutes"),
    [
        ("an hour of happy music", 60),
        ("45 min of pop and house", 45),
        ("an hour and a half of calm songs", 90),
    ],
)
async def test_a_list_lasts_as_long_as_asked(
    lengths, ada, open_client, message, minutes
):
    client = await open_client(ada)

    playlist = (await client.say(message)).playlist

    assert minutes_of(playlist) == pytest.approx(minutes, rel=0.03)


async def test_a_time_is_kept_by_later_edits_of_the_kind_of_songs(
    lengths, ada, open_client
):
    client = await open_client(ada)
    playlist = (await client.say("an hour of energetic music")).playlist

    for message in ("no metal", "make it calmer", "no house"):
        changed = (await client.say(message)).playlist
        playlist = changed or playlist
        assert minutes_of(playlist) == pytest.approx(60, rel=0.03)
    assert not any(name.startswith("Metal") for name in artists(playlist))


async def test_several_wishes_end_in_the_time_that_was_asked_last(
    lengths, ada, open_client
):
    client = await open_client(ada)
    before = ids((await client.say("8 folk and pop songs")).playlist)

    message = "drop the Folk One songs, add two by Jazz Two and make it an hour"
    playlist = (await client.say(message)).playlist
    back = (await client.say("undo")).playlist

    assert minutes_of(playlist) == pytest.approx(60, rel=0.03)
    assert "Folk One" not in artists(playlist)
    assert sum(t["artists"] == ["Jazz Two"] for t in playlist["tracks"]) >= 2
    assert ids(back) == before


async def test_a_list_is_cut_to_a_time(lengths, ada, open_client):
    client = await open_client(ada)
    await client.say("20 happy songs")

    playlist = (await client.say("make it 40 minutes")).playlist

    assert minutes_of(playlist) == pytest.approx(40, rel=0.03)


async def test_a_count_is_met_exactly_and_kept(lengths, ada, open_client):
    client = await open_client(ada)

    for message in ("10 sad songs", "no folk", "more upbeat", "no ambient"):
        playlist = (await client.say(message)).playlist
        assert playlist is None or len(playlist["tracks"]) == 10
    final = (await client.say("swap the third for another one")).playlist
    assert len(final["tracks"]) == 10


async def test_removing_and_adding_change_the_size_that_is_kept(
    lengths, ada, open_client
):
    client = await open_client(ada)
    await client.say("10 happy songs")
    await client.say("remove number 2 and 3")
    await client.say("add 1 jazz song")

    playlist = (await client.say("make it calmer")).playlist

    assert len(playlist["tracks"]) == 9


async def test_a_time_that_the_catalog_cant_fill_is_told(lengths, ada, open_client):
    client = await open_client(ada)

    reply = await client.say("3 hours of jazz")

    assert minutes_of(reply.playlist) < 60
    assert "3 hours" in reply.text
