"""Instruments and places that are asked for or refused, and what refusals let through."""

import pytest

from catalog.models import Tag, Track
from tests.chat.test_talk import ids


@pytest.fixture
def pianos(catalog):
    """Mark every eighth song with a piano."""
    tag = Tag.objects.create(kind=Tag.Kind.INSTRUMENT, name="grand piano")
    marked = catalog[::8]
    for track in marked:
        track.tags.add(tag)
    return {str(track.uuid) for track in marked}


async def test_songs_with_the_instrument_come_and_it_is_told_how_many(
    pianos, ada, open_client
):
    client = await open_client(ada)

    reply = await client.say(f"{len(pianos) + 4} songs with piano")

    assert len(ids(reply.playlist)) == len(pianos) + 4
    assert pianos <= set(ids(reply.playlist))
    assert f"{len(pianos)} songs of these are marked with “piano”" in reply.text


async def test_a_refused_instrument_stays_out_of_later_lists_too(
    pianos, ada, open_client
):
    client = await open_client(ada)
    playlist = None

    for text in ("20 jazz songs without any piano", "make it calmer", "add 5 more"):
        playlist = (await client.say(text)).playlist or playlist
        assert playlist["tracks"]
        assert not pianos & set(ids(playlist)), text


async def test_an_instrument_that_nothing_is_marked_with_is_told(
    catalog, ada, open_client
):
    client = await open_client(ada)

    reply = await client.say("jazz with bagpipes")

    assert reply.playlist["tracks"]
    assert "“bagpipes”" in reply.text


async def test_a_place_is_known_by_the_names_of_genres(catalog, ada, open_client):
    tag = await Tag.objects.acreate(kind=Tag.Kind.GENRE, name="brazilian jazz")
    marked = catalog[:3]
    for track in marked:
        await track.tags.aadd(tag)
    client = await open_client(ada)

    playlist = (await client.say("3 songs from Brazil")).playlist

    assert set(ids(playlist)) == {str(track.uuid) for track in marked}


async def credits_of(playlist):
    tracks = Track.objects.filter(uuid__in=ids(playlist)).prefetch_related(
        "tags", "artists"
    )
    return [
        ({t.name for t in track.tags.all()}, {a.name for a in track.artists.all()})
        async for track in tracks
    ]


async def test_of_a_refused_genre_only_the_exception_is_let_through(
    catalog, ada, open_client
):
    client = await open_client(ada)

    reply = await client.say("30 happy songs, no pop except Pop One")

    songs = await credits_of(reply.playlist)
    pop = [artists for genres, artists in songs if "pop" in genres]
    assert pop
    assert all(artists == {"Pop One"} for artists in pop)
    assert len(pop) < len(songs)
