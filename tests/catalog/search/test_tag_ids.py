"""Genres as ids of their tags."""

import pytest
from django.db import connection

from catalog.models import Tag, Track
from catalog.search.conditions import matching_tracks
from catalog.search.query import Filters
from catalog.search.tag_ids import tag_ids_of
from tests.factories import make_track

pytestmark = pytest.mark.django_db


def tag(key, kind=Tag.Kind.GENRE):
    return Tag.objects.get_or_create(kind=kind, key=key, defaults={"name": key})[0]


def test_a_genre_is_its_own_tag_and_those_of_its_children():
    jazz, bebop, rock = tag("jazz"), tag("bebop"), tag("rock")

    assert set(tag_ids_of(["jazz"])) == {jazz.pk, bebop.pk}
    assert tag_ids_of(["rock"]) == [rock.pk]


def test_a_mood_of_the_same_name_is_no_genre():
    tag("jazz", Tag.Kind.MOOD)

    assert tag_ids_of(["jazz"]) == []


def test_a_genre_that_no_track_has_finds_none_and_excludes_none():
    track = make_track("Song")

    wanted = Filters(genres=frozenset({"jazz"}))
    unwanted = Filters(without_genres=frozenset({"jazz"}))

    assert list(matching_tracks(wanted, ())) == []
    assert list(matching_tracks(unwanted, ())) == [track]


def test_tracks_of_a_tag_have_an_index_of_their_own():
    table = Track.tags.through._meta.db_table
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, table)

    assert found["catalog_track_tags_tag_track"]["columns"] == ["tag_id", "track_id"]
