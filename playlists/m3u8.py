"""A playlist as M3U8: extended M3U in UTF-8, as RFC 8216 and most players know it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

CONTENT_TYPE = "application/vnd.apple.mpegurl; charset=utf-8"

# What a file name may not hold on one of the common systems, or in a header.
UNSAFE = str.maketrans(dict.fromkeys('\\/:*?"<>|', " "))
MAX_NAME_CHARS = 80


@dataclass(frozen=True)
class Entry:
    """One song of the file; `url` is absolute, None where there is no audio."""

    title: str
    artists: Sequence[str]
    duration_ms: int | None
    url: str | None


def m3u8_text(title: str, entries: Sequence[Entry]) -> str:
    """Write the file. Songs without audio stay as comments, so that none is lost."""
    lines = ["#EXTM3U", f"#PLAYLIST:{one_line(title)}"]
    for entry in entries:
        name = entry_name(entry)
        if entry.url is None:
            lines.append(f"# Without audio here: {name}")
            continue
        length_s = -1 if entry.duration_ms is None else round(entry.duration_ms / 1000)
        lines += [f"#EXTINF:{length_s},{name}", entry.url]
    return "\n".join(lines) + "\n"


def entry_name(entry: Entry) -> str:
    """Name a song as players show it: "Artists - Title", or the title alone."""
    parts = (", ".join(entry.artists), entry.title)
    return one_line(" - ".join(part for part in parts if part))


def one_line(text: str) -> str:
    """Join lines and drop control characters, which would begin another line."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def file_name(title: str) -> str:
    """Return a file name that every common system takes."""
    name = one_line(title.translate(UNSAFE)).strip(". ")[:MAX_NAME_CHARS].strip(". ")
    return f"{name or 'playlist'}.m3u8"
