"""The formats by name, and which of them a file is in."""

from __future__ import annotations

import codecs
from typing import Protocol

from django.utils.translation import gettext as _

from playlists.files import jspf, lines, m3u8, table, xspf
from playlists.files.listing import Listing, tidy
from playlists.files.refusal import FileRefused, decoded

MAX_BYTES = 5 * 1024 * 1024
# What a file name may not hold on one of the common systems, or in a header.
UNSAFE = str.maketrans(dict.fromkeys('\\/:*?"<>|', " "))
MAX_NAME_CHARS = 80


class Format(Protocol):
    """A format both ways; a module is one."""

    NAME: str
    SUFFIX: str
    CONTENT_TYPE: str

    def write(self, listing: Listing) -> bytes:
        """Write a playlist."""

    def read(self, data: bytes) -> Listing:
        """Read a playlist. Raises FileRefused."""


_ALL: tuple[Format, ...] = (m3u8, xspf, jspf, table)
FORMATS = {one.SUFFIX: one for one in _ALL}


def read_file(data: bytes, *, name: str = "") -> Listing:
    """Read a playlist in whichever format it is in. name: the file's, if it has one.

    What it begins with counts before its name. Raises FileRefused for what is too
    large, no text, or without a song.
    """
    if len(data) > MAX_BYTES:
        told = _("The file is too large: %(size)s MB is the most.")
        raise FileRefused(told % {"size": MAX_BYTES // 1024**2})
    if b"\0" in data:
        raise FileRefused(_("This isn't a text file in UTF-8, so it can't be a list."))
    data = data.removeprefix(codecs.BOM_UTF8).lstrip()
    listing = _read(data, name) if data else None
    if listing is None or not listing.entries:
        raise FileRefused(_("There is no song in it."))
    return listing


def _read(data: bytes, name: str) -> Listing:
    ending = name.rpartition(".")[2].lower()
    if data.startswith(b"<"):
        return xspf.read(data)
    if data.startswith(b"{"):
        return jspf.read(data)
    if data.upper().startswith(b"#EXTM3U") or ending in ("m3u", "m3u8"):
        return m3u8.read(data)
    if ending in ("csv", "tsv") or _is_table(data):
        return table.read(data)
    return lines.read(data)


def _is_table(data: bytes) -> bool:
    """Say whether the first line names two columns at least."""
    columns, _delimiter = table.columns_of(decoded(data))
    return len(set(columns) - {""}) > 1


def file_name(title: str, suffix: str) -> str:
    """Return a file name that every common system takes."""
    name = " ".join(tidy(title.translate(UNSAFE), MAX_NAME_CHARS).split()).strip(". ")
    return f"{name or 'playlist'}.{suffix}"
