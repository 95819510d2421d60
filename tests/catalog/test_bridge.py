"""The bridge from words to sound, learned on the catalog."""

import numpy as np
import pytest

from catalog.bridge import (
    Pairs,
    bridge_figures,
    bridge_fit,
    bridge_fit_if_due,
    pairs_fit,
    text_to_audio,
)
from catalog.encoders.text import text_encoder
from catalog.fitted import fitted_arrays
from catalog.models import Space
from catalog.spaces import embeddings_store, space_ensure, space_refit
from tests.factories import make_track

GENRES = ("jazz", "heavy metal", "techno", "folk", "solo piano", "reggae")


def make_pairs(*, is_linked, tracks=120):
    """Make pairs whose sound follows from the words, or has nothing to do with them."""
    rng = np.random.default_rng(3)
    text = rng.normal(size=(tracks, 20))
    source = text if is_linked else rng.normal(size=text.shape)
    audio = source @ rng.normal(size=(20, 12)) + rng.normal(size=(tracks, 12))
    return Pairs(
        text=text,
        audio=audio / np.linalg.norm(audio, axis=1, keepdims=True),
        track=np.arange(tracks),
        group=np.arange(tracks) // 4,
    )


def make_sounding_tracks(count=36):
    """Make tracks whose place in the audio space is their genre's, but for some noise."""
    rng = np.random.default_rng(5)
    space = space_ensure(
        slug="ears", kind="audio", model_id="ears", revision="1", dimensions=8
    )
    homes = {genre: rng.normal(size=8) for genre in GENRES}
    tracks, vectors = [], []
    for n in range(count):
        genre = GENRES[n % len(GENRES)]
        tracks.append(make_track(artist=f"Act {n // 3}", genres=(genre,)))
        vectors.append(homes[genre] + 0.3 * rng.normal(size=8))
    placed = np.array(vectors, np.float32)
    placed /= np.linalg.norm(placed, axis=1, keepdims=True)
    embeddings_store(space, [t.pk for t in tracks], placed)
    return space, homes


def test_it_beats_chance_on_artists_that_it_never_met():
    figures, weights, centre = pairs_fit(make_pairs(is_linked=True))

    assert figures.recall_at_10 > 4 * figures.chance_recall_at_10
    assert figures.median_rank < 15
    assert weights.shape == (20, 12)
    assert centre.shape == (20,)


def test_its_figures_say_when_words_tell_nothing_of_the_sound():
    figures, _, _ = pairs_fit(make_pairs(is_linked=False))

    assert figures.recall_at_10 < 2.5 * figures.chance_recall_at_10
    assert 35 < figures.median_rank < 85


@pytest.mark.django_db
def test_words_point_at_the_sound_that_they_describe():
    space, homes = make_sounding_tracks()

    figures = bridge_fit(space, text_encoder())

    assert figures is not None
    assert figures.tracks == 36
    assert figures.recall_at_10 > 2 * figures.chance_recall_at_10
    wanted = ["loud heavy metal guitars", "a quiet piano alone"]
    fresh = Space.objects.get(pk=space.pk)
    found = text_to_audio(fresh, text_encoder().encode_text(wanted))
    assert found is not None
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    for vector, genre in zip(found, ("heavy metal", "solo piano"), strict=True):
        likeness = {g: vector @ h / np.linalg.norm(h) for g, h in homes.items()}
        assert max(likeness, key=lambda g: likeness[g]) == genre
    stored = bridge_figures(space)
    assert stored is not None
    assert stored["recall_at_10"] == figures.recall_at_10


@pytest.mark.django_db
def test_there_is_none_before_enough_tracks_came():
    space, _ = make_sounding_tracks(23)

    assert bridge_fit_if_due(space, text_encoder()) is None
    assert bridge_fit(space, text_encoder()) is None
    assert text_to_audio(space, np.ones((1, 384), np.float32)) is None
    assert bridge_figures(space) is None


@pytest.mark.django_db
def test_it_is_fitted_again_when_the_catalog_grew_and_outlives_a_refit():
    space, _ = make_sounding_tracks()
    assert bridge_fit_if_due(space, text_encoder())
    assert bridge_fit_if_due(space, text_encoder()) is None
    space.embeddings.update(raw=np.ones(8, "<f4").tobytes())

    space_refit(space)

    assert {"mean", "deviation", "bridge_weights"} <= fitted_arrays(space).keys()
    found = text_to_audio(space, np.ones((2, 384), np.float32))
    assert found is not None
    assert found.shape == (2, 8)
    assert text_to_audio(space, np.ones((2, 100), np.float32)) is None
