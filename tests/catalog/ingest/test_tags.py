"""Tags of files, and what stands in for them."""

import base64
from datetime import date
from pathlib import Path
from uuid import UUID

import mutagen
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutagen.flac import Picture
from mutagen.id3 import APIC, TCON, TDRC, TPE1, TSRC, TXXX, UFID
from mutagen.mp4 import MP4Cover

from catalog.audio.tags import (
    clean_text,
    cut_name,
    parse_date,
    read_tags,
    split_genres,
    tags_from_name,
)
from catalog.ingest.covers import cover_keep
from catalog.names import name_key
from tests.catalog.ingest.songs import PNG, make_song


@pytest.mark.parametrize("suffix", [".mp3", ".m4a", ".flac", ".ogg", ".opus"])
def test_common_tags_are_read_from_every_format(tmp_path, suffix):
    path = make_song(
        tmp_path / f"x{suffix}",
        title="Café\u202e Song",
        artist=["Ada Lane", "Bob"],
        album="Night\0fall",
        albumartist="Ada Lane",
        genre="Rock/Pop",
        date="1994-05-03",
        tracknumber="7",
    )

    tags = read_tags(path)

    assert tags.title == "Café Song"
    assert tags.artists == ("Ada Lane", "Bob")
    assert tags.album.startswith("Night")
    assert "\0" not in tags.album
    assert tags.album_artist == "Ada Lane"
    assert tags.genres == ("Rock", "Pop")
    assert (tags.released_on, tags.released_precision) == (date(1994, 5, 3), "day")
    assert tags.track_number == 7


def test_ids_and_cover_are_read_from_mp3(tmp_path):
    path = make_song(tmp_path / "x.mp3", title="A")
    file = mutagen.File(path)
    file.tags.add(TSRC(encoding=3, text="GB-AYE-94-00123"))
    file.tags.add(TXXX(encoding=3, desc="originalyear", text="1971"))
    file.tags.add(TDRC(encoding=3, text="2011-01-01"))
    file.tags.add(TCON(encoding=3, text="(17)"))
    file.tags.add(TPE1(encoding=3, text="Ada (feat. Bob)"))
    file.tags.add(APIC(encoding=3, mime="image/png", type=3, data=PNG))
    known = "8f3471b5-7e6a-48da-86a9-c1c07a0f47ae"
    file.tags.add(UFID(owner="http://musicbrainz.org", data=known.encode()))
    file.save()

    tags = read_tags(path)

    assert tags.isrc == "GBAYE9400123"
    assert tags.musicbrainz_id == UUID(known)
    assert (tags.released_on, tags.released_precision) == (date(1971, 1, 1), "year")
    assert tags.genres == ("Rock",)
    assert tags.artists == ("Ada", "Bob")
    assert tags.cover == PNG


def test_covers_are_read_from_mp4_flac_and_vorbis(tmp_path):
    m4a, flac, ogg = (make_song(tmp_path / f"x{s}") for s in (".m4a", ".flac", ".ogg"))
    picture = Picture()
    picture.type, picture.mime, picture.data = 3, "image/png", PNG
    file = mutagen.File(m4a)
    file["covr"] = [MP4Cover(PNG, MP4Cover.FORMAT_PNG)]
    file["rtng"] = [1]
    file.save()
    file = mutagen.File(flac)
    file.add_picture(picture)
    file.save()
    file = mutagen.File(ogg)
    coded = base64.b64encode(picture.write()).decode()
    file["metadata_block_picture"] = ["not base64!", coded]
    file.save()

    assert [read_tags(path).cover for path in (m4a, flac, ogg)] == [PNG] * 3
    assert read_tags(m4a).is_explicit is True


@pytest.mark.parametrize(
    ("name", "artists", "album", "title", "number"),
    [
        ("Ada Lane - Blue Hour.mp3", ("Ada Lane",), "", "Blue Hour", None),
        ("03 Blue Hour.mp3", (), "", "Blue Hour", 3),
        ("1-03. Blue Hour.mp3", (), "", "Blue Hour", 3),
        ("03 - Ada Lane - Blue Hour.mp3", ("Ada Lane",), "", "Blue Hour", 3),
        ("Ada/Nightfall/03 Blue Hour.mp3", ("Ada",), "Nightfall", "Blue Hour", 3),
        ("Ada/Nightfall/CD 2/03 Blue.mp3", ("Ada",), "Nightfall", "Blue", 3),
        ("Music/flac/blue_hour.flac", (), "", "blue hour", None),
        ("Nightfall/blue_hour.mp3", (), "Nightfall", "blue hour", None),
        ("99 Luftballons - Live.mp3", ("Luftballons",), "", "Live", 99),
        ("1999.mp3", (), "", "1999", None),
        ("\x07.mp3", (), "", "Untitled", None),
    ],
)
def test_a_name_speaks_where_tags_are_missing(name, artists, album, title, number):
    tags = tags_from_name(Path("/m") / name, root=Path("/m"))

    got = (tags.artists, tags.album, tags.title, tags.track_number)
    assert got == (artists, album, title, number)


def test_unreadable_tags_stop_nothing(tmp_path):
    path = make_song(tmp_path / "Ada - Blue.mp3", title="T")
    data = bytearray(path.read_bytes())
    data[10:60] = b"\xff" * 50
    path.write_bytes(data)

    assert read_tags(path).title
    (tmp_path / "Ada - Nothing.flac").write_bytes(b"fLaC" + b"\xff" * 40)
    assert read_tags(tmp_path / "Ada - Nothing.flac").title == "Nothing"
    assert read_tags(tmp_path / "gone.mp3").title == "gone"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1994", (date(1994, 1, 1), "year")),
        ("1994-05", (date(1994, 5, 1), "month")),
        ("1994-02-31", (date(1994, 2, 1), "month")),
        ("1994-13-01", (date(1994, 1, 1), "year")),
        ("19940503", (date(1994, 5, 3), "day")),
        ("1994-05-03T07:00:00Z", (date(1994, 5, 3), "day")),
        ("0000", (None, "")),
        ("May 1994", (None, "")),
    ],
)
def test_dates_keep_their_precision(text, expected):
    assert parse_date(text) == expected


def test_genres_are_parted_sensibly():
    assert split_genres(["Folk, World, & Country"]) == ("Folk", "World", "Country")
    assert split_genres(["Drum & Bass; R&B", "rock", "Rock", "12"]) == (
        "Drum & Bass",
        "R&B",
        "rock",
    )


@given(st.text(max_size=700))
def test_any_text_fits_its_column(text):
    name = cut_name(text, 300)

    assert len(name) <= 300
    assert len(name_key(name)) <= 300
    assert clean_text(name) == name
    name.encode("utf-8")
    assert "\0" not in name


def test_a_cover_is_kept_once_and_only_if_it_is_a_picture(tmp_path, settings):
    song = tmp_path / "song.mp3"

    first = cover_keep(PNG, song)

    assert first.startswith("covers/")
    assert first.endswith(".png")
    assert (settings.MEDIA_ROOT / first).read_bytes() == PNG
    assert cover_keep(PNG, song) == first
    assert cover_keep(b"<svg onload=alert(1)>", song) == ""
    assert cover_keep(PNG + b"\0" * 10 * 1024**2, song) == ""
    (tmp_path / "Folder.JPG").write_bytes(b"\xff\xd8\xff\xe0 picture")
    assert cover_keep(None, song).endswith(".jpg")
