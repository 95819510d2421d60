"""The least of many values."""

import numpy as np
import pytest

from catalog.columns.least import SAMPLE, least


def truth(values, limit):
    last = np.sort(values)[limit - 1]
    return np.flatnonzero(values <= last).tolist()


@pytest.mark.parametrize("kind", [np.uint16, np.float32, np.float64])
@pytest.mark.parametrize("count", [1, 50, SAMPLE * 5 + 3])
@pytest.mark.parametrize("limit", [1, 7, 49, 2000])
def test_the_least_are_found_with_all_that_equal_the_last(kind, count, limit):
    chance = np.random.default_rng(count + limit)
    values = chance.integers(0, 400, count).astype(kind)

    found = least(values, limit).tolist()

    assert found == truth(values, min(limit, count))


def test_an_order_that_misleads_the_sample_changes_nothing():
    count, limit = SAMPLE * 3, 3000
    values = np.random.default_rng(1).permutation(count) + count
    # What the sample looks at is less than all the rest.
    values[::3] -= count

    found = least(values, limit).tolist()

    assert found == truth(values, limit)


def test_an_order_that_hides_the_least_from_the_sample_changes_nothing():
    count, limit = SAMPLE * 3, 3000
    values = np.random.default_rng(1).permutation(count) + count
    values[1::3] -= count

    assert least(values, limit).tolist() == truth(values, limit)


def test_all_alike_are_all_as_little():
    values = np.zeros(SAMPLE * 3)

    assert least(values, 10).tolist() == list(range(SAMPLE * 3))


def test_none_are_the_least_of_none():
    assert least(np.zeros(0), 5).tolist() == []
    assert least(np.zeros(9), 0).tolist() == []
