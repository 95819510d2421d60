"""Figures of vectors whose labels are known to be told, or not, from them."""

import numpy as np
import pytest

from catalog.evaluation.audio.measures import chance, measure_space
from catalog.evaluation.failure import CannotEvaluate


def make_clusters(*, apart: float, count: int = 60, size: int = 8, seed: int = 3):
    rng = np.random.default_rng(seed)
    labels = np.arange(count) % 3
    centres = apart * rng.standard_normal((3, size))
    vectors = centres[labels] + rng.standard_normal((count, size))
    return vectors.astype(np.float32), [f"label {n}" for n in labels]


def own_groups(labels):
    return [str(n) for n in range(len(labels))]


def test_labels_that_lie_apart_are_told_and_those_that_do_not_are_guessed():
    figures = {}
    for apart in (0.0, 6.0):
        vectors, labels = make_clusters(apart=apart)
        figures[apart] = measure_space(
            vectors, labels, own_groups(labels), is_standardised=True, seeds=2
        )

    assert figures[6.0].nearest.mean > 0.95
    assert figures[6.0].probe.mean > 0.95
    assert figures[6.0].precision[5] > 0.95
    assert figures[0.0].nearest.mean < 0.55
    assert figures[0.0].probe.mean < 0.55
    assert figures[0.0].precision[10] < 0.5


def test_copies_within_a_group_help_nobody():
    vectors, labels = make_clusters(apart=0.0)
    twice = np.repeat(vectors, 2, axis=0)
    labels = list(np.repeat(labels, 2))
    groups = list(np.repeat(own_groups(vectors), 2))

    known = measure_space(twice, labels, groups, is_standardised=True, seeds=2)
    unknown = measure_space(
        twice, labels, own_groups(labels), is_standardised=True, seeds=2
    )

    assert unknown.nearest_left_out == 1.0
    assert known.nearest_left_out < 0.55
    assert known.nearest.mean < 0.55
    assert known.probe.mean < 0.55


def test_a_large_feature_counts_no_more_than_a_small_one_once_standardised():
    vectors, labels = make_clusters(apart=6.0)
    noise = np.random.default_rng(1).standard_normal((len(labels), 1)) * 1e15
    with_noise = np.hstack([vectors, noise]).astype(np.float32)

    plain, standardised = (
        measure_space(
            with_noise, labels, own_groups(labels), is_standardised=flag, seeds=1
        )
        for flag in (False, True)
    )

    assert standardised.nearest_left_out > 0.9 > plain.nearest_left_out


def test_the_same_seeds_give_the_same_figures():
    vectors, labels = make_clusters(apart=1.0)

    first, second = (
        measure_space(
            vectors, labels, own_groups(labels), is_standardised=True, seeds=2
        )
        for _ in range(2)
    )

    assert first == second


def test_folds_are_no_more_than_the_smallest_label_has_groups():
    vectors, labels = make_clusters(apart=1.0, count=9)

    figures = measure_space(
        vectors, labels, own_groups(labels), is_standardised=True, seeds=1
    )

    assert figures.folds == 3


def test_a_label_of_one_artist_cannot_be_tested():
    vectors, labels = make_clusters(apart=1.0)

    with pytest.raises(CannotEvaluate, match="one artist or song"):
        measure_space(vectors, labels, labels, is_standardised=True)


def test_chance_is_told_for_uneven_labels():
    assert chance(["a", "a", "a", "b"]) == {"random": 0.625, "commonest": 0.75}
