"""Whose songs, of which kind and how they sound: what of a taste needs no vector."""

import numpy as np
import pytest

from catalog.columns.current import current_columns
from catalog.models import Artist
from catalog.search.engine import search_tracks
from catalog.search.query import Query, Span, Taste, Traits
from catalog.search.traits import Leanings
from feedback.services import Value, reaction_set
from feedback.taste.changing import taste_forget, taste_strength_set
from feedback.taste.reading import taste_searched
from tests.factories import make_track, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def silent():
    """Songs of which nothing was heard: six of jazz, six of metal, one of neither."""
    songs = {
        genre: [
            make_track(f"{genre} {n}", artist=f"{genre} {n // 3}", genres=(genre,))
            for n in range(6)
        ]
        for genre in ("jazz", "metal")
    }
    return {**songs, "neither": [make_track("Thing", artist="Nobody")]}


def like(user, tracks):
    for track in tracks:
        reaction_set(user=user, track=track, value=Value.LIKE)


def surprised(user, liked):
    """Return what somebody is brought who says nothing of music, without what they like."""
    query = Query(
        said=("surprise me",),
        taste=taste_searched(user),
        limit=5,
        diversity=0.0,
        artist_cap=5,
        beside=frozenset(track.pk for track in liked),
    )
    return [hit.track_id for hit in search_tracks(query).hits]


def test_songs_without_a_vector_are_found_by_what_is_known_of_them(silent):
    ada, liked = make_user("ada"), silent["metal"][:2]
    like(ada, liked)

    found = surprised(ada, liked)

    # First those of the same artist, then of the same kind.
    assert found[0] == silent["metal"][2].pk
    assert set(found[1:4]) == {track.pk for track in silent["metal"][3:]}


def test_the_dial_and_what_is_forgotten_are_kept_to(silent):
    ada, bob, liked = make_user("ada"), make_user("bob"), silent["metal"][:2]
    like(ada, liked)

    taste_strength_set(ada, 0.0)
    assert not taste_searched(ada).traits
    assert surprised(ada, liked) == surprised(bob, liked)
    taste_strength_set(ada, 1.0)
    assert taste_searched(ada).traits.genres == {"metal": pytest.approx(2, abs=0.01)}
    taste_forget(ada, [track.pk for track in liked])
    assert not taste_searched(ada).traits
    assert surprised(ada, liked) == surprised(bob, liked)


def test_a_forgotten_attribute_is_no_range_of_search(silent):
    ada = make_user("ada")
    liked = [make_track(energy=0.2 + n / 10, valence=0.5) for n in range(3)]
    like(ada, liked)
    assert [r.attribute for r in taste_searched(ada).traits.ranges] == [
        "energy",
        "valence",
    ]

    taste_forget(ada, [track.pk for track in liked], attribute="energy")

    assert [r.attribute for r in taste_searched(ada).traits.ranges] == ["valence"]


def test_what_is_known_speaks_for_and_against():
    songs = [
        make_track("a", artist="Ann", genres=("jazz",), energy=0.5),
        make_track("b", artist="Bob", genres=("metal",), energy=0.9),
        make_track("c", artist="Cid"),
    ]
    ann, bob = (Artist.objects.get(name=name).pk for name in ("Ann", "Bob"))
    view = current_columns().view
    rows = view.rows_of([song.pk for song in songs])
    traits = Traits(
        {ann: 2.0, bob: -1.0}, {"jazz": 1.0}, (Span("energy", 0.4, 0.5, 0.6),)
    )

    leanings = Leanings(view, traits)
    found, is_known = leanings.of(rows)

    assert found.tolist() == pytest.approx([1 + 1 + 0.5, -0.5 - 0.5, 0.0])
    assert is_known.tolist() == [True, True, False]
    assert leanings.best(view.is_there, limit=5) == [songs[0].pk]


@pytest.mark.parametrize("share", [0.0, 0.1, 1.0])
def test_few_that_are_looked_at_are_the_best_of_all(share):
    chance = np.random.default_rng(7)
    for number in range(60):
        make_track(
            f"song {number}",
            artist=f"artist {number % 9}",
            genres=("jazz",) if chance.random() < share else (),
            energy=float(chance.random()),
        )
    artists = Artist.objects.order_by("pk").values_list("pk", flat=True)
    view = current_columns().view
    traits = Traits(
        {artists[0]: 1.0, artists[1]: -0.5} if share else {},
        {"jazz": 0.6},
        (Span("energy", 0.2, 0.5, 0.7),),
    )
    leanings = Leanings(view, traits)

    found, _ = leanings.of(np.arange(60, dtype=np.int32))

    best = sorted(zip(-found, view.ids.tolist(), strict=True))
    for limit in (1, 5, 20):
        wanted = [pk for less, pk in best[:limit] if less < 0]
        assert leanings.best(view.is_there, limit=limit) == wanted


def test_words_lead_and_traits_bring_nothing_in(silent):
    ada, liked = make_user("ada"), silent["metal"][:2]
    like(ada, liked)

    query = Query(text="jazz 1", said=("jazz 1",), taste=taste_searched(ada), limit=3)

    hits = search_tracks(query).hits
    assert hits[0].track_id == silent["jazz"][1].pk
    assert np.isfinite([hit.score for hit in hits]).all()


def test_a_song_says_what_of_the_taste_brought_it(silent):
    ada, liked = make_user("ada"), silent["metal"][:2]
    like(ada, liked)
    query = Query(
        said=("surprise me",), taste=taste_searched(ada), limit=3, diversity=0.0
    )

    (first, *_) = search_tracks(query).hits

    assert "whom you like" in " ".join(reason.text for reason in first.reasons)


def test_a_taste_of_no_traits_is_as_before(silent):
    taste = Taste({silent["jazz"][0].pk: 1.0}, strength=1.0)

    assert not taste.traits
    assert search_tracks(Query(said=("x",), taste=taste, limit=3)).hits
