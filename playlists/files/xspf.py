"""XSPF, version 1 (https://xspf.org/spec).

`creator` is one name for all artists, so each of them stands in a `meta` beside it too; so
does when a song came into the list.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import XMLParser
from django.utils.translation import gettext as _

from playlists.files.identifiers import addresses_of
from playlists.files.listing import Entry, Listing, entry_made, listing_made
from playlists.files.refusal import FileRefused, check_count

NAME = "XSPF"
SUFFIX = "xspf"
CONTENT_TYPE = "application/xspf+xml"
NAMESPACE = "http://xspf.org/ns/0/"
# What each credited artist's `meta` points at: the page that says what a credit is.
CREDIT = "https://musicbrainz.org/doc/Artist_Credits"
# What the `meta` of that time points at: what JSPF's `added_at` is.
ADDED = "https://musicbrainz.org/doc/jspf#added_at"

# playlist, trackList, track, and one inside; extensions of others hold more.
MAX_DEPTH = 32
# The fewest with which a song says what it is.
ELEMENTS_A_SONG = 3
# Longer texts than any that is used.
MAX_TEXT = 4000
METAS = {CREDIT: "credit", ADDED: "added_at"}
TRACK = ["playlist", "trackList", "track"]


def write(listing: Listing) -> bytes:
    """Write a playlist."""
    playlist = ET.Element("playlist", {"version": "1", "xmlns": NAMESPACE})
    _append(playlist, "title", listing.title)
    _append(playlist, "annotation", listing.description)
    tracks = ET.SubElement(playlist, "trackList")
    for entry in listing.entries:
        track = ET.SubElement(tracks, "track")
        _append(track, "location", entry.location)
        for address in addresses_of(entry.ids):
            _append(track, "identifier", address)
        _append(track, "title", entry.title)
        _append(track, "creator", ", ".join(entry.artists))
        _append(track, "album", entry.album)
        _append(track, "duration", str(entry.duration_ms or ""))
        for name in entry.artists:
            _append(track, "meta", name, rel=CREDIT)
        _append(track, "meta", entry.added_at, rel=ADDED)
    ET.indent(playlist)
    written: bytes = ET.tostring(playlist, encoding="UTF-8", xml_declaration=True)
    return written


def read(data: bytes) -> Listing:
    """Read a playlist. Raises FileRefused, for any document type or entity too."""
    reader = _Reader()
    parser = XMLParser(target=reader, forbid_dtd=True)
    try:
        parser.feed(data)
        parser.close()
    except DefusedXmlException as error:
        raise FileRefused(
            _("The file has a document type of its own, which a playlist never needs.")
        ) from error
    # LookupError: of an encoding that nobody knows.
    except (ET.ParseError, ValueError, LookupError) as error:
        raise FileRefused(
            _("The file isn't well-formed XML, or isn't in the encoding that it names.")
        ) from error
    return listing_made(reader.title, reader.entries, description=reader.description)


def _append(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    if text:
        ET.SubElement(parent, name, attributes).text = text


class _Reader:
    """Gathers songs while the parser goes along; keeps no tree."""

    def __init__(self) -> None:
        self.title = self.description = ""
        self.entries: list[Entry] = []
        self._elements = 0
        self._path: list[str] = []
        self._rel = ""
        self._text = ""
        self._track: dict[str, list[str]] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Go into an element."""
        name = tag.rpartition("}")[2]
        if not self._path and name != "playlist":
            raise FileRefused(_("The file is XML, but no playlist (XSPF)."))
        self._elements += 1
        check_count(self._elements // ELEMENTS_A_SONG)
        if len(self._path) == MAX_DEPTH:
            raise FileRefused(_("The file's elements are nested too deeply."))
        self._path.append(name)
        self._rel, self._text = attributes.get("rel", ""), ""

    def data(self, text: str) -> None:
        """Take some text of the innermost element."""
        if len(self._text) < MAX_TEXT:
            self._text += text[:MAX_TEXT]

    def end(self, tag: str) -> None:
        """Come out of an element."""
        *outer, name = self._path
        if self._path == ["playlist", "title"]:
            self.title = self._text
        elif self._path == ["playlist", "annotation"]:
            self.description = self._text
        elif outer == TRACK:
            field = METAS.get(self._rel, name) if name == "meta" else name
            self._track.setdefault(field, []).append(self._text)
        elif self._path == TRACK:
            self.entries.append(_entry(self._track))
            self._track = {}
        self._path.pop()
        self._text = ""

    def close(self) -> None:
        """End: the parser asks for it."""


def _entry(held: dict[str, list[str]]) -> Entry:
    def first(name: str) -> str:
        return held.get(name, [""])[0]

    duration = first("duration").strip()
    locations = held.get("location", [])
    return entry_made(
        title=first("title"),
        artists=held.get("credit") or held.get("creator", []),
        album=first("album"),
        duration_ms=int(duration) if duration.isdecimal() else None,
        addresses=[*held.get("identifier", []), *locations],
        location=first("location"),
        added_at=first("added_at"),
    )
