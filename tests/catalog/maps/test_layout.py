"""Where songs come to lie: near what they are like, the same each time, and turned as before."""

import numpy as np
import pytest
from sklearn.manifold import trustworthiness

from catalog.maps.aligning import aligned, framed
from catalog.maps.axes import axes_fit
from catalog.maps.layout import _Pushing, layout, nearest, placed_among

GROUPS = 6


@pytest.fixture(scope="module")
def vectors():
    """Return 300 vectors of unit length in six groups."""
    chance = np.random.default_rng(3)
    middles = chance.normal(size=(GROUPS, 20))
    found = middles[np.arange(300) % GROUPS] + 0.6 * chance.normal(size=(300, 20))
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def points(vectors):
    return axes_fit([vectors]).places(vectors)


@pytest.fixture(scope="module")
def places(points):
    return layout(points)


def test_axes_are_those_of_a_singular_value_decomposition_however_it_is_cut(vectors):
    centred = vectors - vectors.mean(0)
    _, _, directions = np.linalg.svd(centred, full_matrices=False)

    axes = axes_fit([vectors[:7], vectors[7:200], vectors[200:]])

    found = np.abs((axes.directions * directions.T).sum(0))
    assert np.allclose(found[:10], 1, atol=1e-4)


def test_neighbours_stay_neighbours_where_two_axes_alone_lose_them(
    vectors, points, places
):
    kept = trustworthiness(vectors, places, n_neighbors=10)

    assert kept > 0.93
    assert kept > trustworthiness(vectors, points[:, :2], n_neighbors=10) + 0.05


def test_the_same_points_give_the_same_map(points, places):
    assert np.array_equal(layout(points), places)


def test_pushes_on_the_grid_are_those_of_all_pairs():
    spots = np.random.default_rng(1).normal(0, 12, (200, 2))
    apart = spots[:, None] - spots[None]
    weights = 1 / (1 + (apart**2).sum(2))
    exact = (weights[..., None] ** 2 * apart).sum(1) / (weights.sum() - 200)

    found = _Pushing().at(spots)

    # A grid softens what is nearer than its cells.
    assert np.linalg.norm(found - exact) < 0.15 * np.linalg.norm(exact)


def test_a_song_that_is_not_laid_out_lies_amid_those_like_it(points, places):
    is_laid = np.arange(300) // GROUPS % 2 == 0
    laid, rest = np.flatnonzero(is_laid), np.flatnonzero(~is_laid)

    found = placed_among(points[laid], places[laid], points[rest])

    middles = np.array([places[g::GROUPS].mean(0) for g in range(GROUPS)])
    homes = np.linalg.norm(found[:, None] - middles[None], axis=2).argmin(1)
    assert (homes == rest % GROUPS).mean() > 0.9


def test_few_songs_and_songs_that_are_all_alike_have_finite_places():
    few = np.eye(3, dtype=np.float32)

    assert np.isfinite(layout(few)).all()
    assert np.isfinite(framed(layout(np.ones((30, 4), np.float32)))).all()


def test_what_progress_raises_ends_the_work(points):
    told = []

    def tell(share):
        told.append(share)
        if share > 0.5:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        layout(points, on_progress=tell)
    assert told == sorted(told)


def test_nearest_of_the_points_themselves_leaves_each_out(points):
    near = nearest(points, points[10:20], 3, first=10)

    assert not (near == np.arange(10, 20)[:, None]).any()


def test_a_turned_and_mirrored_map_is_turned_back():
    old = np.random.default_rng(5).uniform(0.1, 0.9, (50, 2))
    turn = np.array([[0.6, 0.8], [0.8, -0.6]])
    new = np.concatenate((old, [[0.5, 0.5]])) @ turn * 40 + 7

    found = aligned(new, old, shared=np.arange(50))

    assert np.allclose(found[:50], old)
    assert np.allclose(found[50], (0.5, 0.5))


def test_places_that_fit_the_square_stay_and_others_are_laid_into_it():
    inside = np.array([[0.1, 0.1], [0.9, 0.6]])
    outside = np.array([[-3.0, 0.0], [5.0, 1.0], [1.0, 2.0]])

    found = framed(outside)

    assert framed(inside) is inside
    assert found.min() >= 0
    assert found.max() <= 1
    assert np.isclose(np.ptp(found[:, 0]) / np.ptp(found[:, 1]), 8 / 2)
