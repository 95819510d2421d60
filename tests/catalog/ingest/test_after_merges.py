"""Imports meet what curators merged, and don't bring it back."""

import pytest

from catalog.ingest.merging import attribute_rank
from catalog.merging import artists_merge, tracks_merge
from catalog.models import Artist, Track
from tests.catalog.ingest.songs import make_song
from tests.catalog.ingest.tables.test_import import import_spotify
from tests.catalog.ingest.tables.written import spotify_row
from tests.catalog.ingest.test_identity import keys, take_in
from tests.factories import make_artist

pytestmark = pytest.mark.django_db


def merge_all(keep):
    """Merge every other track into this one."""
    return tracks_merge(keep=keep, others=Track.objects.exclude(pk=keep.pk))


def test_a_table_whose_rows_were_merged_changes_nothing_when_it_comes_again(tmp_path):
    rows = [spotify_row(1), spotify_row(2, track_name="Song 1", track_artist="A. Two")]
    import_spotify(tmp_path / "s.csv", rows)
    merge_all(Track.objects.order_by("pk")[0])
    before = Track.objects.values().get()

    said = import_spotify(tmp_path / "s.csv", rows)

    assert "2 rows: 0 new, 0 changed, 2 unchanged" in said
    assert Track.objects.values().get() == before


def test_rows_of_a_merged_artist_meet_the_songs_of_the_kept_one(tmp_path):
    import_spotify(tmp_path / "a.csv", [spotify_row(1, track_artist="Beach Boys")])
    keep, other = make_artist("Beach Boys"), make_artist("Beachboys")
    artists_merge(keep=keep, others=[other])

    import_spotify(
        tmp_path / "b.csv",
        [
            spotify_row(1, track_id="x" * 22, track_artist="Beachboys"),
            spotify_row(2, track_artist="Beachboys"),
        ],
    )

    one, two = Track.objects.order_by("pk")
    assert one.sources.count() == 2
    assert two.song_key == "song 2 | beach boys"
    assert Artist.objects.filter(name__startswith="Beach").get() == keep


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("clean_redis")
def test_a_file_of_a_merged_artist_meets_the_song_of_the_kept_one(tmp_path):
    make_song(tmp_path / "a.flac", title="Blue Hour", artist="Ada Lane")
    take_in(tmp_path)
    artists_merge(keep=make_artist("Ada Lane"), others=[make_artist("A. Lane")])

    make_song(tmp_path / "b.ogg", title="Blue Hour", artist="A. Lane")
    take_in(tmp_path)

    assert keys(Track.objects.get()) == ["a.flac", "b.ogg"]


def test_what_a_curator_set_outranks_every_source():
    others = ("generator", "measured", "tags", "spotify-features", "")

    for name in ("energy", "loudness_lufs"):
        best = max(attribute_rank(name, source) for source in others)
        assert attribute_rank(name, "curator") > best
