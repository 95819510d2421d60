"""M3U8: extended M3U in UTF-8, as most players know it; M3U in Windows' own is read too.

Before what players read, `#JSPF:` gives the song as JSPF has it, in one line, so that
nothing is lost; to others it is a comment. Songs without an address stay as comments.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from urllib.parse import unquote

from django.utils.translation import gettext as _

from playlists.files.jspf import track_read, track_written
from playlists.files.lines import parted, squeezed
from playlists.files.listing import Entry, Listing, entry_made, listing_made
from playlists.files.refusal import FileRefused, check_count, decoded

NAME = "M3U8"
SUFFIX = "m3u8"
CONTENT_TYPE = "application/vnd.apple.mpegurl; charset=utf-8"
OWN_TAG = "#JSPF:"

_FACTS = re.compile(r"#EXTINF:\s*(-?[\d.]{1,12})?[^,]*,(.*)", re.IGNORECASE)
# Segments of one stream, as of a radio station: no songs.
_STREAM = re.compile(r"^#EXT-X-(?:TARGETDURATION|STREAM-INF)\b", re.MULTILINE)
_NUMBER = re.compile(r"^\d{1,3}(?:-\d{1,2})?\s*(?:[.)_-]\s*|\s+)(?=\S)")
_ENDING = re.compile(r"\.\w{2,4}$")


def write(listing: Listing) -> bytes:
    """Write a playlist."""
    lines = ["#EXTM3U"]
    if listing.title:
        lines.append(f"#PLAYLIST:{listing.title}")
    if listing.description:
        lines.append(f"#DESCRIPTION:{listing.description}")
    for entry in listing.entries:
        own = track_written(replace(entry, location=""))
        lines.append(OWN_TAG + json.dumps(own, ensure_ascii=False))
        name = " - ".join(
            part for part in (", ".join(entry.artists), entry.title) if part
        )
        if entry.location:
            length_s = round(entry.duration_ms / 1000) if entry.duration_ms else -1
            lines += [f"#EXTINF:{length_s},{name}", entry.location]
        else:
            lines.append(f"# Without audio here: {name}")
    return ("\n".join(lines) + "\n").encode()


def read(data: bytes) -> Listing:
    """Read a playlist. Raises FileRefused, for the list of a stream too."""
    text = decoded(data, fallback="cp1252")
    if _STREAM.search(text):
        raise FileRefused(_("This is the list of one stream's pieces, not of songs."))
    lines = text.split("\n")
    check_count(len(lines))
    reader = _Reader()
    for line in lines:
        reader.take(line.strip())
    reader.end()
    return listing_made(reader.title, reader.entries, description=reader.description)


class _Reader:
    """Gathers songs line by line: what is told of a song stands before its address."""

    def __init__(self) -> None:
        self.title = self.description = ""
        self.entries: list[Entry] = []
        self._own: dict[str, object] | None = None
        self._told: dict[str, str] = {}

    def take(self, line: str) -> None:
        """Take the next line."""
        tag, _colon, value = line.partition(":")
        match tag.upper():
            case "#JSPF":
                self.end()
                self._own = _own(value)
            case "#EXTINF":
                found = _FACTS.fullmatch(squeezed(line))
                self._told |= (
                    {"length": found[1] or "", "name": found[2]} if found else {}
                )
            case "#EXTART":
                self._told["artist"] = value
            case "#EXTALB":
                self._told["album"] = value
            case "#PLAYLIST":
                self.title = self.title or value
            case "#DESCRIPTION":
                self.description = self.description or value
            case _ if line and not line.startswith("#"):
                self._end_at(line)

    def end(self) -> None:
        """End a song that has no address."""
        if self._own is not None:
            self.entries.append(track_read(self._own))
        self._own, self._told = None, {}

    def _end_at(self, location: str) -> None:
        if self._own is None:
            self.entries.append(_foreign(self._told, location))
        else:
            # The line counts: whoever moved the files wrote it anew.
            self.entries.append(track_read({**self._own, "location": location}))
        self._own, self._told = None, {}


def _own(value: str) -> dict[str, object] | None:
    try:
        held = json.loads(value)
    except (ValueError, RecursionError):
        return None
    return held if isinstance(held, dict) else None


def _foreign(told: dict[str, str], location: str) -> Entry:
    """Make an entry of what another program told, or of its file's path."""
    path = _segments(location)
    name = told.get("name") or _NUMBER.sub("", squeezed(path[-1]))
    artist, title = parted(name)
    if not artist and "name" not in told and len(path) > 2:
        artist = path[-3]  # artist, album, song: as libraries are laid out
    return entry_made(
        title=title,
        artists=[told.get("artist") or artist],
        album=told.get("album", ""),
        duration_ms=_milliseconds(told.get("length", "")),
        addresses=[location],
        location=location,
    )


def _segments(location: str) -> list[str]:
    """Return a path's parts, the last one without its ending."""
    path = location
    if "://" in location:
        address = location.partition("://")[2].partition("?")[0]
        path = unquote(address.partition("/")[2])
    *folders, name = path.replace("\\", "/").rstrip("/").split("/")
    return [*folders, _ENDING.sub("", name)]


def _milliseconds(length: str) -> float | None:
    try:
        return float(length) * 1000
    except ValueError:
        return None
