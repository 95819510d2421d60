"""What songs that everybody knows are played for helps to find them."""

import pytest

from catalog.documents import KnownTrack, track_document
from catalog.known_songs import DATA, MOST_ROWS, played_for
from catalog.search.engine import search_tracks
from catalog.search.query import Query
from tests.factories import make_track

WORKOUT = ("workout", "gym", "running")


def test_a_song_counts_in_all_its_versions_and_by_any_of_its_artists():
    for title in (
        "Thunderstruck",
        "Thunderstruck - 2003 Remaster",
        "THUNDERSTRUCK (Live)",
    ):
        assert played_for(title, ["AC/DC"])[:3] == WORKOUT
    film = "Happy (From “Despicable Me 2”)"
    assert "feel good" in played_for(film, ["Somebody Else", "Pharrell Williams"])


def test_another_song_of_the_name_is_played_for_nothing():
    assert played_for("Thunderstruck", ["The Velvet Foxes"]) == ()
    assert played_for("Thunder and Rain", ["AC/DC"]) == ()


def test_a_tagged_mood_is_never_overruled():
    known = KnownTrack("Hurt", artists=("Johnny Cash",), moods=("tender",), year=2002)

    assert "Played for" not in track_document(known)


def test_each_row_of_the_list_is_whole():
    rows = [
        line
        for line in DATA.read_text(encoding="utf-8").splitlines()
        if line[:1] != "#"
    ]

    assert len(rows) > 12
    for row in rows:
        words, songs = row.split("\t")
        assert words
        assert all(": " in by_artist for by_artist in songs.split("; ")), words


def test_no_song_is_played_for_more_than_some_rows_say():
    words = played_for("Happy", ["Pharrell Williams"])

    rows = [
        line.split("\t")[0] for line in DATA.read_text(encoding="utf-8").splitlines()
    ]
    assert sum(row.split(", ")[0] in words for row in rows) <= MOST_ROWS


@pytest.mark.django_db
def test_an_untagged_song_is_found_for_what_it_is_played_for():
    def make(title, artist):
        document = track_document(KnownTrack(title, artists=(artist,)))
        return make_track(title, artist=artist, document=document)

    make("Songs of the Sea", "The Velvet Foxes")
    known = make("Thunderstruck", "AC/DC")

    hits = search_tracks(
        Query(text="gym", said=("something for the gym",), limit=1)
    ).hits

    assert [hit.track_id for hit in hits] == [known.pk]
