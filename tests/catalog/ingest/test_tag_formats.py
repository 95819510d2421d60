"""Tags as each format keeps them, and as programs have got them wrong."""

import struct

import mutagen
import pytest
from mutagen.id3 import ID3, RVA2, TALB, TCMP, TIT2, TPE1, TPE2, TXXX
from mutagen.mp4 import MP4FreeForm

from catalog.audio.tags import parse_date, read_tags, repaired
from catalog.models import Album, Artist, Track
from tests.catalog.ingest.songs import make_song
from tests.catalog.ingest.test_identity import take_in

FREE = "----:com.apple.iTunes:"
MBID = "8f3471b5-7e6a-48da-86a9-c1c07a0f47ae"


def write_vorbis(path):
    file = mutagen.File(path)
    file["TITLE"] = "Blue Hour"
    file["ARTIST"] = "AC/DC feat. Tyler, the Creator"
    file["ARTISTS"] = ["AC/DC", "Tyler, the Creator"]
    file["ALBUMARTIST"] = "Various Artists"
    file["ALBUM"], file["COMPILATION"] = "Hits", "1"
    file["GENRE"], file["DATE"] = ["Rock", "Hip-Hop"], "1994-05"
    file["ISRC"], file["MUSICBRAINZ_TRACKID"] = "GBAYE9400123", MBID
    file["REPLAYGAIN_TRACK_GAIN"] = "-7.89 dB"
    file.save()


def write_id3(path):
    file = mutagen.File(path)
    if file.tags is None:
        file.add_tags()
    tags = file.tags
    tags.add(TIT2(encoding=3, text="Blue Hour"))
    tags.add(TPE1(encoding=3, text="AC/DC feat. Tyler, the Creator"))
    tags.add(TXXX(encoding=3, desc="Artists", text=["AC/DC", "Tyler, the Creator"]))
    tags.add(TPE2(encoding=3, text="Various Artists"))
    tags.add(TALB(encoding=3, text="Hits"))
    tags.add(TCMP(encoding=3, text="1"))
    tags.add(mutagen.id3.TCON(encoding=3, text=["Rock", "Hip-Hop"]))
    tags.add(mutagen.id3.TDRC(encoding=3, text="1994-05"))
    tags.add(mutagen.id3.TSRC(encoding=3, text="GBAYE9400123"))
    tags.add(mutagen.id3.UFID(owner="http://musicbrainz.org", data=MBID.encode()))
    tags.add(TXXX(encoding=3, desc="REPLAYGAIN_TRACK_GAIN", text="-7.89 dB"))
    file.save()


def write_mp4(path):
    file = mutagen.File(path)
    file["\xa9nam"], file["\xa9ART"] = "Blue Hour", "AC/DC feat. Tyler, the Creator"
    file[f"{FREE}ARTISTS"] = [
        MP4FreeForm(name.encode()) for name in ("AC/DC", "Tyler, the Creator")
    ]
    file["aART"], file["\xa9alb"], file["cpil"] = "Various Artists", "Hits", True
    file["\xa9gen"], file["\xa9day"] = ["Rock", "Hip-Hop"], "1994-05"
    file[f"{FREE}ISRC"] = MP4FreeForm(b"GBAYE9400123")
    file[f"{FREE}MusicBrainz Track Id"] = MP4FreeForm(MBID.encode())
    file[f"{FREE}replaygain_track_gain"] = MP4FreeForm(b"-7.89 dB")
    file.save()


def write_asf(path):
    file = mutagen.File(path)
    file["Title"], file["Author"] = "Blue Hour", "AC/DC feat. Tyler, the Creator"
    file["WM/ARTISTS"] = ["AC/DC", "Tyler, the Creator"]
    file["WM/AlbumArtist"], file["WM/AlbumTitle"] = "Various Artists", "Hits"
    file["WM/IsCompilation"], file["WM/Year"] = "1", "1994-05"
    file["WM/Genre"] = ["Rock", "Hip-Hop"]
    file["WM/ISRC"], file["MusicBrainz/Track Id"] = "GBAYE9400123", MBID
    file["replaygain_track_gain"] = "-7.89 dB"
    file.save()


@pytest.mark.parametrize(
    ("suffix", "write"),
    [
        (".flac", write_vorbis),
        (".ogg", write_vorbis),
        (".opus", write_vorbis),
        (".mp3", write_id3),
        (".wav", write_id3),
        (".aiff", write_id3),
        (".m4a", write_mp4),
        (".wma", write_asf),
    ],
)
def test_every_format_tells_the_same(tmp_path, suffix, write):
    path = make_song(tmp_path / f"x{suffix}")
    write(path)

    tags = read_tags(path)

    assert tags.title == "Blue Hour"
    assert tags.artists == ("AC/DC", "Tyler, the Creator")
    assert (tags.album, tags.album_artist) == ("Hits", "")
    assert tags.is_compilation
    assert tags.genres == ("Rock", "Hip-Hop")
    assert (str(tags.released_on), tags.released_precision) == ("1994-05-01", "month")
    assert tags.isrc == "GBAYE9400123"
    assert str(tags.musicbrainz_id) == MBID
    assert tags.replaygain_db == -7.89


def test_gains_of_opus_and_of_rva2_are_brought_to_one_scale(tmp_path):
    opus, mp3 = make_song(tmp_path / "x.opus"), make_song(tmp_path / "x.mp3")
    file = mutagen.File(opus)
    file["R128_TRACK_GAIN"] = "-2816"
    file.save()
    file = ID3()
    file.add(RVA2(desc="album", channel=1, gain=-3.0, peak=1))
    file.add(RVA2(desc="track", channel=1, gain=-6.5, peak=1))
    file.save(mp3)

    assert read_tags(opus).replaygain_db == -6.0
    assert read_tags(mp3).replaygain_db == -6.5


@pytest.mark.parametrize("text", ["loud", "", "999 dB", "nan", "-1e9"])
def test_a_gain_that_can_not_be_is_none(tmp_path, text):
    path = make_song(tmp_path / "x.flac")
    file = mutagen.File(path)
    file["REPLAYGAIN_TRACK_GAIN"] = text
    file.save()

    assert read_tags(path).replaygain_db is None


def test_several_values_of_both_versions_of_id3(tmp_path):
    path = make_song(tmp_path / "x.mp3")
    tags = ID3()
    tags.add(TPE1(encoding=3, text=["Ada Lane", "Bob"]))
    tags.add(mutagen.id3.TCON(encoding=3, text=["Rock", "Jazz"]))
    tags.save(path)
    assert read_tags(path).artists == ("Ada Lane", "Bob")

    # Version 2.3 has no separator but "/", which belongs to names as well.
    tags.update_to_v23()
    tags.delall("TPE1")
    tags.add(TPE1(encoding=1, text="AC/DC"))
    tags.save(path, v2_version=3)
    assert read_tags(path).artists == ("AC/DC",)
    assert read_tags(path).genres == ("Rock", "Jazz")


def test_a_file_with_nothing_but_an_id3v1_tag(tmp_path):
    path = make_song(tmp_path / "Other - Name.mp3")
    ID3(path).delete(path)
    tag = struct.pack(
        "<3s30s30s30s4s30sB", b"TAG", b"Caf\xe9 Song", b"Ada", b"Rest", b"1994", b"", 17
    )
    path.write_bytes(path.read_bytes() + tag)

    tags = read_tags(path)

    assert (tags.title, tags.artists, tags.album) == ("Café Song", ("Ada",), "Rest")
    assert tags.genres == ("Rock",)
    assert tags.released_precision == "year"


def test_utf8_in_a_frame_that_says_latin1_is_read_as_meant(tmp_path):
    path = make_song(tmp_path / "x.mp3")
    tags = ID3()
    tags.add(TIT2(encoding=0, text="Песня".encode().decode("latin-1")))
    tags.add(TPE1(encoding=0, text="Beyoncé".encode().decode("latin-1")))
    tags.save(path, v2_version=3)

    read = read_tags(path)

    assert (read.title, read.artists) == ("Песня", ("Beyoncé",))


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("BeyoncÃ©", "Beyoncé"),
        ("Ð\x9fÐµÑ\x81Ð½Ñ\x8f", "Песня"),
        ("Sigur RÃ³s", "Sigur Rós"),
        ("Ã‰toile", "Étoile"),
        ("ã\x81\x82ã\x82\x8a", "あり"),
        ("â€œHeroesâ€\x9d", "“Heroes”"),
    ],
)
def test_mojibake_is_repaired(wrong, right):
    assert repaired(wrong) == right


@pytest.mark.parametrize(
    "text",
    [
        "Ã",
        "CORAÇÃO",
        "IRMÃO É",
        "Ãnh",
        "Đã Lỡ Yêu",
        "Mötley Crüe",
        "Ænima",
        "L’été",
        # Cyrillic of one byte a letter, read as Latin: it can't be told from words.
        "Ïåñíÿ",
    ],
)
def test_what_may_be_right_is_left_alone(text):
    assert repaired(text) == text


def test_a_flag_of_compilation_is_not_believed_of_one_artists_album(tmp_path):
    path = make_song(tmp_path / "x.flac", albumartist="Ada Lane", compilation="1")
    assert not read_tags(path).is_compilation

    path = make_song(tmp_path / "y.flac", artist="Ada Lane", compilation="1")
    assert read_tags(path).is_compilation


@pytest.mark.parametrize("text", ["1994/05/03", "1994.05.03", "1994-05-03 12:00"])
def test_dates_are_read_however_they_are_parted(text):
    assert str(parse_date(text)[0]) == "1994-05-03"
    assert parse_date(text)[1] == "day"


def test_ten_megabytes_of_tags_and_nul_bytes_stop_nothing(tmp_path):
    path = make_song(tmp_path / "x.mp3")
    tags = ID3()
    tags.add(TIT2(encoding=3, text="A\0B"))
    tags.add(TPE1(encoding=3, text="Ada\0Bob"))
    tags.add(mutagen.id3.COMM(encoding=3, lang="eng", text="x" * 10_000_000))
    tags.add(
        mutagen.id3.APIC(
            encoding=3, mime="image/png", type=3, data=b"\x89PNG" + b"\0" * 11_000_000
        )
    )
    tags.save(path)

    read = read_tags(path)

    assert read.title == "A"
    assert read.artists == ("Ada", "Bob")


def test_tags_larger_than_any_true_ones_are_not_read(tmp_path):
    path = make_song(tmp_path / "Ada - Blue.mp3", title="T")
    data = bytearray(path.read_bytes())
    data[6:10] = b"\x7f\x7f\x7f\x7f"
    path.write_bytes(data)

    assert read_tags(path).title == "Blue"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("clean_redis")
def test_a_compilation_is_one_album_that_nobody_is_credited_with(tmp_path):
    for n, artist in enumerate(("Ada", "Bob")):
        make_song(
            tmp_path / f"{n}.flac",
            title=f"Song {n}",
            artist=artist,
            album="Hits",
            albumartist="Various Artists",
            replaygain_track_gain="-6.5 dB",
            seed=n,
        )

    take_in(tmp_path)

    album = Album.objects.get()
    assert (album.artist, album.is_compilation) == (None, True)
    assert album.tracks.count() == 2
    assert sorted(Artist.objects.values_list("name", flat=True)) == ["Ada", "Bob"]
    track = Track.objects.first()
    assert track.replaygain_db == -6.5
    assert track.attribute_sources["replaygain_db"] == "tags"
