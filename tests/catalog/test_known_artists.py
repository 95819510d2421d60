"""What artists are known for helps to find untagged tracks, and says so."""

import pytest

from catalog.documents import KnownTrack, track_document
from catalog.genres import genre_spellings
from catalog.known_artists import DATA, ERAS, known_decades, known_genres
from catalog.names import name_key
from catalog.search.engine import search_tracks
from catalog.search.query import Filters, Query
from tests.factories import make_track


def test_an_untagged_track_says_what_its_artists_are_known_for():
    text = track_document(KnownTrack("Sam Hall", artists=("Johnny Cash",), year=2002))

    assert (
        text
        == "Sam Hall by Johnny Cash (2002, 2000s). Known for: country, outlaw country."
    )


def test_an_undated_track_says_when_its_artists_were_well_known():
    known = KnownTrack("Sam Hall", artists=("Johnny Cash",), genres=("folk",))

    assert track_document(known).endswith(
        ". Heyday: 50s, fifties, 60s, sixties, 70s, seventies."
    )
    assert known_decades(["a-ha", "DURAN DURAN"]) == (1980,)
    # Of one who was for longer, a song may be from any time.
    assert known_decades(["Johnny Cash", "a-ha"]) == ()


def test_a_tag_is_never_overruled():
    known = KnownTrack(
        "Sam Hall", artists=("Johnny Cash",), genres=("folk",), year=2002
    )

    assert (
        track_document(known) == "Sam Hall by Johnny Cash (2002, 2000s). Genre: folk."
    )


def test_names_count_as_they_are_keyed_and_unknown_ones_say_nothing():
    assert known_genres(["JOHNNY CASH"]) == known_genres(["Johnny Cash"])
    assert known_genres(["A Band That Nobody Knows"]) == ()
    both = known_genres(["Miles Davis", "Johnny Cash", "Bob Marley"])
    assert both[0] == "jazz"
    assert 2 <= len(both) <= 4


def test_each_genre_of_the_list_is_one_that_the_taxonomy_knows():
    rows = [
        line.split("\t")[0]
        for line in DATA.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]

    assert len(rows) == len(set(rows)) > 90
    assert [g for g in rows if name_key(g) not in genre_spellings()] == []


def test_each_decade_of_the_list_comes_once():
    rows = [
        line.split("\t")[0]
        for line in ERAS.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]

    assert rows == [f"{year}s" for year in range(1920, 2030, 10)]


@pytest.mark.django_db
def test_an_untagged_track_is_found_by_words_and_by_genre_and_says_why():
    document = track_document(KnownTrack("Sam Hall", artists=("Johnny Cash",)))
    untagged = make_track("Sam Hall", artist="Johnny Cash", document=document)
    make_track("Other", artist="Somebody Else")
    make_track("One", artist="Johnny Cash", genres=("folk",))

    words = search_tracks(Query(text="country", limit=1))
    tagged = make_track("Mine", artist="Nobody Known", genres=("country",))
    only = Filters(genres=frozenset({"country"}))
    genre = search_tracks(Query(filters=only, limit=3, may_relax=False))

    assert [hit.track_id for hit in words.hits] == [untagged.pk]
    assert {hit.track_id for hit in genre.hits} == {untagged.pk, tagged.pk}
    reasons = {h.track_id: [r.text for r in h.reasons] for h in genre.hits}
    assert "untagged, by an artist known for country" in reasons[untagged.pk]


@pytest.mark.django_db
def test_where_no_track_is_tagged_with_a_genre_the_artists_known_for_it_count():
    known = make_track("One", artist="Johnny Cash", genres=("folk",))
    make_track("Other", artist="Somebody Else", genres=("folk",))

    only = Filters(genres=frozenset({"country"}))
    found = search_tracks(Query(filters=only, limit=3, may_relax=False))

    assert [hit.track_id for hit in found.hits] == [known.pk]
    reasons = [reason.text for reason in found.hits[0].reasons]
    assert "by an artist known for country" in reasons

    # One tagged track is enough for tags to be believed again.
    tagged = make_track("Mine", artist="Nobody Known", genres=("country",))
    found = search_tracks(Query(filters=only, limit=3, may_relax=False))

    assert [hit.track_id for hit in found.hits] == [tagged.pk]
