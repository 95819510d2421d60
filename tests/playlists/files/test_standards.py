"""What is exported keeps the rules of those who made the formats."""

import json
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from lxml import etree

from playlists.files import jspf, m3u8, xspf
from playlists.files.identifiers import Ids, addresses_of
from playlists.files.listing import entry_made, listing_made
from tests.playlists.files.listings import listings

SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).with_name("xspf.rng")))
HEAD = '<playlist version="1" xmlns="http://xspf.org/ns/0/">'
MBID = "1f5d4b10-3f1c-4b67-8b0a-8f4a5f9b1c2d"
RECORDING = "https://musicbrainz.org/recording/"
FULL = Ids(MBID, "GBAYE6800023", "0aym2LBJBk9DAYuHHutrIl", MBID)


def song(**facts):
    return entry_made(**{"title": "Rain", "artists": ["Ada", "Bo"], **facts})


@given(listing=listings)
@settings(max_examples=80)
def test_xspf_is_valid_by_its_schema(listing):
    document = etree.fromstring(xspf.write(listing))

    assert SCHEMA.validate(document), SCHEMA.error_log


def test_xspf_names_recordings_by_addresses():
    data = xspf.write(
        listing_made("L", [song(addresses=addresses_of(FULL), location="http://h/1")])
    )

    document = etree.fromstring(data)
    SCHEMA.assertValid(document)
    named = document.findall(".//{*}identifier")
    assert [one.text for one in named] == [
        RECORDING + MBID,
        "urn:isrc:GBAYE6800023",
        "spotify:track:0aym2LBJBk9DAYuHHutrIl",
        f"urn:uuid:{MBID}",
    ]
    assert document.findtext(".//{*}creator") == "Ada, Bo"


@pytest.mark.parametrize(
    "wrong",
    [
        HEAD + "</playlist>",
        "<playlist version='1'><trackList/></playlist>",
        "<playlist version='2' xmlns='http://xspf.org/ns/0/'><trackList/></playlist>",
        HEAD + "<trackList/><title>a</title><title>b</title></playlist>",
        HEAD
        + "<trackList><track><duration>3:20</duration></track></trackList></playlist>",
        HEAD + "<trackList><track><artist>x</artist></track></trackList></playlist>",
        HEAD + "<trackList><track><meta>x</meta></track></trackList></playlist>",
    ],
)
def test_the_schema_refuses_what_the_specification_forbids(wrong):
    assert not SCHEMA.validate(etree.fromstring(wrong))


def listenbrainz_takes(document):
    """Say what ListenBrainz says of a playlist to create, "" where it takes it.

    Its rules, as `validate_create_playlist_required_items` and `validate_playlist` of
    listenbrainz-server's playlist_api.py have them; of identifiers in a list, as its API
    documents them since 2024, the first counts.
    """
    playlist = document.get("playlist")
    if playlist is None:
        return "requires 'playlist' element"
    if not playlist.get("title"):
        return "must contain a title element"
    extension = playlist.get("extension", {}).get(
        "https://musicbrainz.org/doc/jspf#playlist", {}
    )
    if not isinstance(extension.get("public"), bool):
        return "public field must contain a boolean"
    for n, track in enumerate(playlist.get("track", [])):
        named = track.get("identifier") or ""
        named = named[0] if isinstance(named, list) else named
        if not named.startswith(RECORDING):
            return f"track {n} must have the namespace '{RECORDING}' prepended"
        UUID(named.removeprefix(RECORDING))
    return ""


def test_jspf_is_as_listenbrainz_wants_it():
    known = song(addresses=addresses_of(FULL), album="Sky", duration_ms=1_000)

    document = json.loads(jspf.write(listing_made("Evening", [known, known])))

    assert listenbrainz_takes(document) == ""
    (track, _) = document["playlist"]["track"]
    assert track["extension"]["https://musicbrainz.org/doc/jspf#track"] == {
        "additional_metadata": {
            "artists": [{"artist_credit_name": "Ada"}, {"artist_credit_name": "Bo"}]
        }
    }


def test_jspf_tells_of_artists_and_times_as_musicbrainz_has_it():
    artist = "https://musicbrainz.org/artist/" + MBID
    known = song(artist_addresses=[artist], added_at="2026-11-30T20:15:00+02:00")

    (track,) = json.loads(jspf.write(listing_made("L", [known])))["playlist"]["track"]

    told = track["extension"]["https://musicbrainz.org/doc/jspf#track"]
    assert told["artist_identifiers"] == [artist]
    assert told["added_at"] == "2026-11-30T18:15:00+00:00"
    for kept in (told["artist_identifiers"], artist, [], None):
        # ListenBrainz writes the ids beside the names too.
        credit = {"artist_credit_name": "Ada", "artist_mbid": MBID.upper()}
        extension = {
            **told,
            "artist_identifiers": kept,
            "additional_metadata": {"artists": [credit]},
        }
        read = jspf.track_read(
            {**track, "extension": {jspf.TRACK_EXTENSION: extension}}
        )
        assert read.artist_ids == (MBID,)
        assert read.added_at == told["added_at"]


@pytest.mark.parametrize("time", ["yesterday", "2026-11-30", "0001-01-01T00:00+14:00"])
def test_a_time_that_is_none_is_left_out(time):
    assert song(added_at=time).added_at == ""


def test_listenbrainz_takes_only_songs_that_musicbrainz_knows():
    document = json.loads(jspf.write(listing_made("Evening", [song()])))

    assert "track 0" in listenbrainz_takes(document)


def test_m3u8_begins_each_song_with_its_length_and_name():
    listing = listing_made(
        "My\nlist",
        [
            song(
                title="One\n#EXTM3U\r\nTwo\u2028",
                duration_ms=1_499,
                location="http://h/1",
            ),
            song(artists=[], location="http://h/2"),
            song(artists=[]),
        ],
    )

    lines = m3u8.write(listing).decode().splitlines()

    assert [line for line in lines if not line.startswith("#JSPF:")] == [
        "#EXTM3U",
        "#PLAYLIST:My list",
        "#EXTINF:1,Ada, Bo - One #EXTM3U  Two",
        "http://h/1",
        "#EXTINF:-1,Rain",
        "http://h/2",
        "# Without audio here: Rain",
    ]
