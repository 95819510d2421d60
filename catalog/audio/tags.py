"""What a file says of itself: its tags, else its name.

The rule of this file: tags are other people's text. Each value is cleaned, cut to its
column and checked before anyone sees it, and no tag, however broken, stops an import.
"""

from __future__ import annotations

import logging
import re
import unicodedata
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import ftfy

from catalog.audio.tag_formats import RawTags, read_raw_tags
from catalog.names import name_key

logger = logging.getLogger(__name__)

NAME_LENGTH, TITLE_LENGTH, TAG_LENGTH, LICENCE_LENGTH = 300, 500, 120, 120
MAX_ARTISTS, MAX_GENRES = 20, 12
# Nothing was recorded before Scott's phonautograph (1857).
FIRST_YEAR, LAST_YEAR = 1857, 2100
ISRC = re.compile(r"[A-Z]{2}[A-Z0-9]{3}[0-9]{7}")
LANGUAGE = re.compile(r"[a-z]{2,3}")
NO_LANGUAGE = frozenset({"und", "xxx", "mul", "mis", "zxx"})
DATE = re.compile(r"(\d{4})(?:[-./]?(\d{2})(?:[-./]?(\d{2}))?)?")
GENRE_PARTS = re.compile(r"\s*[;,/|\\\0]\s*")
ARTIST_PARTS = re.compile(
    r"\s*[;\0]\s*|\s+[/|]\s+|\s+[\(\[]?(?:feat\.?|ft\.|featuring)\s+", re.IGNORECASE
)
MOJIBAKE = ftfy.TextFixerConfig(
    # Guesses that could change right text.
    decode_inconsistent_utf8=False,
    replace_lossy_sequences=False,
)
YES = frozenset({"1", "true", "yes"})
# Album artists that are nobody, by name key.
VARIOUS = frozenset(
    {"various artists", "various", "va", "v a", "various artist", "verschiedene"}
    | {"diverse interpreten", "varios artistas", "artistes divers", "compilation"}
)
# Gains that programs write lie within ±30 dB; more is a slip.
MAX_GAIN_DB = 60.0
GAIN = re.compile(r"\s*([+-]?\d{1,3}(?:[.,]\d+)?)\s*(?:db)?\s*", re.IGNORECASE)
# ReplayGain 2 aims at -18 LUFS, R128 at -23.
R128_TO_REPLAYGAIN_DB = 5.0
# Text direction marks and their like, that can make one name look like another.
INVISIBLE = frozenset("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff") | {
    chr(c) for c in range(0x2066, 0x206A)
}
NUMBERED = re.compile(r"^(?:\d{1,2}[-.])?(\d{1,3})(?:\s*[-._)]\s*|\s+)(?=\S)")
# Folders that hold an album's discs, or any music at all, name no album.
PLAIN_FOLDERS = frozenset(
    {"audio", "flac", "m4a", "media", "mp3", "music", "ogg", "opus", "songs", "tracks"}
)
DISC_FOLDER = re.compile(r"(?:cd|disc|disk)\s*\d{1,2}", re.IGNORECASE)


@dataclass(frozen=True)
class Tags:
    """What is told of a recording. Empty or None where nothing is.

    released_on with released_precision "year", "month" or "day"; the original release
    where both are given. album_artist is empty for a compilation, which nobody is
    credited with. replaygain_db: of the track, to reach -18 LUFS. cover: bytes as embedded, not yet checked.
    """

    title: str
    artists: tuple[str, ...] = ()
    album: str = ""
    album_artist: str = ""
    genres: tuple[str, ...] = ()
    moods: tuple[str, ...] = ()
    released_on: date | None = None
    released_precision: str = ""
    track_number: int | None = None
    isrc: str | None = None
    musicbrainz_id: uuid.UUID | None = None
    language: str = ""
    is_explicit: bool | None = None
    licence: str = ""
    is_compilation: bool = False
    replaygain_db: float | None = None
    cover: bytes | None = field(default=None, repr=False)


def read_tags(path: Path, *, root: Path | None = None) -> Tags:
    """Read a file's tags, and fill the gaps from its name.

    root: the folder of the import; folders between it and the file may name the album
    and, above that, the artist. Raises nothing for unreadable tags: then only names
    speak.
    """
    named = tags_from_name(path, root=root)
    try:
        raw = read_raw_tags(path)
    except Exception:
        # mutagen's parsers meet bytes from anywhere, and raise whatever they run into.
        logger.warning("the tags of %s can't be read", path, exc_info=True)
        return named
    return named if raw is None else _merged(raw, named)


def _merged(raw: RawTags, named: Tags) -> Tags:
    title = cut_name(repaired(raw.title), TITLE_LENGTH)
    artists = _credited(raw)
    album_artist = cut_name(repaired(raw.album_artist), NAME_LENGTH)
    is_various = name_key(album_artist) in VARIOUS
    if is_various:
        album_artist = ""
    if not artists and album_artist:
        artists = (album_artist,)
    released_on, precision = parse_date(raw.original_date)
    if released_on is None:
        released_on, precision = parse_date(raw.date)
    return replace(
        named,
        # A name is trusted for the artist only where the tags name no title either:
        # "Live - Part 2" is a title with a dash in it.
        title=title or named.title,
        artists=artists or (() if title else named.artists),
        album=cut_name(repaired(raw.album), TITLE_LENGTH) or named.album,
        album_artist=album_artist,
        genres=split_genres(map(repaired, raw.genres)),
        moods=split_genres(map(repaired, raw.moods)),
        released_on=released_on,
        released_precision=precision,
        track_number=_number(raw.track_number) or named.track_number,
        isrc=_isrc(raw.isrc),
        musicbrainz_id=_uuid(raw.musicbrainz_id),
        language=_language(raw.language),
        is_explicit=raw.is_explicit,
        licence=clean_text(raw.licence)[:LICENCE_LENGTH],
        # "Various" is enough; a flag is believed unless one artist made all of it.
        is_compilation=is_various
        or (raw.compilation.strip().lower() in YES and not album_artist),
        replaygain_db=_gain_db(raw),
        cover=raw.cover,
    )


def tags_from_name(path: Path, *, root: Path | None = None) -> Tags:
    """Guess from a file's name: "Artist - Title", "03 Title", "03 - Artist - Title"."""
    stem = clean_text(path.stem.encode("utf-8", "replace").decode())
    if " " not in stem:
        stem = clean_text(stem.replace("_", " "))
    number = None
    numbered = NUMBERED.match(stem)
    if numbered:
        number = int(numbered.group(1))
        stem = stem[numbered.end() :]
    parts = [part.strip() for part in re.split(r"\s+[-\u2013]\s+", stem)]
    parts = [part for part in parts if part]
    folders = _folders(path, root)
    album = folders[-1] if folders else ""
    artists: tuple[str, ...] = ()
    if len(parts) > 1:
        artists = _artists([parts[0]])
    elif len(folders) > 1:
        artists = _artists([folders[-2]])
    title = " - ".join(parts[1:]) if len(parts) > 1 else stem
    return Tags(
        title=cut_name(title, TITLE_LENGTH) or "Untitled",
        artists=artists,
        album=cut_name(album, TITLE_LENGTH),
        track_number=number,
    )


def _folders(path: Path, root: Path | None) -> list[str]:
    if root is None or not path.is_relative_to(root):
        return []
    names = [clean_text(part) for part in path.relative_to(root).parts[:-1]]
    return [
        name
        for name in names
        if name
        and name.lower() not in PLAIN_FOLDERS
        and not DISC_FOLDER.fullmatch(name)
    ]


def repaired(text: str) -> str:
    """Undo a wrong decoding ("BeyoncÃ©"), where there certainly was one.

    ftfy knows the sequences that no language writes. What might be right is left as it
    is, and so is text of one byte a letter in the wrong alphabet ("Ïåñíÿ", Cyrillic
    read as Latin): nothing about it can't be a word.
    """
    return ftfy.fix_encoding(text, MOJIBAKE)


def clean_text(text: str) -> str:
    """Return text in NFC without control or invisible characters, spaces single."""
    composed = unicodedata.normalize("NFC", text)
    kept = (
        " " if c.isspace() else c
        for c in composed
        if c not in INVISIBLE and (c.isspace() or unicodedata.category(c) not in BAD)
    )
    return " ".join("".join(kept).split())


# Control characters, lone surrogates, and code points that mean nothing to anyone.
BAD = frozenset({"Cc", "Cs", "Co", "Cn"})


def cut_name(text: str, length: int) -> str:
    """Return cleaned text that fits its column, and whose name key does too."""
    name = clean_text(text)[:length].strip()
    while len(name_key(name)) > length:
        name = name[: len(name) * 3 // 4].strip()
    return name


def split_genres(values: Iterable[str]) -> tuple[str, ...]:
    """Part "Folk, World, & Country" or "Rock/Pop" into genres, each once."""
    found: dict[str, str] = {}
    for value in values:
        for part in GENRE_PARTS.split(value):
            name = cut_name(part.strip().removeprefix("& "), TAG_LENGTH)
            if any(c.isalpha() for c in name):
                found.setdefault(name_key(name), name)
    return tuple(found.values())[:MAX_GENRES]


def parse_date(text: str) -> tuple[date | None, str]:
    """Read "1994", "1994-05", "1994-05-03", "19940503" and what may follow.

    Returns the date (first of month or year where not known) and its precision; a
    month or day that can't be is dropped, an impossible year gives (None, "").
    """
    match = DATE.match(text.strip())
    if match is None:
        return None, ""
    year, month, day = (int(part or 0) for part in match.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None, ""
    if not 1 <= month <= 12:
        return date(year, 1, 1), "year"
    try:
        return date(year, month, day), "day"
    except ValueError:
        return date(year, month, 1), "month"


def _credited(raw: RawTags) -> tuple[str, ...]:
    """Return the artists of a recording.

    Those that are named one by one are taken as they are, so that no name is parted
    ("AC/DC", "Tyler, the Creator"); a printed credit only where it clearly names more.
    """
    if raw.single_artists:
        parts = [p for v in raw.single_artists for p in re.split(r"[;\0]", v)]
        names = (cut_name(repaired(part), NAME_LENGTH) for part in parts)
        single = {name_key(name): name for name in names if name}
        if single:
            return tuple(single.values())[:MAX_ARTISTS]
    return _artists(map(repaired, raw.artists))


def _gain_db(raw: RawTags) -> float | None:
    for text, scale, offset_db in (
        (raw.replaygain, 1.0, 0.0),
        (raw.r128_gain, 1 / 256, R128_TO_REPLAYGAIN_DB),
    ):
        # R128's gain is a whole number of up to five digits.
        match = re.fullmatch(r"\s*([+-]?\d{1,5})\s*", text) if scale != 1 else None
        match = match or GAIN.fullmatch(text)
        if match:
            gain_db = float(match.group(1).replace(",", ".")) * scale + offset_db
            if abs(gain_db) <= MAX_GAIN_DB:
                return round(gain_db, 2)
    return None


def _artists(values: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for value in values:
        for part in ARTIST_PARTS.split(value):
            name = part.strip()
            # What "(feat. B)" leaves behind once it is parted.
            if name.count(")") > name.count("(") or name.count("]") > name.count("["):
                name = name.rstrip(")]")
            name = cut_name(name, NAME_LENGTH)
            if name:
                found.setdefault(name_key(name), name)
    return tuple(found.values())[:MAX_ARTISTS]


def _number(text: str) -> int | None:
    match = re.match(r"\s*(\d{1,4})", text)
    return int(match.group(1)) if match and int(match.group(1)) > 0 else None


def _isrc(text: str) -> str | None:
    code = re.sub(r"[\s-]", "", text).upper()
    return code if ISRC.fullmatch(code) else None


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text.strip())
    except ValueError:
        return None


def _language(text: str) -> str:
    code = text.strip().lower()
    return code if LANGUAGE.fullmatch(code) and code not in NO_LANGUAGE else ""
