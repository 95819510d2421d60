"""One recording from several sources meets in one track."""

import uuid

import pytest

from catalog.ingest.matching import Meeting, Recording, track_matching, tracks_matching
from catalog.models import TrackSource
from catalog.versions import song_key_of, title_parts
from tests.factories import make_track

pytestmark = pytest.mark.django_db

ID, OTHER_ID = str(uuid.UUID(int=1)), str(uuid.UUID(int=2))


def fields_of(title, artist="ada"):
    parts = title_parts(title)
    return {
        "song_key": song_key_of(parts, [artist]),
        "version": parts.version,
        "version_detail": parts.detail,
    }


def make_song(title="Blue", **fields):
    return make_track(title, artist="Ada", **(fields_of(title) | fields))


def recording(title="Blue", *, artist="ada", key="new", **fields):
    fields.setdefault("duration_ms", 180_000)
    named = fields_of(title, artist)
    return Recording(kind="table", origin="here", key=key, **named, **fields)


def test_the_source_it_came_from_is_asked_first():
    track, other = make_song(), make_song("Red", isrc="GBAYE9400123")
    TrackSource.objects.create(track=track, kind="table", origin="here", key="7")

    assert track_matching(recording("Red", key="7", isrc="GBAYE9400123")) == track.pk
    assert track_matching(recording("Red", key="8", isrc="GBAYE9400123")) == other.pk


@pytest.mark.parametrize(
    ("title", "duration_ms", "is_same"),
    [
        ("Blue", 180_000, True),
        ("BLUE!", 182_999, True),
        ("Blue (feat. Bob)", 177_001, True),
        ("Blue - Album Version", 180_000, True),
        ("Blue", 183_001, False),
        ("Blue", None, False),
        ("Blue Moon", 180_000, False),
        ("Blue - Live", 180_000, False),
        ("Blue - Remastered 2011", 180_000, False),
        ("Blue (Bob Remix)", 180_000, False),
    ],
)
def test_words_and_duration_make_one_recording(title, duration_ms, is_same):
    track = make_song()

    found = track_matching(recording(title, duration_ms=duration_ms))

    assert found == (track.pk if is_same else None)


def test_another_artist_is_another_recording():
    make_song()

    assert track_matching(recording(artist="bob")) is None


def test_two_remixes_of_a_song_are_two_and_a_spelling_of_one_is_one():
    track = make_song("Blue - Bob Remix")

    assert track_matching(recording("Blue (Bob Remix)")) == track.pk
    assert track_matching(recording("Blue (Eve Remix)")) is None


def test_the_nearest_duration_wins():
    make_song(duration_ms=178_000)
    near = make_song(duration_ms=180_500)

    assert track_matching(recording()) == near.pk


def test_identifiers_join_what_is_written_otherwise():
    track = make_song(isrc="GBAYE9400123", musicbrainz_id=ID)

    assert track_matching(recording("Blau", isrc="GBAYE9400123")) == track.pk
    assert track_matching(recording("Blau", musicbrainz_id=ID)) == track.pk
    assert track_matching(recording("Blau - Live", isrc="GBAYE9400123")) == track.pk


def test_an_identifier_is_a_slip_where_version_and_duration_speak_against_it():
    make_song(isrc="GBAYE9400123")
    live = recording("Blue - Live", isrc="GBAYE9400123", duration_ms=240_000)

    assert track_matching(live) is None


def test_other_isrcs_are_re_releases_and_other_musicbrainz_ids_are_not():
    track = make_song(isrc="GBAYE9400123", musicbrainz_id=ID)

    assert track_matching(recording(isrc="USRC17607839")) == track.pk
    assert track_matching(recording(musicbrainz_id=OTHER_ID)) is None


def test_thousands_are_matched_in_one_statement(django_assert_num_queries):
    tracks = [make_song(f"Song {n}") for n in range(20)]
    wanted = [recording(f"Song {n}") for n in range(3000)]

    with django_assert_num_queries(1):
        found = tracks_matching(wanted)

    assert found == [t.pk for t in tracks] + [None] * 2980


def test_recordings_that_come_together_meet_by_the_same_rules():
    meeting = Meeting()

    assert meeting.meet(0, recording()) == 0
    assert meeting.meet(1, recording(duration_ms=182_000)) == 0
    assert meeting.meet(2, recording("Blue - Live")) == 2
    assert meeting.meet(3, recording("Red", isrc="GBAYE9400123")) == 3
    assert meeting.meet(4, recording("Rot", isrc="GBAYE9400123")) == 3
    assert meeting.meet(5, recording(musicbrainz_id=ID, duration_ms=300_000)) == 5
    assert meeting.meet(6, recording(musicbrainz_id=OTHER_ID, duration_ms=300_000)) == 6
