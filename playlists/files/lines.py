"""Plain lines, as people write lists down: "Artist - Title", one song a line."""

from __future__ import annotations

import re

from playlists.files.listing import Listing, entry_made, listing_made
from playlists.files.refusal import check_count, decoded

_BULLET = re.compile(r"^\s*(?:[-*•·]\s+|\d{1,3}[.):]\s+|#\d{1,3}\s+)")
_DASH = re.compile(r"\s+[-‐-―−|]\s+|\t+")
# "Song" (3:45), "Song [3:45]", "Song 3:45": lengths that stand behind titles.
_LENGTH = re.compile(r"\s+[(\[]?(\d{1,2}):(\d{2})[)\]]?$")
# A line that is longer is none of a list.
MAX_LINE = 1000


def read(data: bytes) -> Listing:
    """Read songs from lines; empty ones part nothing. Raises FileRefused."""
    lines = decoded(data).splitlines()
    check_count(len(lines))
    entries = []
    for line in lines:
        said = _BULLET.sub("", squeezed(line)).strip()
        found = _LENGTH.search(said)
        artist, title = parted(said[: found.start()] if found else said)
        length_ms = (int(found[1]) * 60 + int(found[2])) * 1000 if found else None
        entries.append(
            entry_made(
                title=title,
                artists=[artist],
                duration_ms=length_ms,
                addresses=[said],
            )
        )
    return listing_made("", entries)


def squeezed(line: str) -> str:
    """Return a line cut at MAX_LINE, its spaces single; tabs part things, and stay.

    Whatever people write is read by patterns that take long for long runs of spaces.
    """
    parts = (" ".join(part.split()) for part in line[:MAX_LINE].split("\t"))
    return "\t".join(part for part in parts if part)


def parted(name: str) -> tuple[str, str]:
    """Part "Artist - Title" at its first dash. Returns ("", name) without one."""
    found = _DASH.search(name)
    if (
        not found
        or not name[: found.start()].strip()
        or not name[found.end() :].strip()
    ):
        return "", name.strip()
    return name[: found.start()].strip(), name[found.end() :].strip().strip('"“”„')
