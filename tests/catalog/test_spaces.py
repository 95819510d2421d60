"""Vector spaces: index, standardisation, refit, one current space a kind."""

import numpy as np
import pytest

from catalog.fitted import fitted_arrays
from catalog.models import Embedding, Space, Track
from catalog.spaces import (
    SpaceMismatch,
    current_space,
    embeddings_store,
    is_refit_due,
    raw_store,
    space_ensure,
    space_refit,
    space_refit_if_due,
    standardise,
)

pytestmark = pytest.mark.django_db


def make_space(slug="ears", dimensions=6, **kwargs):
    options = {"kind": "audio", "model_id": slug, "revision": "1"} | kwargs
    return space_ensure(slug=slug, dimensions=dimensions, **options)


def make_tracks(count):
    return Track.objects.bulk_create(
        Track(title=f"Song {n}", key=f"song {n}", source="table") for n in range(count)
    )


def make_raw(count, dimensions=6):
    rng = np.random.default_rng(7)
    scales = 10.0 ** np.arange(dimensions)
    return (rng.normal(5, 1, (count, dimensions)) * scales).astype(np.float32)


def vectors_in(space):
    rows = Embedding.objects.filter(space=space).order_by("track_id")
    return np.array([np.asarray(v) for v in rows.values_list("vector", flat=True)])


def test_a_space_is_made_once_and_found_again():
    first = make_space()

    assert make_space() == first
    assert current_space("audio") == first
    assert current_space("text") is None


def test_a_new_revision_is_a_new_space_and_may_wait_before_it_is_current():
    old = make_space()

    new = make_space(revision="2", make_current=False)

    assert new.slug == "ears-2"
    assert current_space("audio") == old
    make_space(revision="2")
    assert current_space("audio") == new
    assert Space.objects.filter(is_current=True).count() == 1


def test_vectors_of_another_size_are_refused():
    space = make_space()
    (track,) = make_tracks(1)

    with pytest.raises(SpaceMismatch, match="6 dimensions"):
        embeddings_store(space, [track.pk], np.ones((1, 5), np.float32))


def test_storing_a_track_again_replaces_its_vector():
    space = make_space(dimensions=2)
    (track,) = make_tracks(1)

    embeddings_store(space, [track.pk], np.array([[1, 0]], np.float32))
    embeddings_store(space, [track.pk], np.array([[0, 1]], np.float32))

    assert vectors_in(space).tolist() == [[0, 1]]


def test_every_feature_counts_alike_after_a_refit():
    space = make_space()
    tracks = make_tracks(50)
    raw_store(space, [t.pk for t in tracks], make_raw(50))
    before = vectors_in(space)
    assert before[:, -1].min() > 0.98

    assert space_refit(space) == 50

    after = vectors_in(space)
    assert np.allclose(np.linalg.norm(after, axis=1), 1.0, atol=1e-5)
    spread = after.std(axis=0)
    assert spread.max() < 2 * spread.min()
    fresh = Space.objects.get(pk=space.pk)
    assert np.allclose(after, standardise(fresh, make_raw(50)), atol=1e-5)


def test_vectors_stored_after_a_refit_use_the_new_fit():
    space = make_space()
    stale = Space.objects.get(pk=space.pk)
    tracks = make_tracks(11)
    raw_store(space, [t.pk for t in tracks[:10]], make_raw(11)[:10])
    space_refit(space)

    raw_store(stale, [tracks[10].pk], make_raw(11)[10:])

    fresh = Space.objects.get(pk=space.pk)
    assert np.allclose(vectors_in(space), standardise(fresh, make_raw(11)), atol=1e-5)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_standardised_vectors_are_finite_and_of_unit_length(bad):
    space = make_space()
    raw = make_raw(12)
    raw[:, 2] = 3.0
    raw_store(space, [t.pk for t in make_tracks(12)], raw)
    space_refit(space)
    raw[0, 1] = bad
    raw[1] = fitted_arrays(space)["mean"]
    raw[2] = bad
    raw[3] = 1e30

    vectors = standardise(space, raw)

    assert np.isfinite(vectors).all()
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_a_space_is_refitted_as_it_grows_and_rarely_once_large():
    fits = [0]
    for count in range(1, 201):
        if is_refit_due(count, fits[-1]):
            fits.append(count)

    assert fits[1:8] == [2, 3, 4, 5, 6, 8, 10]
    assert len(fits) < 25
    assert not is_refit_due(6000, 5000)
    assert is_refit_due(10_000, 5000)
    assert is_refit_due(5200, 5000, is_final=True)
    assert not is_refit_due(200, 200, is_final=True)


def test_a_refit_that_is_not_due_changes_nothing():
    space = make_space()
    raw_store(space, [t.pk for t in make_tracks(10)], make_raw(10))

    assert space_refit_if_due(space)
    assert not space_refit_if_due(space)
    assert Space.objects.get(pk=space.pk).fitted["count"] == 10
