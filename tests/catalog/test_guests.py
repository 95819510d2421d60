"""Guests that titles name are known to be on the song."""

import pytest

from catalog.guests import guest_ids, guests_named, tracks_with_guests
from tests.factories import make_artist, make_track


@pytest.mark.parametrize(
    ("title", "guests"),
    [
        ("No Guidance (feat. Drake)", {"drake"}),
        (
            "Work (feat. Drake & Nina Vale)",
            {"drake and nina vale", "drake", "nina vale"},
        ),
        ("Long Road ft. Otis Lane - Live", {"otis lane"}),
        ("Late [with Vera Solano]", {"vera solano"}),
        ("Duet (Featuring A, B and C)", {"a b and c", "a", "b", "c"}),
        ("Six Feet Under", set()),
        ("Stay With Me", set()),
        ("I'm With You", set()),
    ],
)
def test_a_title_names_its_guests(title, guests):
    assert guests_named(title) == guests


@pytest.mark.django_db
def test_tracks_are_found_by_whom_their_titles_name():
    drake = make_artist("Drake")
    own = make_track("Marble Road", artist=drake)
    guest = make_track("Copper Coats (feat. Drake)", artist="Nina Vale")
    make_track("Drake's Lamp", artist="Nina Vale")
    make_track("Copper Hats (feat. Otis Drake)", artist="Nina Vale")

    assert tracks_with_guests({drake.pk}) == {guest.pk}
    assert guest_ids({own.title, guest.title}) == {guest.title: {drake.pk}}


@pytest.mark.django_db
def test_titles_without_guests_ask_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert guest_ids({"Marble Road", "Stay With Me"}) == {}
