"""JSPF: XSPF as JSON (https://xspf.org/jspf), with MusicBrainz' extension [1].

Its `artists` tell the credited artists apart, and `artist_identifiers` name those that
MusicBrainz knows, as ListenBrainz writes them. Lengths are milliseconds.

[1] https://musicbrainz.org/doc/jspf
"""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext as _

from playlists.files.identifiers import ARTIST, addresses_of
from playlists.files.listing import Entry, Listing, entry_made, listing_made
from playlists.files.refusal import FileRefused, check_count, decoded

NAME = "JSPF"
SUFFIX = "jspf"
CONTENT_TYPE = "application/jspf+json"
PLAYLIST_EXTENSION = "https://musicbrainz.org/doc/jspf#playlist"
TRACK_EXTENSION = "https://musicbrainz.org/doc/jspf#track"


def write(listing: Listing) -> bytes:
    """Write a playlist. It says that it isn't public: ListenBrainz wants to know."""
    playlist = {
        "title": listing.title,
        **({"annotation": listing.description} if listing.description else {}),
        "extension": {PLAYLIST_EXTENSION: {"public": False}},
        "track": [track_written(entry) for entry in listing.entries],
    }
    text = json.dumps({"playlist": playlist}, ensure_ascii=False, indent=1)
    return text.encode()


def read(data: bytes) -> Listing:
    """Read a playlist. Raises FileRefused."""
    try:
        held = json.loads(decoded(data))
    except (ValueError, RecursionError) as error:
        raise FileRefused(_("The file says it is JSON, but isn't.")) from error
    playlist = _mapping(_mapping(held).get("playlist", held))
    tracks = playlist.get("track")
    if not isinstance(tracks, list):
        raise FileRefused(_("The file is JSON, but no playlist (JSPF)."))
    check_count(len(tracks))
    return listing_made(
        _text(playlist.get("title")),
        [track_read(track) for track in tracks],
        description=_text(playlist.get("annotation")),
    )


def track_written(entry: Entry) -> dict[str, Any]:
    """Return a song as JSPF has it, without what isn't known."""
    credited = [{"artist_credit_name": name} for name in entry.artists]
    extension = {
        "additional_metadata": {"artists": credited} if credited else {},
        "artist_identifiers": [ARTIST + one for one in entry.artist_ids],
        "added_at": entry.added_at,
    }
    told = {name: value for name, value in extension.items() if value}
    facts = {
        "title": entry.title,
        "creator": ", ".join(entry.artists),
        "album": entry.album,
        "duration": entry.duration_ms,
        "identifier": addresses_of(entry.ids),
        "location": [entry.location] if entry.location else [],
        "extension": {TRACK_EXTENSION: told} if told else {},
    }
    return {name: value for name, value in facts.items() if value}


def track_read(held: object) -> Entry:
    """Read a song of JSPF, or whatever stands in its place."""
    track = _mapping(held)
    locations = _texts(track.get("location"))
    extension = _mapping(_mapping(track.get("extension")).get(TRACK_EXTENSION))
    credits = _credits(extension)
    names = (_text(credit.get("artist_credit_name")) for credit in credits)
    named = _texts(extension.get("artist_identifiers"))
    duration = track.get("duration")
    return entry_made(
        title=_text(track.get("title")),
        artists=[name for name in names if name] or _texts(track.get("creator")),
        album=_text(track.get("album")),
        duration_ms=duration if isinstance(duration, int | float) else None,
        addresses=[*_texts(track.get("identifier")), *locations],
        location=locations[0] if locations else "",
        artist_addresses=named or [_text(one.get("artist_mbid")) for one in credits],
        added_at=_text(extension.get("added_at")),
    )


def _credits(extension: dict[str, Any]) -> list[dict[str, Any]]:
    artists = _mapping(extension.get("additional_metadata")).get("artists")
    listed = artists if isinstance(artists, list) else []
    return [_mapping(artist) for artist in listed]


def _mapping(held: object) -> dict[str, Any]:
    return held if isinstance(held, dict) else {}


def _text(held: object) -> str:
    return held if isinstance(held, str) else ""


def _texts(held: object) -> list[str]:
    """Return one text, or those of a list: files have either."""
    listed = held if isinstance(held, list) else [held]
    return [text for text in listed if isinstance(text, str) and text]
