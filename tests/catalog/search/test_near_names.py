"""Misspelt names are found, by index and among a few candidates."""

import pytest
from django.db import connection

from catalog.search.near_names import artist_hint, artists_near, titles_near
from tests.factories import make_artist, make_track

pytestmark = pytest.mark.django_db

ARTISTS = ("Fleetwood Mac", "Beyoncé", "Radiohead", "The Marlow Finch Quintet", "Air")


@pytest.fixture
def artists():
    for name in ARTISTS:
        make_track(artist=name)


@pytest.mark.parametrize(
    ("written", "artist"),
    [
        ("fleetwod mac", "Fleetwood Mac"),
        ("fleetwood mack", "Fleetwood Mac"),
        ("fleet wood mac", "Fleetwood Mac"),
        ("Fleewood Mca", "Fleetwood Mac"),
        ("beyonse", "Beyoncé"),
        ("radiohaed", "Radiohead"),
        ("raidohead", "Radiohead"),
        ("marlow fynch quintett", "The Marlow Finch Quintet"),
    ],
)
def test_a_misspelt_artist_is_found(artists, written, artist):
    assert artists_near([written])[written].name == artist


@pytest.mark.parametrize(
    "written", ["ai", "hair", "radio", "zorblax quintet", "beyond"]
)
def test_other_names_are_not_taken_for_misspelt_ones(artists, written):
    assert artists_near([written]) == {}


def test_an_artist_without_songs_is_not_found():
    make_artist("Fleetwood Mac")

    assert artists_near(["fleetwod mac"]) == {}


def test_of_two_equally_near_artists_the_one_with_more_songs_is_meant():
    make_track(artist="Marlowe Finch")
    for _ in range(2):
        make_track(artist="Marlows Finch")

    assert artists_near(["marlow finch"])["marlow finch"].name == "Marlows Finch"


def test_a_part_of_a_name_is_the_artist_who_has_several_songs():
    make_track(artist="Harrow Dunmore")
    for _ in range(5):
        make_track(artist="Vera Dunmore")
    make_track(artist="Dunmoor")

    assert artists_near(["dunmore"])["dunmore"].name == "Vera Dunmore"
    assert artists_near(["harrow"]) == {}


def test_several_names_take_one_query(artists, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = artists_near(["fleetwod mac", "radiohaed", "nobody at all"])

    assert set(found) == {"fleetwod mac", "radiohaed"}


def test_names_are_searched_by_index(artists):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM catalog_artist "
            "WHERE catalog_trigrams(key) @> ARRAY['eet', 'etw']"
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())

    assert "catalog_artist_trigrams_idx" in plan


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("paper botes at dawn", "Paper Boats at Dawn"),
        ("papr boats at dawn", "Paper Boats at Dawn"),
        ("night shool", "Night School"),
    ],
)
def test_a_misspelt_title_is_found(written, title):
    for name in ("Paper Boats at Dawn", "Night School", "Night"):
        make_track(name)

    assert titles_near([written])[written].name == title


@pytest.mark.parametrize(
    "written", ["nigth", "paper planes at dusk", "!!", "a & b | c"]
)
def test_other_titles_are_not_taken_for_misspelt_ones(written):
    make_track("Night")
    make_track("Paper Boats at Dawn")

    assert titles_near([written]) == {}


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("fleetwood mick", "Fleetwood Mac"),
        ("radiohats", "Radiohead"),
        ("zorblax quintet", ""),
        ("x", ""),
    ],
)
def test_the_nearest_artist_is_hinted_at(artists, written, hint):
    assert artist_hint(written) == hint
