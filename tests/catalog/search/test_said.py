"""What was said before leans a search, less than what is said now."""

import pytest

from catalog.search.engine import search_tracks
from catalog.search.query import Query
from tests.factories import make_artist, make_track

pytestmark = pytest.mark.django_db


def found(**fields):
    return [hit.track_id for hit in search_tracks(Query(**fields)).hits]


def test_a_name_of_now_comes_before_one_of_before():
    ada = make_track("Blue", artist=make_artist("Ada Lane"))
    bob = make_track("Red", artist=make_artist("Bob Stone"))
    make_track("Green", artist=make_artist("Cy Reed"), popularity=90)

    assert found(said=("some Ada Lane", "now Bob Stone"))[:2] == [bob.pk, ada.pk]
    assert found(said=("some Bob Stone", "now Ada Lane"))[:2] == [ada.pk, bob.pk]


def test_words_of_before_add_to_those_of_now():
    plain = make_track("Rain", document="Rain by Ada. Theme: autumn.")
    both = make_track("Fog", document="Fog by Ada. Theme: autumn. Mood: gentle.")
    make_track("Noise", document="Noise by Bob.")

    assert found(said=("something gentle", "for autumn"))[:2] == [both.pk, plain.pk]


def test_nothing_said_is_as_before():
    make_track("Rain", document="Rain by Ada.")

    assert found(text="rain", said=()) == found(text="rain", said=("rain",))
