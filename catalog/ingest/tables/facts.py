"""A row of a table becomes the facts of one track.

The rule of this file: what a row says wrongly is dropped and named, never guessed; a
placeholder is made only where the table has no titles at all, and shows its id.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from catalog.genres import genre_name, genre_spellings
from catalog.ingest.facts import Refused
from catalog.ingest.matching import Recording
from catalog.ingest.tables import fields
from catalog.ingest.tables.fields import ATTRIBUTE_OF, RANGES, Dropped
from catalog.ingest.tables.formats import THEMES, Format
from catalog.ingest.tables.reading import Row
from catalog.models import Tag, Track
from catalog.names import name_key
from catalog.versions import song_key_of, title_parts

NAME_LENGTH, TITLE_LENGTH, TAG_LENGTH, KEY_LENGTH = 300, 500, 120, 900
MAX_NAMES = 50
# Tags are compared by themselves, and what was dropped was never stored.
NOT_FACTS = frozenset(["tags", "dropped", "fingerprint"])
# Rows that say nothing of these keep the fingerprint that they had before these were read.
LATER_FACTS = frozenset(["youtube_id", "apple_music_id", "deezer_id"])


@dataclass(frozen=True)
class TableTrack:
    """One row's facts, checked. tags: (kind, name). dropped: sentences."""

    key: str
    title: str
    artists: tuple[str, ...] = ()
    album: str = ""
    album_artist: str = ""
    tags: tuple[tuple[str, str], ...] = ()
    released_on: date | None = None
    released_precision: str = ""
    year: int | None = None
    duration_ms: int | None = None
    isrc: str | None = None
    musicbrainz_id: str | None = None
    spotify_id: str = ""
    youtube_id: str = ""
    apple_music_id: str = ""
    deezer_id: str = ""
    is_explicit: bool | None = None
    popularity: int | None = None
    language: str = ""
    licence: str = ""
    audio_path: str = ""
    attributes: dict[str, float | int | bool] = field(default_factory=dict)
    song_key: str = ""
    version: str = ""
    version_detail: str = ""
    dropped: tuple[str, ...] = ()

    @cached_property
    def fingerprint(self) -> str:
        """Return what changes with the facts; tags are compared by themselves."""
        told = {k: v for k, v in vars(self).items() if k not in NOT_FACTS}
        facts = [v for k, v in told.items() if v or k not in LATER_FACTS]
        return hashlib.sha256(repr(facts).encode()).hexdigest()[:32]

    def recording(self, origin: str) -> Recording:
        """Return what it can be recognised by."""
        return Recording(
            kind=Track.Source.TABLE.value,
            origin=origin,
            key=self.key,
            song_key=self.song_key,
            version=self.version,
            version_detail=self.version_detail,
            duration_ms=self.duration_ms,
            isrc=self.isrc,
            musicbrainz_id=self.musicbrainz_id,
        )


class RowReader:
    """Understands the rows of one table."""

    def __init__(
        self, form: Format, columns: Mapping[str, str], *, audio_root: Path | None
    ) -> None:
        """Take a format and the field of each column; JSON lines may bring others."""
        self._form = form
        self._columns: dict[str, list[str]] = {}
        for column, name in columns.items():
            self._columns.setdefault(name, []).append(column)
        self._audio_root = audio_root

    def read(self, row: Row) -> TableTrack:
        """Return the facts of a row. Raises Refused with a sentence."""
        if row.reason:
            raise Refused(row.reason)
        return _Reading(self._form, self._columns, row, self._audio_root).track()


class _Reading:
    """One row while it is read; collects what is dropped."""

    def __init__(
        self,
        form: Format,
        columns: Mapping[str, list[str]],
        row: Row,
        audio_root: Path | None,
    ) -> None:
        self._form = form
        self._columns = columns
        self._row = row
        self._audio_root = audio_root
        self._dropped: list[str] = []

    def track(self) -> TableTrack:
        title, artists, album = self._names()
        released_on, precision = self._got("date", fields.released) or (None, "")
        year = released_on.year if released_on else None
        if year is None and (found := self._got("year", fields.released)):
            released_on, precision = found
            year = released_on.year
        popularity = self._got("popularity", lambda c: fields.between(c, 0, 100))
        duration = self._duration()
        spotify_id = self._got("spotify_id", fields.spotify_id) or ""
        given = self._text("id", 400)
        if self._form.name == "spotify-features" and not spotify_id and given:
            spotify_id = given if re.fullmatch("[0-9A-Za-z]{22}", given) else ""
        parts = title_parts(title)
        keys = [name_key(name) for name in artists]
        facts = {
            "title": title,
            "artists": artists,
            "album": album,
            "album_artist": self._text("album_artist", NAME_LENGTH),
            "tags": self._tags(),
            "released_on": released_on,
            "released_precision": precision,
            "year": year,
            "duration_ms": duration,
            "isrc": self._got("isrc", fields.isrc),
            "musicbrainz_id": self._got("musicbrainz_id", fields.musicbrainz_id),
            "spotify_id": spotify_id,
            "youtube_id": self._got("youtube_id", fields.youtube_id) or "",
            "apple_music_id": self._got("apple_music_id", fields.apple_music_id) or "",
            "deezer_id": self._got("deezer_id", fields.deezer_id) or "",
            "is_explicit": self._got("explicit", fields.truth),
            "popularity": None if popularity is None else round(popularity),
            "language": self._got("language", fields.language) or "",
            "licence": self._text("licence", 120) or self._form.licence,
            "audio_path": self._audio_path(),
            "attributes": self._attributes(),
            "song_key": song_key_of(parts, keys),
            "version": parts.version,
            "version_detail": parts.detail,
        }
        key = given or _own_key(title, artists, album, duration)
        return TableTrack(key=key, dropped=tuple(self._dropped), **facts)

    def _names(self) -> tuple[str, tuple[str, ...], str]:
        if self._form.is_jamendo:
            number = {
                n: _id_number(self._text(n, 40)) for n in ("id", "artist", "album")
            }
            if not number["id"]:
                raise Refused("It has no track id.")
            artist, album = number["artist"], number["album"]
            return (
                f"Track {number['id']}",
                (f"Artist {artist}",) if artist else (),
                f"Album {album}" if album else "",
            )
        title = self._text("title", TITLE_LENGTH)
        if not title:
            raise Refused(
                "It has no title." if not self._dropped else self._dropped[-1]
            )
        if title == "NA" and not self._text("artist", NAME_LENGTH):
            raise Refused("It has no title (NA).")
        if len(name_key(title)) > TITLE_LENGTH:
            raise Refused("Its title is too long to be kept.")
        artists: tuple[str, ...] = ()
        if name := self._text("artist", NAME_LENGTH):
            artists = (name,)
        if (cell := self._cell("artists")) is not None:
            artists = tuple(dict.fromkeys((*artists, *fields.names(cell))))
        fit = tuple(n for n in artists[:MAX_NAMES] if _fits(n, NAME_LENGTH))
        if len(fit) < len(artists):
            self._dropped.append("An artist's name is too long, or there are too many.")
        return title, fit, self._text("album", TITLE_LENGTH)

    def _cell(self, name: str) -> Any:
        for column in self._columns.get(name, ()):
            cell = self._row.cells.get(column)
            if not fields.is_empty(cell):
                return cell
        return None

    def _got(self, name: str, understand: Any) -> Any:
        """Return a field's value, or None where it's empty or dropped."""
        cell = self._cell(name)
        if cell is None:
            return None
        try:
            return understand(cell)
        except Dropped as dropped:
            self._dropped.append(f"{name} {str(cell)[:60]!r} {dropped}.")
            return None

    def _text(self, name: str, length: int) -> str:
        # A title may be "None" or "NA", and an artist "Null": words, not gaps.
        for column in self._columns.get(name, ()):
            cell = self._row.cells.get(column)
            if cell is None or not str(cell).strip():
                continue
            try:
                line = fields.text(cell, length=length)
            except Dropped as dropped:
                self._dropped.append(f"Its {name} {dropped}.")
                return ""
            return line if line.upper() != "NA" or name == "title" else ""
        return ""

    def _duration(self) -> int | None:
        for name, unit in (
            ("duration_ms", "ms"),
            ("duration_s", "s"),
            ("duration", ""),
        ):
            found = self._got(
                name, lambda c, unit=unit: fields.duration_ms(c, unit=unit)
            )
            if found:
                return int(found)
        return None

    def _attributes(self) -> dict[str, float | int | bool]:
        found: dict[str, float | int | bool] = {}
        for name, (low, high) in RANGES.items():
            cell = self._cell(name)
            # Where no beat was found, tables write a tempo of 0.
            if cell is None or (name == "tempo" and str(cell).strip(" 0.") == ""):
                continue
            value = self._got(name, lambda c, a=low, b=high: fields.between(c, a, b))
            if value is not None:
                found[ATTRIBUTE_OF.get(name, name)] = value
        pitch, is_major = self._got("key", fields.pitch) or (None, None)
        said = self._got("mode", fields.mode)
        is_major = is_major if said is None else said
        # Without a tonic its mode means nothing: tables fill it in all the same.
        if pitch is not None:
            found["pitch_class"] = pitch
            if is_major is not None:
                found["is_major"] = is_major
        return found

    def _tags(self) -> tuple[tuple[str, str], ...]:
        pairs: list[tuple[str, str]] = []
        for name in ("genre", "mood", "theme", "instrument"):
            for column in self._columns.get(name, ()):
                cell = self._row.cells.get(column)
                if not fields.is_empty(cell):
                    pairs += [(name, tag) for tag in fields.names(cell)]
        if self._form.is_jamendo:
            cells = (self._cell("tags") or "", *self._row.extra)
            pairs += [_jamendo_tag(str(cell)) for cell in cells if cell]
        kept: dict[tuple[str, str], tuple[str, str]] = {}
        for kind, tag in pairs[:MAX_NAMES]:
            if not _fits(tag, TAG_LENGTH):
                self._dropped.append(
                    f"A {kind} is longer than {TAG_LENGTH} characters."
                )
                continue
            if kind == Tag.Kind.GENRE:
                tag = _genre(self._form.genres.get(tag, tag))
            kept.setdefault((kind, name_key(tag)), (kind, tag))
        return tuple(kept.values())

    def _audio_path(self) -> str:
        # A table is data: a path in it opens nothing unless a folder was named for it.
        if self._audio_root is None:
            return ""
        root = self._audio_root.resolve()
        path = self._text("audio_path", 900)
        if not path:
            return ""
        whole = (root / path).resolve()
        if not whole.is_relative_to(root):
            self._dropped.append("Its audio path leads out of the folder.")
            return ""
        return str(whole) if whole.is_file() else ""


def _fits(name: str, length: int) -> bool:
    return len(name) <= length and 0 < len(name_key(name)) <= length


@lru_cache(maxsize=4096)
def _genre(name: str) -> str:
    """Return a genre as the taxonomy writes it, or as it came."""
    key = name_key(name)
    return genre_name(key) if key in genre_spellings() else name


def _jamendo_tag(cell: str) -> tuple[str, str]:
    kind, _, name = cell.strip().rpartition("---")
    if kind in ("genre", "instrument"):
        return kind, name
    return ("theme" if name in THEMES else "mood"), name


def _id_number(given: str) -> str:
    """Return "948" for "track_0000948"."""
    tail = given.rpartition("_")[2]
    return tail.lstrip("0") or tail


def _own_key(
    title: str, artists: tuple[str, ...], album: str, duration: int | None
) -> str:
    """Return a key for a row without one: what it says of itself."""
    written = json.dumps([title, artists, album, duration])
    return hashlib.sha256(written.encode()).hexdigest()[:32]
