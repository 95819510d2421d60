"""The addresses by which files name a recording, and the ids in them.

A track's own UUID stands among them, so that a list that comes back to the site which
wrote it is sure of each song, whatever it is called by then.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
RECORDING = "https://musicbrainz.org/recording/"
ARTIST = "https://musicbrainz.org/artist/"
ISRC = "urn:isrc:"
SPOTIFY = "spotify:track:"
TRACK = "urn:uuid:"
# Longer than any of the addresses below.
LONGEST = 200

_PATTERNS = {
    "musicbrainz_id": rf"https?://(?:[a-z]+\.)?musicbrainz\.org/recording/({UUID})/?",
    "isrc": r"(?:urn:)?isrc:([a-z]{2}-?[a-z0-9]{3}-?\d{2}-?\d{5})",
    "spotify_id": (
        r"(?:spotify:track:|https?://open\.spotify\.com/(?:intl-[a-z]+/)?track/)"
        r"([0-9A-Za-z]{22})(?:[/?].*)?"
    ),
    "track_uuid": rf"urn:uuid:({UUID})",
}
_KNOWN = {
    name: re.compile(pattern, re.IGNORECASE | re.ASCII)
    for name, pattern in _PATTERNS.items()
}


_ARTIST = re.compile(
    rf"(?:https?://(?:[a-z]+\.)?musicbrainz\.org/artist/)?({UUID})/?",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True)
class Ids:
    """What a recording is known by; "" where it isn't. Each in its usual form."""

    musicbrainz_id: str = ""
    isrc: str = ""
    spotify_id: str = ""
    track_uuid: str = ""


def ids_of(addresses: Iterable[str]) -> Ids:
    """Read ids from the addresses that name a recording; of each kind the first."""
    found: dict[str, str] = {}
    for address in addresses:
        for name, pattern in _KNOWN.items():
            match = pattern.fullmatch(address.strip()[:LONGEST])
            if match:
                found.setdefault(name, _usual(name, match[1]))
    return Ids(**found)


def artist_ids_of(addresses: Iterable[str]) -> tuple[str, ...]:
    """Read MusicBrainz's ids of artists, each once, from their addresses or as they are."""
    found = (_ARTIST.fullmatch(address.strip()[:LONGEST]) for address in addresses)
    return tuple(dict.fromkeys(match[1].lower() for match in found if match))


def addresses_of(ids: Ids) -> list[str]:
    """Return the addresses that name a recording.

    MusicBrainz's comes first: of several, ListenBrainz looks at that one.
    """
    named = (
        (RECORDING, ids.musicbrainz_id),
        (ISRC, ids.isrc),
        (SPOTIFY, ids.spotify_id),
        (TRACK, ids.track_uuid),
    )
    return [prefix + value for prefix, value in named if value]


def _usual(name: str, value: str) -> str:
    match name:
        case "isrc":
            return value.replace("-", "").upper()
        case "spotify_id":
            return value  # its letters' case matters
    return value.lower()
