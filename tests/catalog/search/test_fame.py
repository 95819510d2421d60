"""Songs that everybody knows count as well known where nobody measured it."""

import pytest

from catalog.names import name_key
from catalog.search.engine import search_tracks
from catalog.search.query import Query, Wish
from catalog.versions import song_key
from tests.factories import make_track

pytestmark = pytest.mark.django_db
LOUD = Wish("energy", 0.5, None, "loud")


def make_song(title, artist, **fields):
    key = song_key(title, [name_key(artist)])
    return make_track(title, artist=artist, song_key=key, energy=0.8, **fields)


def found(**asked):
    query = Query(wishes=(LOUD,), diversity=0.0, limit=6, **asked)
    return [hit.track_id for hit in search_tracks(query).hits]


def test_a_famous_song_of_unmeasured_fame_comes_first_where_hits_are_wanted():
    others = [make_song(f"Song {n}", f"Band {n}") for n in range(4)]
    famous = make_song("Thunderstruck - 2003 Remaster", "AC/DC")

    assert found()[-1] == famous.pk
    assert found(popularity=1.0)[0] == famous.pk
    assert found(popularity=-1.0)[-1] == famous.pk
    assert set(found(popularity=1.0)) == {famous.pk, *(t.pk for t in others)}


def test_what_was_measured_counts_and_no_list():
    forgotten = make_song("Thunderstruck", "AC/DC", popularity=1)
    liked = make_song("Song", "The Velvet Foxes", popularity=90)

    assert found(popularity=1.0) == [liked.pk, forgotten.pk]


def test_a_hit_that_stands_here_again_unplayed_is_no_deep_cut():
    again = make_song("Thunderstruck", "AC/DC", popularity=8)
    make_song("Shared", "The Owls", popularity=95)
    of_a_hit = make_song("Shared - 2003 Remaster", "The Owls", popularity=9)
    unknown = [make_song(f"Song {n}", f"Band {n}", popularity=20) for n in range(3)]
    deep = Wish("popularity", None, 30.0, "deep cuts")

    query = Query(wishes=(deep,), diversity=0.0, limit=5)

    order = [hit.track_id for hit in search_tracks(query).hits]
    assert set(order[:3]) == {song.pk for song in unknown}
    assert {again.pk, of_a_hit.pk} == set(order[3:])
