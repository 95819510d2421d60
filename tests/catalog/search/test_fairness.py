"""Songs known only by text, or only by audio, still compete."""

import numpy as np
import pytest

from catalog.models import Space
from catalog.search.engine import search_tracks
from catalog.search.query import Query, Wish
from catalog.spaces import space_ensure
from tests.factories import make_audio_space, make_track, place

pytestmark = pytest.mark.django_db


def found(query):
    return [hit.track_id for hit in search_tracks(query).hits]


@pytest.fixture
def heard():
    """Make a seed, and sixty tracks around it, the farther the later they come.

    Before them a song that was never heard, and so stands first by its words.
    """
    space = make_audio_space(4)
    seed = make_track(document="a seed")
    place(space, seed, [1, 0, 0, 0])
    silent = make_track(document="rain")
    tracks = [make_track(document="rain") for _ in range(60)]
    for i, track in enumerate(tracks, start=1):
        angle = np.pi * i / len(tracks)
        place(space, track, [np.cos(angle), np.sin(angle), 0, 0])
    return space, seed, silent, tracks


def like(seed, **asked):
    return found(Query(liked={seed.pk: 1.0}, diversity=0.0, limit=61, **asked))


def test_a_song_without_audio_competes_with_those_that_were_heard(heard):
    _, seed, silent, tracks = heard

    hits = like(seed, text="rain")

    # What is near by words and by sound is better, what is far by sound is not.
    assert hits[0] == tracks[0].pk
    assert hits.index(silent.pk) < 20


def test_a_song_that_is_known_to_sound_otherwise_gets_no_such_grace(heard):
    space, seed, silent, _ = heard
    before = like(seed, text="rain").index(silent.pk)
    place(space, silent, [-1, 0, 0, 0])

    after = like(seed, text="rain").index(silent.pk)

    assert after >= before + 10


def test_a_song_without_words_competes_with_those_that_are_described(heard):
    space, seed, _, tracks = heard
    unnamed = make_track("0001", artist="0002", document=" ")
    place(space, unnamed, [1, 0.001, 0, 0])

    hits = like(seed, text="rain")

    assert hits.index(unnamed.pk) < hits.index(tracks[10].pk)


def test_a_song_without_a_text_vector_competes_by_its_single_words():
    text = space_ensure(
        slug="test-text",
        kind=Space.Kind.TEXT,
        model_id="test-text",
        revision="1",
        dimensions=384,
    )
    chance = np.random.default_rng(1)
    for i in range(10):
        place(text, make_track(document=f"song {i}"), chance.normal(size=384))
    fresh = make_track(document="thunder over the harbour")

    hits = found(Query(text="thunder over the harbour", diversity=0.0))

    assert hits[0] == fresh.pk


def test_a_song_of_unknown_mood_competes_with_those_that_were_measured():
    for i in range(10):
        make_track(document="rain and more and more words", energy=0.05 * (i + 10))
    unknown = make_track(document="rain")

    hits = found(
        Query(text="rain", wishes=(Wish("energy", None, 0.5, "calm"),), diversity=0.0)
    )

    assert unknown.pk in hits[:5]
