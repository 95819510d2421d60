"""Lists as other programs write them."""

import json

import pytest

from playlists.files.formats import file_name, read_file
from playlists.files.identifiers import Ids
from playlists.files.listing import Entry, listing_made
from playlists.files.table import guarded
from playlists.services import MAX_TRACKS

ISRC = "GBAYE6800023"
SPOTIFY = "0aym2LBJBk9DAYuHHutrIl"
MBID = "1f5d4b10-3f1c-4b67-8b0a-8f4a5f9b1c2d"
HEY_JUDE = Entry("Hey Jude", ("The Beatles",), "1", 425_653)


def one(data, name=""):
    (entry,) = read_file(
        data if isinstance(data, bytes) else data.encode(), name=name
    ).entries
    return entry


@pytest.mark.parametrize(
    ("table", "entry"),
    [
        pytest.param(
            '"Track URI","Track Name","Album Name","Artist Name(s)","Release Date",'
            '"Duration (ms)","Popularity","Explicit","Added By","Added At","ISRC"\n'
            f'"spotify:track:{SPOTIFY}","Hey Jude","1","The Beatles","2000-11-13",'
            f'"425653","77","false","spotify:user:x","2023-01-01T00:00:00Z","{ISRC}"\n',
            Entry(
                "Hey Jude",
                ("The Beatles",),
                "1",
                425_653,
                Ids(spotify_id=SPOTIFY, isrc=ISRC),
                added_at="2023-01-01T00:00:00+00:00",
            ),
            id="Exportify",
        ),
        pytest.param(
            "Track name,Artist name,Album,Playlist name,Type,ISRC,Spotify - id\n"
            f"Hey Jude,The Beatles,1,Oldies,Playlist,{ISRC},{SPOTIFY}\n",
            Entry(
                "Hey Jude",
                ("The Beatles",),
                "1",
                ids=Ids(spotify_id=SPOTIFY, isrc=ISRC),
            ),
            id="TuneMyMusic",
        ),
        pytest.param(
            f"title;artist;album;isrc\r\nHey Jude;The Beatles;1;{ISRC.lower()}\r\n",
            Entry("Hey Jude", ("The Beatles",), "1", ids=Ids(isrc=ISRC)),
            id="Soundiiz",
        ),
        pytest.param(
            "Name\tArtist\tAlbum\tTime\nHey Jude\tThe Beatles\t1\t7:05\n",
            Entry("Hey Jude", ("The Beatles",), "1", 425_000),
            id="tabs and a clock",
        ),
        pytest.param(
            '\ufeffTitle,Artists,Duration\n"Hey, Jude","The Beatles; Ada",425\n',
            Entry("Hey, Jude", ("The Beatles", "Ada"), "", 425_000),
            id="a mark, quotes, seconds",
        ),
        pytest.param(
            f"title,url\nHey Jude,https://open.spotify.com/intl-de/track/{SPOTIFY}?si=1\n",
            Entry("Hey Jude", ids=Ids(spotify_id=SPOTIFY)),
            id="an address",
        ),
    ],
)
def test_tables_of_other_programs(table, entry):
    assert one(table) == entry


def test_a_tables_own_title_is_the_lists():
    table = "Track name,Artist name,Playlist name\nHey Jude,The Beatles,Oldies\n"

    assert read_file(table.encode()).title == "Oldies"


def test_jspf_of_listenbrainz():
    playlist = {
        "creator": "ada",
        "date": "2026-11-01T10:00:00+00:00",
        "title": "Weekly Jams for ada",
        "identifier": f"https://listenbrainz.org/playlist/{MBID}",
        "extension": {"https://musicbrainz.org/doc/jspf#playlist": {"public": True}},
        "track": [
            {
                "title": "Scarborough Fair",
                "creator": "Simon & Garfunkel feat. Ada",
                "album": "Parsley",
                "duration": 190_000,
                "identifier": f"https://musicbrainz.org/recording/{MBID}",
                "extension": {
                    "https://musicbrainz.org/doc/jspf#track": {
                        "added_by": "troi-bot",
                        "additional_metadata": {
                            "artists": [
                                {
                                    "artist_credit_name": "Simon & Garfunkel",
                                    "join_phrase": " feat. ",
                                },
                                {"artist_credit_name": "Ada", "join_phrase": ""},
                            ]
                        },
                    }
                },
            }
        ],
    }
    listing = read_file(json.dumps({"playlist": playlist}).encode(), name="lb.json")

    assert listing.title == "Weekly Jams for ada"
    assert listing.entries == (
        Entry(
            "Scarborough Fair",
            ("Simon & Garfunkel", "Ada"),
            "Parsley",
            190_000,
            Ids(musicbrainz_id=MBID),
        ),
    )


def test_xspf_of_vlc():
    data = """<?xml version="1.0" encoding="UTF-8"?>
<playlist xmlns="http://xspf.org/ns/0/" xmlns:vlc="http://www.videolan.org/vlc/playlist/ns/0/" version="1">
	<title>Wiedergabeliste</title>
	<trackList>
		<track>
			<location>file:///home/ada/Musik/hey%20jude.mp3</location>
			<title>Hey Jude</title>
			<creator>The Beatles</creator>
			<album>1</album>
			<duration>425653</duration>
			<extension application="http://www.videolan.org/vlc/playlist/0">
				<vlc:id>0</vlc:id>
			</extension>
		</track>
	</trackList>
	<extension application="http://www.videolan.org/vlc/playlist/0">
		<vlc:item tid="0"/>
	</extension>
</playlist>"""

    assert one(data) == HEY_JUDE
    assert read_file(data.encode()).title == "Wiedergabeliste"


@pytest.mark.parametrize(
    ("lines", "entry"),
    [
        (
            "#EXTM3U\n#EXTALB:1\n#EXTINF:425,The Beatles - Hey Jude\nC:\\Music\\a.mp3\n",
            Entry("Hey Jude", ("The Beatles",), "1", 425_000),
        ),
        (
            "The Beatles/1/27 Hey Jude.mp3\r\n",
            Entry("Hey Jude", ("The Beatles",)),
        ),
        (
            "/home/ada/Music/01. The Beatles - Hey Jude.flac\n",
            Entry("Hey Jude", ("The Beatles",)),
        ),
        (
            "http://h.example/a/Hey%20Jude.mp3?key=1\n",
            Entry("Hey Jude", location="http://h.example/a/Hey%20Jude.mp3?key=1"),
        ),
        (
            '#EXTM3U\n#EXTINF:-1 tvg-id="x",Hey Jude\n#EXTART:The Beatles\nx.mp3\n',
            Entry("Hey Jude", ("The Beatles",)),
        ),
        ("\ufeff#EXTM3U\nx/Hey Jude.ogg", Entry("Hey Jude")),
    ],
)
def test_m3u_of_players(lines, entry):
    assert one(lines, "list.m3u") == entry


def test_m3u_is_read_in_windows_own_letters():
    data = "#EXTM3U\n#EXTINF:1,Björk – Jóga\nx.mp3\n".encode("cp1252")

    assert one(data) == Entry("Jóga", ("Björk",), "", 1_000)


def test_lines_as_people_write_them():
    text = """
1. The Beatles - Hey Jude (7:05)
2) Björk – Jóga
- Ada Lane — “Rain”
* 99 Luftballons

Autobahn
"""
    entries = read_file(text.encode()).entries

    assert [(e.artists, e.title, e.duration_ms) for e in entries] == [
        (("The Beatles",), "Hey Jude", 425_000),
        (("Björk",), "Jóga", None),
        (("Ada Lane",), "Rain", None),
        ((), "99 Luftballons", None),
        ((), "Autobahn", None),
    ]


def test_more_songs_than_a_playlist_holds_are_counted():
    listing = listing_made("Long", [Entry(f"Song {n}") for n in range(MAX_TRACKS + 3)])

    assert (len(listing.entries), listing.left_out) == (MAX_TRACKS, 3)


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "'=1", "＝1"])
def test_no_cell_is_a_formula(cell):
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["'Til Dawn", "a=1", "", "'"])
def test_other_cells_stay_as_they_are(cell):
    assert guarded(cell) == cell


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Slow, warm", "Slow, warm.m3u8"),
        ("../../etc/passwd", "etc passwd.m3u8"),
        ('a"b\\c/d:e*f?g<h>i|j', "a b c d e f g h i j.m3u8"),
        ("Größe 雨", "Größe 雨.m3u8"),
        ("a\r\nX-Header: 1", "a X-Header 1.m3u8"),
        ("...", "playlist.m3u8"),
        ("x" * 200, "x" * 80 + ".m3u8"),
    ],
)
def test_file_names_are_safe_everywhere(title, name):
    assert file_name(title, "m3u8") == name
