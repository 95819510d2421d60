"""Segments that come one after the other say what one of all would."""

import numpy as np
import pytest
from django.db.models import Value
from django.db.models.functions import Concat

from catalog.columns.reading import segment_read
from catalog.columns.segment import FLAGS, NUMBERS, POSTINGS
from catalog.columns.view import View, view_joined, view_of, view_with
from catalog.findable import findable_tracks
from catalog.models import Artist, Track
from tests.catalog.search.catalogs import make_random_catalog, make_spaces, make_tags

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalog():
    spaces, tags = make_spaces(), make_tags()
    chance = np.random.default_rng(5)
    tracks = {}
    for round_ in range(4):
        tracks |= make_random_catalog(chance, spaces=spaces, tags=tags).tracks
        # The next catalog's artists are called alike.
        Artist.objects.update(key=Concat(Value(f"{round_} "), "key"))
    return spaces, sorted(tracks)


def read(spaces, ids=None):
    return segment_read(findable_tracks(), spaces, track_ids=ids)


def assert_alike(view: View, segment):
    """Compare all that can be asked, by track id."""
    assert sorted(view.ids[view.is_there].tolist()) == segment.ids.tolist()
    theirs = view.rows_of(segment.ids.tolist())
    rows = theirs[np.argsort(view.ids[theirs])]
    for name in NUMBERS:
        np.testing.assert_array_equal(view.number(name)[rows], segment.numbers[name])
    for name in FLAGS:
        np.testing.assert_array_equal(view.flag(name)[rows], segment.flags[name])
    for name in POSTINGS:
        postings = segment.postings[name]
        for key in postings.keys.tolist():
            found = view.rows_with(name, [key])
            known = view.ids[found[view.is_there[found]]]
            assert sorted(known.tolist()) == segment.ids[postings.rows_of(key)].tolist()
    for space, vectors in segment.vectors.items():
        has = view.has_vector(space, theirs)
        known = view.ids[theirs[has]]
        assert sorted(known.tolist()) == segment.ids[vectors.rows].tolist()
        query = np.ones(vectors.matrix.shape[1], np.float32)
        near, _ = view.nearest(space, view.is_there, query, limit=5)
        wanted = np.argsort(-(vectors.matrix @ query), kind="stable")[:5]
        assert view.ids[near].tolist() == segment.ids[vectors.rows[wanted]].tolist()


def test_segments_in_turn_are_what_one_of_all_is(catalog):
    spaces, ids = catalog
    view = view_of(read(spaces, ids[:30]))
    for start in range(30, len(ids), 3):
        some = ids[start : start + 3]
        view = view_with(view, read(spaces, some), gone=some)

    assert len(view.segments) > 1
    assert_alike(view, read(spaces))


def test_tracks_that_changed_count_once(catalog):
    spaces, ids = catalog
    view = view_of(read(spaces))
    changed = ids[3:20:4]
    Track.objects.filter(pk__in=changed).update(year=1888, popularity=None)

    view = view_with(view, read(spaces, changed), gone=changed)

    assert view.count == len(read(spaces))
    assert_alike(view, read(spaces))


def test_joining_keeps_what_is_there_and_nothing_else(catalog):
    spaces, ids = catalog
    view = view_of(read(spaces))
    Track.objects.filter(pk__in=ids[:7]).delete()
    view = view_with(view, read(spaces, ids[:9]), gone=ids[:9])

    one = view_joined(view)

    assert one.ids.tolist() == read(spaces).ids.tolist()
    assert_alike(view_of(one), read(spaces))


def test_an_empty_catalog_can_be_asked(catalog):
    spaces, ids = catalog
    view = view_of(read(spaces))

    Track.objects.all().delete()
    view = view_with(view, read(spaces, ids), gone=ids)

    assert view.count == 0
    assert view_joined(view).ids.tolist() == []
    query = np.ones(spaces[0].dimensions, np.float32)
    rows, _ = view.nearest(spaces[0].pk, view.is_there, query, limit=3)
    assert rows.tolist() == []
