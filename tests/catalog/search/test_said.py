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


def test_an_artist_that_the_words_name_may_have_more_songs_than_the_cap():
    ada, bob = make_artist("Ada Lane"), make_artist("Bob Stone")
    theirs = {make_track(f"Blue {n}", artist=ada).pk for n in range(4)}
    for n in range(6):
        make_track(f"Red {n}", artist=bob)
        make_track(f"Green {n}")

    assert set(found(said=("I love Ada Lane",), limit=4)) == theirs
    named_before = found(said=("I love Ada Lane", "more blue songs"), limit=6)
    # Of those that earlier messages named the cap holds.
    assert len(theirs.intersection(named_before)) == 2


def test_words_that_liked_songs_share_bring_others_that_have_them():
    liked = [
        make_track(f"Song {n}", document=f"Song {n} by {n}. Known for: zouk.")
        for n in range(3)
    ]
    alike = make_track("Far", document="Far by Cy. Known for: zouk.")
    for n in range(20):
        make_track(f"Other {n}", document=f"Other {n} by Di. Known for: polka.")

    assert found(liked={track.pk: 1.0 for track in liked}, limit=3)[0] == alike.pk


def test_an_artist_of_whom_two_songs_are_liked_may_have_more_than_the_cap():
    ada, bob = make_artist("Ada Lane"), make_artist("Bob Stone")
    theirs = [make_track(f"Blue {n}", artist=ada).pk for n in range(6)]
    for n in range(12):
        make_track(f"Red {n}", artist=bob)
        make_track(f"Green {n}")

    of_one = found(liked={theirs[0]: 1.0}, limit=8)
    of_two = found(liked=dict.fromkeys(theirs[:2], 1.0), limit=8)

    assert len(set(theirs).intersection(of_one)) == 2
    assert len(set(theirs).intersection(of_two)) == 4
