"""What nearest neighbours promise: all that were asked for, in exact order."""

import numpy as np
import pytest
from django.db import connection

from catalog.models import Track
from catalog.search.nearest import (
    ALWAYS_EXACT_ROWS,
    EXACT_ROWS_PER_ROOT,
    bounded_ids,
    most_exact_rows,
    nearest,
)
from catalog.spaces import embeddings_store
from tests.factories import make_audio_space, make_track

pytestmark = pytest.mark.django_db

COUNT = 300


@pytest.fixture
def space():
    return make_audio_space(16)


@pytest.fixture
def placed(space):
    """Put tracks around a few centres; odd years are rare. Returns ids and vectors."""
    chance = np.random.default_rng(3)
    centres = chance.normal(0, 1, (6, 16))
    vectors = centres[np.arange(COUNT) % 6] + chance.normal(0, 0.4, (COUNT, 16))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    Track.objects.bulk_create(
        Track(
            title=f"Song {i}",
            source=Track.Source.TABLE,
            year=1991 if i % 30 == 0 else 1990,
        )
        for i in range(COUNT)
    )
    ids = list(Track.objects.order_by("pk").values_list("pk", flat=True))
    embeddings_store(space, ids, vectors.astype(np.float32))
    return ids, vectors.astype(np.float32)


def exact(ids, vectors, target, limit):
    order = np.argsort(-(vectors @ target), kind="stable")[:limit]
    return [ids[i] for i in order]


# Both ways, whatever the planner expects.
ways = pytest.mark.parametrize(
    "exact_rows", [0, 10**6], ids=["the index", "measuring each"]
)


@ways
def test_both_ways_give_the_exact_order(space, placed, exact_rows):
    ids, vectors = placed
    target = vectors[7]

    found = nearest(
        Track.objects.order_by(), space, target, limit=20, exact_rows=exact_rows
    )

    assert found == exact(ids, vectors, target, 20)


@ways
def test_both_ways_keep_the_filter_and_give_all_that_it_holds(
    space, placed, exact_rows
):
    ids, vectors = placed
    rare = Track.objects.filter(year=1991).order_by()

    found = nearest(rare, space, vectors[7], limit=50, exact_rows=exact_rows)

    assert len(found) == COUNT // 30
    kept = [i for i in range(COUNT) if i % 30 == 0]
    target = vectors[7]
    assert found == exact([ids[i] for i in kept], vectors[kept], target, 50)


def test_a_walk_that_gives_up_is_made_good(space, placed):
    _, vectors = placed
    rare = Track.objects.filter(year=1991).order_by()

    found = nearest(rare, space, -vectors[0], limit=10, exact_rows=0, walk_rows=1)

    assert len(found) == 10


def test_no_more_ids_are_fetched_than_can_be_measured(placed):
    ids, _ = placed

    assert bounded_ids(Track.objects.order_by(), COUNT) is not None
    assert bounded_ids(Track.objects.order_by(), COUNT - 1) is None


def test_tracks_without_a_vector_are_not_found(space, placed):
    ids, vectors = placed
    make_track("Unheard")

    assert set(nearest(Track.objects.all(), space, vectors[0], limit=999)) == set(ids)


def test_the_settings_of_the_walk_do_not_outlive_it(space, placed):
    _, vectors = placed

    nearest(Track.objects.order_by(), space, vectors[0], limit=5, exact_rows=0)

    with connection.cursor() as cursor:
        cursor.execute("SHOW enable_sort")
        assert cursor.fetchone() == ("on",)


def test_few_rows_are_always_measured_one_by_one(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert most_exact_rows(ALWAYS_EXACT_ROWS) == ALWAYS_EXACT_ROWS


def test_a_larger_catalog_has_more_rows_measured_one_by_one():
    count = 5000
    Track.objects.bulk_create(
        Track(title="Song", source=Track.Source.TABLE) for _ in range(count)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE catalog_track")

    rows = most_exact_rows(count)

    # As many as the root of the catalog's size, times what one costs in the walk.
    assert rows == pytest.approx(EXACT_ROWS_PER_ROOT * count**0.5, rel=0.01)
    assert rows > ALWAYS_EXACT_ROWS
