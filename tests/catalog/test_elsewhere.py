"""Songs that are known elsewhere lead there; no link is made up."""

import pytest

from catalog.ingest.tables import fields
from catalog.ingest.tables.fields import Dropped
from catalog.links import outside_links
from catalog.models import Track
from catalog.stored import tracks_stored
from tests.catalog.ingest.tables.test_import import import_tracks
from tests.factories import make_track

YOUTUBE = "dQw4w9WgXcQ"


@pytest.mark.parametrize(
    ("read", "cell", "found"),
    [
        (fields.youtube_id, YOUTUBE, YOUTUBE),
        (fields.youtube_id, f"https://www.youtube.com/watch?v={YOUTUBE}&t=3s", YOUTUBE),
        (
            fields.youtube_id,
            f"https://music.youtube.com/watch?list=a&v={YOUTUBE}",
            YOUTUBE,
        ),
        (fields.youtube_id, f"https://youtu.be/{YOUTUBE}?si=x", YOUTUBE),
        (fields.youtube_id, f"youtube.com/shorts/{YOUTUBE}", YOUTUBE),
        (fields.apple_music_id, "1440818839", "1440818839"),
        (
            fields.apple_music_id,
            "https://music.apple.com/us/album/a-name/1440818664?i=1440818839",
            "1440818839",
        ),
        (
            fields.apple_music_id,
            "https://music.apple.com/de/song/a-name/1440818839?l=en",
            "1440818839",
        ),
        (fields.deezer_id, 3135556.0, "3135556"),
        (fields.deezer_id, "https://www.deezer.com/en/track/3135556?utm=a", "3135556"),
    ],
)
def test_ids_are_read_out_of_addresses(read, cell, found):
    assert read(cell) == found


@pytest.mark.parametrize(
    ("read", "cell"),
    [
        (fields.youtube_id, "https://www.youtube.com/channel/UC123456789"),
        (fields.youtube_id, "https://evil.example/watch?v=dQw4w9WgXcQ"),
        (fields.youtube_id, "javascript:alert(1)"),
        (fields.apple_music_id, "https://music.apple.com/us/album/a-name/1440818664"),
        (fields.apple_music_id, "yes"),
        (fields.deezer_id, "https://www.deezer.com/album/302127"),
        (fields.deezer_id, "-1"),
    ],
)
def test_what_names_no_song_is_dropped(read, cell):
    with pytest.raises(Dropped):
        read(cell)


@pytest.mark.django_db
def test_a_table_brings_ids_and_a_later_row_fills_gaps(tmp_path):
    table = tmp_path / "songs.csv"
    table.write_text(
        "title,artist,duration,youtube_url,apple_music_url,deezer_url\n"
        f"Rain,Nina,3:20,https://youtu.be/{YOUTUBE},,https://www.deezer.com/track/7\n"
        "Sun,Nina,3:20,no,https://music.apple.com/us/song/1440818839,\n"
        "Snow,Nina,3:20,,,\n"
    )
    out = import_tracks(table)

    links = {track.title: outside_links(track) for track in Track.objects.all()}
    assert links == {
        "Rain": {
            "youtube": f"https://www.youtube.com/watch?v={YOUTUBE}",
            "deezer": "https://www.deezer.com/track/7",
        },
        "Sun": {"apple_music": "https://music.apple.com/song/1440818839"},
        "Snow": {},
    }
    assert "1 single values dropped" in out
    assert "3 unchanged" in import_tracks(table)


@pytest.mark.django_db
def test_what_is_read_by_the_dozen_has_the_same_links():
    track = make_track(spotify_id="4uLU6hMCjMI75M1A2tKUQC", youtube_id=YOUTUBE)
    stored = tracks_stored([track.pk])[track.pk]

    assert outside_links(stored) == outside_links(track)
    assert list(outside_links(track)) == ["spotify", "youtube"]
