"""Popularity, what was heard lately, and taste: each moves the order its own way."""

import pytest

from catalog.search.engine import search_tracks
from catalog.search.query import Query, Taste, Wish
from tests.factories import make_audio_space, make_track, place

pytestmark = pytest.mark.django_db


CALM = Wish("energy", None, 0.3, "calm")


def hits_of(**asked):
    query = Query(wishes=(CALM,), diversity=0.0, limit=20, **asked)
    return search_tracks(query).hits


def found(**asked):
    return [hit.track_id for hit in hits_of(**asked)]


@pytest.fixture
def tracks():
    """Make ten songs that fit alike, of rising popularity."""
    return [make_track(energy=0.1, popularity=10 * i) for i in range(10)]


def test_without_the_dial_popularity_moves_nothing(tracks):
    assert found() == [track.pk for track in tracks]


def test_the_dial_brings_hits_or_deep_cuts(tracks):
    hits, deep_cuts = found(popularity=1.0), found(popularity=-1.0)

    assert hits[0] == tracks[-1].pk
    assert hits.index(tracks[9].pk) < hits.index(tracks[0].pk)
    assert deep_cuts[0] == tracks[0].pk
    assert deep_cuts[-1] == tracks[-1].pk


def test_half_the_dial_moves_less_than_all_of_it(tracks):
    leads = []
    for popularity in (-1.0, 0.0, 0.5, 1.0):
        scores = {h.track_id: h.score for h in hits_of(popularity=popularity)}
        leads.append(scores[tracks[-1].pk] - scores[tracks[0].pk])

    assert leads == sorted(leads)
    assert len(set(leads)) == len(leads)


def test_a_song_of_unknown_popularity_is_moved_neither_way(tracks):
    unknown = make_track(energy=0.1, popularity=None)

    hits, deep_cuts = found(popularity=1.0), found(popularity=-1.0)

    assert tracks[-1].pk in hits[: hits.index(unknown.pk)]
    assert tracks[0].pk in deep_cuts[: deep_cuts.index(unknown.pk)]
    assert tracks[0].pk in hits[hits.index(unknown.pk) :]


def test_what_was_heard_lately_is_held_back_and_not_away(tracks):
    first = tracks[0].pk

    order = found(heard_lately=frozenset({first}))

    assert order[-1] == first
    assert order[:-1] == [track.pk for track in tracks[1:]]


def test_what_was_heard_lately_still_comes_where_nothing_else_fits():
    only = make_track(energy=0.1)
    make_track(energy=0.9)

    assert found(heard_lately=frozenset({only.pk}))[0] == only.pk


@pytest.fixture
def heard(tracks):
    """Give each song a place; odd ones sound like what the listener likes."""
    space = make_audio_space(4)
    for i, track in enumerate(tracks):
        place(space, track, [1, 0, 0, 0] if i % 2 else [0, 1, 0, 0])
    liked, disliked = make_track(energy=0.9), make_track(energy=0.9)
    place(space, liked, [1, 0, 0, 0])
    place(space, disliked, [0, 1, 0, 0])
    return tracks, liked, disliked


def odd_first(order, tracks):
    """Say how many of the first five that fit are odd ones."""
    odd = {track.pk for track in tracks[1::2]}
    fitting = [pk for pk in order if pk in {track.pk for track in tracks}]
    return sum(pk in odd for pk in fitting[:5])


def test_taste_brings_what_is_near_to_lasting_likes(heard):
    tracks, liked, _ = heard

    by_taste = found(taste=Taste({liked.pk: 1.0}, strength=1.0))

    assert odd_first(found(), tracks) == 2
    assert odd_first(by_taste, tracks) == 5


def test_taste_holds_back_what_is_near_to_lasting_dislikes(heard):
    tracks, _, disliked = heard

    by_taste = found(taste=Taste({}, {disliked.pk: 1.0}, strength=1.0))

    assert odd_first(by_taste, tracks) == 5


def test_a_taste_of_no_strength_changes_nothing(heard):
    _, liked, disliked = heard
    taste = Taste({liked.pk: 1.0}, {disliked.pk: 1.0}, strength=0.0)

    assert found(taste=taste) == found()


def test_where_nothing_is_said_of_music_taste_leads():
    space = make_audio_space(4)
    liked, *near = [make_track(f"Piece {n}") for n in range(6)]
    named = [make_track(f"Surprise {n}") for n in range(5)]
    for track in (liked, *near):
        place(space, track, [1, 0, 0, 0])
    for track in named:
        place(space, track, [0, 1, 0, 0])
    taste = Taste({liked.pk: 1.0}, strength=0.5)

    asked = Query(said=("surprise me",), taste=taste, limit=5, diversity=0.0)
    hits = search_tracks(asked).hits

    assert {hit.track_id for hit in hits} <= {liked.pk, *(t.pk for t in near)}
