"""Which songs of the catalog the songs of a file are."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.merging import artists_merge, tracks_merge
from catalog.models import Artist
from playlists.files.identifiers import Ids
from playlists.files.listing import Entry
from playlists.files.matching import entries_match
from tests.factories import make_artist
from tests.playlists.files.songs import make_song

pytestmark = pytest.mark.django_db

RAIN = Entry("Rain, Again", ("Ada Lane",), duration_ms=180_000)


def match(entry):
    (found,) = entries_match([entry])
    return found


def near(*songs):
    return {song.uuid for song in songs}


def test_our_own_id_counts_whatever_the_song_is_called():
    song = make_song("Sunshine", "Bo")

    assert match(replace(RAIN, ids=Ids(track_uuid=str(song.uuid)))).track == song.uuid


def test_our_own_id_leads_to_the_track_that_it_was_merged_into():
    keep, other = make_song("Rain"), make_song("Rain")
    tracks_merge(keep=keep, others=[other])

    assert match(Entry("x", ids=Ids(track_uuid=str(other.uuid)))).track == keep.uuid


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("isrc", "GBAYE6800023"),
        ("musicbrainz_id", "1f5d4b10-3f1c-4b67-8b0a-8f4a5f9b1c2d"),
        ("spotify_id", "0aym2LBJBk9DAYuHHutrIl"),
    ],
)
def test_an_id_counts_before_words(field, value):
    song = make_song(
        "Rain, Again (Single Version)", **{field: value}, duration_ms=181_000
    )
    make_song("Rain, Again")
    ids = Ids(**{field: value})

    assert match(replace(RAIN, ids=ids)).track == song.uuid
    assert match(Entry(ids=ids)).track == song.uuid


def test_an_id_that_title_and_artist_speak_against_is_only_offered():
    song = make_song("Polka", "Bo", isrc="GBAYE6800023")

    found = match(replace(RAIN, ids=Ids(isrc="GBAYE6800023")))

    assert (found.track, found.near) == (None, (song.uuid,))


def test_an_id_that_is_a_slip_does_not_hide_the_song():
    make_song("Rain Dance", "Bo", isrc="GBAYE6800023")
    song = make_song("Rain, Again")

    assert match(replace(RAIN, ids=Ids(isrc="GBAYE6800023"))).track == song.uuid


@pytest.mark.parametrize(
    ("title", "artists"),
    [
        ("RAIN AGAIN", ("ada lane",)),
        ("Rain, Again (feat. Bo)", ("Ada Lane & Bo",)),
        ("Rain, Again", ("Ada Lane, Bo",)),
        ("Rain, Again - 2011 Remaster", ("Ada Lane",)),
        ("Rain, Again", ("Bo", "Ada Lane")),
    ],
)
def test_words_and_length_count_in_any_spelling(title, artists):
    song = make_song("Rain, Again")
    make_song("Rain, Again", duration_ms=240_000)

    assert match(Entry(title, artists, duration_ms=181_500)).track == song.uuid


def test_a_name_that_holds_an_and_is_one_name():
    song = make_song("The Boxer", "Simon & Garfunkel")
    make_song("The Boxer", "Simon")

    assert match(Entry("Boxer", ("Simon and Garfunkel",))).track == song.uuid


def test_without_a_length_the_best_known_is_meant():
    make_song("Rain, Again", duration_ms=300_000, popularity=10)
    song = make_song("Rain, Again", duration_ms=180_000, popularity=70)

    assert match(Entry("Rain, Again", ("Ada Lane",))).track == song.uuid


def test_another_version_and_another_length_are_only_near():
    live = make_song("Rain, Again (Live)")
    longer = make_song("Rain, Again", duration_ms=240_000)

    found = match(RAIN)

    assert (found.track, set(found.near)) == (None, near(live, longer))


def test_a_misspelt_artist_and_a_misspelt_title_are_near():
    song = make_song("Rain, Again")
    other = make_song("Rain Again and Again", "Ada Lane")

    assert song.uuid in match(replace(RAIN, artists=("Ada Laine",))).near
    assert set(match(replace(RAIN, title="Rain, Agan")).near) == near(song, other)


def test_a_song_of_another_is_neither_it_nor_near():
    make_song("Rain, Again", "Somebody Else Entirely")

    assert match(Entry("Rain, Again", ("X",))).track is None
    assert match(Entry("Snow", ("Nobody",), duration_ms=180_000)).near == ()


def test_an_artist_is_known_by_a_former_name():
    song = make_song("Rain, Again")
    artists_merge(
        keep=Artist.objects.get(name="Ada Lane"), others=[make_artist("A. Lane")]
    )

    assert match(replace(RAIN, artists=("A. Lane",))).track == song.uuid


def test_a_song_whose_file_is_gone_is_not_offered():
    song = make_song("Rain, Again (Live)")
    song.vanished_at = song.created_at
    song.save(update_fields=["vanished_at"])

    assert match(RAIN).near == ()


def test_what_names_nothing_is_missing():
    assert match(Entry("!!!", ids=Ids(track_uuid=str(uuid4())))).track is None


def test_many_songs_take_no_more_queries_than_one():
    songs = [make_song(f"Rain {n}") for n in range(30)]
    entries = [Entry(f"Rain {n}", ("Ada Lane",)) for n in range(30)]

    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = entries_match([*entries, RAIN])

    assert [one.track for one in found[:30]] == [song.uuid for song in songs]
    assert len(queries) <= 14
