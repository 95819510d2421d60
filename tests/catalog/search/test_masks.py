"""Filters over columns keep exactly what they keep in SQL."""

import numpy as np
import pytest

from catalog.columns.current import current_columns
from catalog.search.conditions import matching_tracks
from catalog.search.masks import matching_rows
from catalog.search.query import Filters, Wish
from tests.catalog.search.catalogs import make_random_catalog, make_spaces, make_tags
from tests.catalog.search.test_properties import random_query
from tests.factories import make_track

pytestmark = pytest.mark.django_db


def kept(filters, wishes=(), heard=()):
    view = current_columns().view
    rows = view.rows_of(heard)
    mask = matching_rows(view, filters, wishes, rows)
    return set(view.ids[mask].tolist())


def test_random_filters_keep_what_they_keep_in_sql():
    # The first number drawn is the catalog's size.
    chances = (np.random.default_rng(seed) for seed in range(99))
    large = next(i for i, c in enumerate(chances) if c.integers(0, 25) >= 20)
    chance = np.random.default_rng(large)
    spaces, tags = make_spaces(), make_tags()
    known = make_random_catalog(chance, spaces=spaces, tags=tags)

    sizes = set()
    for _ in range(300):
        query = random_query(chance, known)
        heard = frozenset(list(known.tracks)[:2])
        ids = kept(query.filters, query.wishes, heard)
        in_sql = matching_tracks(query.filters, query.wishes, heard)
        assert ids == set(in_sql.values_list("pk", flat=True)), query
        sizes.add(len(ids))
    assert len(sizes) > 5


@pytest.mark.parametrize("tempo", [120.0000001, 119.9999999])
def test_a_value_just_beyond_the_end_is_not_rounded_in(tempo):
    track = make_track(tempo_bpm=tempo)

    up_to = kept(Filters(tempo_to_bpm=120.0))
    at_least = kept(Filters(tempo_from_bpm=120.0))

    assert (up_to, at_least) == (
        (set(), {track.pk}) if tempo > 120 else ({track.pk}, set())
    )


def test_a_wish_lets_the_unknown_pass():
    known, unknown = make_track(energy=0.9), make_track(energy=None)

    found = kept(Filters(), (Wish("energy", None, 0.4, "calm"),))

    assert found == {unknown.pk}
    assert known.pk not in found
