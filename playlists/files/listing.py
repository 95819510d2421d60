"""What a playlist's file holds: a title, words about it, and songs as far as it knows.

The rule of this file: a value is tidied and bounded once, by `entry_made` and
`listing_made`, whether it comes from a file or goes into one. What is tidy, each format
gives back as it was.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from playlists.files.identifiers import Ids, artist_ids_of, ids_of
from playlists.services import MAX_TRACKS

# As the catalog's columns are wide, and more artists than any song has.
TITLE_CHARS, NAME_CHARS, ARTISTS = 500, 300, 20
LISTING_CHARS, DESCRIPTION_CHARS = 120, 500
LOCATION_CHARS = 2000
TIME_CHARS = 40
DAY_MS = 24 * 3600 * 1000

_ADDRESS = re.compile(r"https?://[!-~]+", re.ASCII)


@dataclass(frozen=True)
class Entry:
    """One song of a file.

    artists: as the file tells them apart; a file that only has "A & B" gives one name.
    location: an address on the web, "" for none. Paths of files are never kept.
    artist_ids: MusicBrainz's, of artists that it knows. added_at: when it came into the
    list, in UTC and ISO 8601, "" where unknown.
    """

    title: str = ""
    artists: tuple[str, ...] = ()
    album: str = ""
    duration_ms: int | None = None
    ids: Ids = field(default=Ids())
    location: str = ""
    artist_ids: tuple[str, ...] = ()
    added_at: str = ""

    @property
    def is_song(self) -> bool:
        """Say whether there is anything to find it by."""
        return bool(self.title) or self.ids != Ids()


@dataclass(frozen=True)
class Listing:
    """A playlist as a file; left_out: songs beyond those that a playlist holds."""

    title: str
    entries: tuple[Entry, ...]
    left_out: int = 0
    description: str = ""


def entry_made(
    *,
    title: str = "",
    artists: Iterable[str] = (),
    album: str = "",
    duration_ms: float | None = None,
    addresses: Iterable[str] = (),
    location: str = "",
    artist_addresses: Iterable[str] = (),
    added_at: str = "",
) -> Entry:
    """Make an entry of raw values; what can't be true is left out.

    addresses: whatever may name the recording; artist_addresses: its artists.
    duration_ms: any number. added_at: a time with its zone, in ISO 8601.
    """
    names = (tidy(name, NAME_CHARS) for name in artists)
    return Entry(
        title=tidy(title, TITLE_CHARS),
        artists=tuple(name for name in names if name)[:ARTISTS],
        album=tidy(album, TITLE_CHARS),
        duration_ms=_length(duration_ms),
        ids=ids_of([*addresses, location]),
        location=_address(location),
        artist_ids=artist_ids_of(artist_addresses)[:ARTISTS],
        added_at=_time(added_at),
    )


def listing_made(
    title: str, entries: Sequence[Entry], *, description: str = ""
) -> Listing:
    """Put entries together, those that name a song, and no more than a playlist holds."""
    songs = tuple(entry for entry in entries if entry.is_song)
    left_out = max(0, len(songs) - MAX_TRACKS)
    return Listing(
        tidy(title, LISTING_CHARS),
        songs[:MAX_TRACKS],
        left_out,
        tidy(description, DESCRIPTION_CHARS),
    )


def tidy(text: str, longest: int) -> str:
    """Return text of one line, without what some format couldn't hold.

    Control characters and line ends become spaces; lone surrogates and U+FFFE, U+FFFF,
    which XML forbids, go; spaces at the ends go.
    """
    kept = "".join(map(_kept, text[: 4 * longest]))
    return kept.strip()[:longest].rstrip()


def _kept(sign: str) -> str:
    match unicodedata.category(sign):
        case "Cc" | "Zl" | "Zp":
            return " "
        case "Cs":
            return ""
    return "" if sign in "\ufffe\uffff" else sign


def _length(duration_ms: float | None) -> int | None:
    if duration_ms is None or not 0 < duration_ms < DAY_MS:
        return None
    return round(duration_ms) or None


def _time(text: str) -> str:
    try:
        time = datetime.fromisoformat(text.strip()[:TIME_CHARS])
        return time.astimezone(UTC).isoformat() if time.tzinfo else ""
    except (ValueError, OverflowError):
        return ""


def _address(location: str) -> str:
    location = location.strip()
    fits = len(location) <= LOCATION_CHARS and _ADDRESS.fullmatch(location)
    return location if fits else ""
