"""What gives way when too little fits, and how that is told."""

import pytest

from catalog.search.engine import search_tracks
from catalog.search.query import Filters, Query
from tests.factories import make_track

pytestmark = pytest.mark.django_db


@pytest.fixture
def songs():
    return {
        name: make_track(name, artist=f"Band {name}", genres=("jazz",), year=year)
        for name, year in (("A", 1994), ("B", 1988), ("C", 1971), ("D", None))
    }


def nineties(**fields):
    return Query(filters=Filters(year_from=1990, year_to=1999), **fields)


def test_enough_that_fits_leaves_the_ledger_empty(songs):
    result = search_tracks(nineties(limit=1))

    assert [hit.track_id for hit in result.hits] == [songs["A"].pk]
    assert result.ledger == ()
    assert result.shortage is None


def test_years_give_way_step_by_step_and_each_step_is_told(songs):
    result = search_tracks(nineties(limit=4))

    assert [hit.track_id for hit in result.hits] == [songs[n].pk for n in "ABCD"]
    told = [(step.constraint, step.was, step.now, step.gave) for step in result.ledger]
    assert told == [
        ("years", "1990–1999", "1985–2004", 1),
        ("years", "1990–1999", "1975–2014", 0),
        ("years", "1990–1999", "any", 2),
    ]
    assert [hit.step for hit in result.hits] == [None, 0, 2, 2]
    assert [hit.track_id for hit in result.kept_all] == [songs["A"].pk]


def test_filters_hold_where_the_caller_says_so(songs):
    result = search_tracks(nineties(limit=4, may_relax=False))

    assert [hit.track_id for hit in result.hits] == [songs["A"].pk]
    assert result.shortage is not None
    assert result.shortage.kind == "held_fast"


def test_a_refusal_never_gives_way(songs):
    query = Query(filters=Filters(without_genres=frozenset({"jazz"})), limit=4)

    result = search_tracks(query)

    assert result.hits == ()
    assert result.shortage is not None
    assert result.shortage.kind == "used_up"


def test_no_track_is_found_whose_sources_are_gone(songs):
    songs["B"].vanished_at = "2026-01-01T00:00:00Z"
    songs["B"].save(update_fields=("vanished_at",))

    result = search_tracks(Query(limit=4))

    assert {hit.track_id for hit in result.hits} == {songs[n].pk for n in "ACD"}


def test_an_empty_catalog_says_that_it_is_empty():
    result = search_tracks(Query(text="rain", limit=4))

    assert result.hits == ()
    assert result.shortage is not None
    assert result.shortage.kind == "empty"
