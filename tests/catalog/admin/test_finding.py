"""A track is found by whatever a curator has in hand, and by way of indexes."""

import uuid

import pytest
from django.db import connection

from catalog.admin.finding import albums_found, artists_found, tracks_found
from catalog.merging import artists_merge, tracks_merge
from catalog.models import Album, Artist, Track, TrackSource
from tests.factories import make_artist, make_track

pytestmark = pytest.mark.django_db
MBID = uuid.UUID("7c1f7a0e-5f5c-4d7c-9d1b-0b7a5e7f3a11")
SPOTIFY = "4uLU6hMCjMI75M1A2tKUQC"


@pytest.fixture
def wanted():
    """Return the one that is looked for, among others."""
    make_track("Red Morning", artist="Bob Reed", genres=("folk",))
    album = Album.objects.create(title="Été Immobile")
    track = make_track(
        "Blue Hour",
        artist="Ada Låne",
        genres=("jazz",),
        moods=("dreamy",),
        album=album,
        isrc="USABC1200001",
        musicbrainz_id=MBID,
        spotify_id=SPOTIFY,
        source="file",
        source_key="/music/Ada Lane/ete_immobile/01 - Blue Hour.flac",
    )
    return track


@pytest.mark.parametrize(
    "term",
    [
        "blue hour",
        "BLUE",
        "hou blu",
        "ada lane",
        "Ada Låne",
        "lane blue",
        "ete immobile",
        "Été",
        "jazz",
        "dreamy jazz",
        "USABC1200001",
        "us-abc-12-00001",
        str(MBID),
        f"https://musicbrainz.org/recording/{MBID}",
        SPOTIFY,
        f"spotify:track:{SPOTIFY}",
        f"https://open.spotify.com/track/{SPOTIFY}?si=1",
        "/music/Ada Lane/ete_immobile/01 - Blue Hour.flac",
        "ete_immobile/01",
        "01 - Blue Hour.flac",
        "Ada Lane\\ete_immobile",
        "  blue   hour  ",
    ],
)
def test_a_track_is_found_by(wanted, term):
    assert list(tracks_found(Track.objects.all(), term)) == [wanted]


def test_a_track_is_found_by_its_row_uuid_album_and_artist(wanted):
    artist = wanted.credits.get().artist
    for term in (
        f"#{wanted.pk}",
        wanted.pk,
        wanted.uuid,
        artist.uuid,
        wanted.album.uuid,
    ):
        assert list(tracks_found(Track.objects.all(), str(term))) == [wanted]


def test_a_track_is_found_by_the_key_of_its_row_in_a_table(wanted):
    key = "6rqhFgbbKwnb9MLmUQDhG6"
    TrackSource.objects.create(track=wanted, kind="table", origin="a", key=key)

    assert list(tracks_found(Track.objects.all(), key)) == [wanted]


@pytest.mark.parametrize(
    "term",
    [
        "b",
        "blue morning",
        "#999999999",
        "/music/nobody",
        "(((",
        "' | !",
        "a\0b",
        "%",
        "/",
    ],
)
def test_what_nothing_is_called_finds_nothing_and_breaks_nothing(wanted, term):
    assert list(tracks_found(Track.objects.all(), term)) == []


def test_a_number_is_a_row_or_a_word_of_a_title(wanted):
    called_so = make_track(f"{wanted.pk} Luftballons", artist="Nena")

    found = tracks_found(Track.objects.order_by("pk"), str(wanted.pk))

    assert list(found) == [wanted, called_so]


def test_nothing_typed_is_every_track(wanted):
    assert tracks_found(Track.objects.all(), "  ").count() == 2


def test_what_was_merged_is_found_by_what_it_went_by(wanted):
    other = make_track("Blue Hour", artist="A. Lane")
    artist = wanted.credits.get().artist
    tracks_merge(keep=wanted, others=[other])
    artists_merge(keep=artist, others=[Artist.objects.get(name="A. Lane")])

    assert list(tracks_found(Track.objects.all(), str(other.uuid))) == [wanted]
    assert list(artists_found(Artist.objects.all(), "a. lane")) == [artist]


def test_artists_and_albums_are_found_however_they_are_accented(wanted):
    wanted.album.artist = make_artist("Beyoncé Knowles")
    wanted.album.save()

    for term in ("beyonce", "KNOWLES beyon"):
        (artist,) = artists_found(Artist.objects.all(), term)
        assert artist.name == "Beyoncé Knowles"
    assert list(albums_found(Album.objects.all(), "ete beyonce")) == [wanted.album]


@pytest.mark.parametrize(
    "term", ["blue hour", "99", "USABC1200001", str(MBID), SPOTIFY, "Ada Lane/01"]
)
def test_no_search_reads_the_whole_table(wanted, term):
    with connection.cursor() as cursor:
        # So that a plan with a full scan is one that has no other way.
        cursor.execute("SET LOCAL enable_seqscan = off")

    plan = tracks_found(Track.objects.order_by("pk"), term).explain()

    assert "Seq Scan on catalog_track " not in plan
    assert "Seq Scan on catalog_tracksource " not in plan
    # A condition that is tried on every row would come with a walk of the whole index.
    assert "SubPlan" not in plan
