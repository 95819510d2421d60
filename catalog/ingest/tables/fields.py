"""The fields that a table can fill, and how each cell is understood.

The rule of this file: a value out of its range or not of its kind is dropped and said
so; the row stays. Only a row without a title is no track.
"""

from __future__ import annotations

import ast
import math
import re
import uuid
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from catalog.attributes import UNIT_ATTRIBUTES
from catalog.models import Track

NOTES: Final = {
    "c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11, "h": 11,
}  # fmt: skip
SHARPS: Final = {"#": 1, "♯": 1, "sharp": 1, "b": -1, "♭": -1, "flat": -1, "": 0}
FIRST_YEAR = 1860
MAX_DURATION_MS = 24 * 3600 * 1000
# A "duration" without unit above this is in milliseconds: no song lasts 3 hours, and
# none a third of a second.
SECONDS_BELOW = 10_000
# Field: lower and upper bound, both included.
RANGES: Final = {
    "tempo": (20.0, 400.0),
    "loudness": (-80.0, 10.0),
    "replaygain": (-60.0, 60.0),
    **dict.fromkeys(UNIT_ATTRIBUTES, (0.0, 1.0)),
}
# Field of a table: the attribute, where they have other names.
ATTRIBUTE_OF: Final = {
    "tempo": "tempo_bpm",
    "loudness": "loudness_lufs",
    "replaygain": "replaygain_db",
}
FIELDS: Final = (
    *("id", "title", "artist", "artists", "album", "album_artist"),
    *("genre", "mood", "theme", "instrument"),
    *("date", "year", "duration", "duration_ms", "duration_s"),
    *("isrc", "musicbrainz_id", "spotify_id", "popularity", "explicit", "language"),
    *("youtube_id", "apple_music_id", "deezer_id"),
    *("licence", "audio_path", "key", "mode", *RANGES),
)
_SEPARATORS = re.compile(r"\s*[;|]\s*")
_ISRC = re.compile(r"[A-Z]{2}[A-Z0-9]{3}\d{7}")
_SPOTIFY = re.compile(r"(?:^|[:/])([0-9A-Za-z]{22})(?:\?|$)")
_YOUTUBE = re.compile(
    r"(?:https?://)?(?:(?:www\.|m\.|music\.)?youtube\.com/(?:watch\?(?:.*&)?v=|shorts/|embed/)"
    r"|youtu\.be/)([0-9A-Za-z_-]{11})(?:[?&#/].*)?|([0-9A-Za-z_-]{11})"
)
_APPLE = re.compile(
    r"(?:https?://)?(?:geo\.)?(?:music|itunes)\.apple\.com/(?:.*[?&]i=|(?:[a-z]{2}/)?song/(?:[^/]+/)?)"
    r"(\d{4,20})(?:[?&#].*)?|(\d{4,20})"
)
_DEEZER = re.compile(
    r"(?:https?://)?(?:www\.)?deezer\.com/(?:[a-z]{2}/)?track/(\d{1,20})(?:[?#].*)?|(\d{1,20})"
)
_KEY = re.compile(r"([a-h])\s*(#|♯|sharp|b|♭|flat)?\s*(major|minor|maj|min|m)?", re.I)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z]{2,4})?")
EMPTY = frozenset({"", "na", "n/a", "nan", "null", "none", "\\n", "-"})


class Dropped(Exception):
    """A cell says nothing that can be kept; the message says why."""


def is_empty(cell: object) -> bool:
    """Say whether a cell stands for nothing known."""
    return cell is None or (isinstance(cell, str) and cell.strip().lower() in EMPTY)


def text(cell: object, *, length: int) -> str:
    """Return a cell as one line of text. Raises Dropped where it is too long."""
    if isinstance(cell, (dict, list)):
        raise Dropped("is a list or an object where text is meant")
    line = " ".join(str(cell).split())
    if len(line) > length:
        raise Dropped(f"is longer than {length} characters")
    return line


def names(cell: object) -> tuple[str, ...]:
    """Return the names in a cell: "A; B", "A|B", a list, or a list written as text."""
    if isinstance(cell, str) and cell[:1] == "[" and cell.rstrip()[-1:] == "]":
        try:
            cell = ast.literal_eval(cell)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            pass
    if isinstance(cell, dict):
        return ()
    parts = cell if isinstance(cell, list) else _SEPARATORS.split(str(cell))
    lines = (" ".join(str(part).split()) for part in parts)
    return tuple(dict.fromkeys(line for line in lines if line))


def number(cell: object) -> float:
    """Return a finite number. Raises Dropped."""
    if isinstance(cell, bool):
        raise Dropped("is no number")
    try:
        value = float(str(cell).strip().replace(",", ".", 1))
    except ValueError as error:
        raise Dropped("is no number") from error
    if not math.isfinite(value):
        raise Dropped("is no finite number")
    return value


def between(cell: object, low: float, high: float) -> float:
    """Return a number of a range, bounds included. Raises Dropped."""
    value = number(cell)
    if not low <= value <= high:
        raise Dropped(f"is not within {low:g} to {high:g}")
    return value


def truth(cell: object) -> bool:
    """Return a cell as yes or no. Raises Dropped."""
    word = str(cell).strip().lower()
    if word in ("1", "true", "t", "yes", "y", "explicit", "1.0"):
        return True
    if word in ("0", "false", "f", "no", "n", "clean", "0.0"):
        return False
    raise Dropped("is neither yes nor no")


def duration_ms(cell: object, *, unit: str) -> int:
    """Return a duration. unit: "ms", "s", or "" to tell by form ("3:25", 205, 205000)."""
    parts = str(cell).strip().split(":")
    if len(parts) in (2, 3) and unit != "ms":
        value = 0.0
        for part in parts:
            value = value * 60 + number(part)
        value *= 1000
    else:
        value = number(cell)
        is_seconds = unit == "s" or (not unit and value < SECONDS_BELOW)
        value *= 1000 if is_seconds else 1
    if not 0 < value <= MAX_DURATION_MS:
        raise Dropped("is no duration between nothing and a day")
    return round(value)


def released(cell: object) -> tuple[date, str]:
    """Return a date and its precision: "1994", "1994-05", "1994-05-21…"."""
    line = str(cell).strip().split("T")[0].split(" ")[0].removesuffix(".0")
    found = re.fullmatch(r"(\d{4})(?:[-/.]?(\d{1,2}))?(?:[-/.]?(\d{1,2}))?", line)
    if not found:
        raise Dropped("is no date of the form 1994, 1994-05 or 1994-05-21")
    year, month, day = (int(part or 0) for part in found.groups())
    if not FIRST_YEAR <= year <= date.today().year + 2:  # noqa: DTZ011
        raise Dropped("is a year before recordings or in the future")
    if month > 12 or day > (monthrange(year, month or 1)[1] if month else 0):
        raise Dropped("is no day of the calendar")
    precision = "day" if day else "month" if month else "year"
    return date(year, month or 1, day or 1), Track.DatePrecision(precision).value


def pitch(cell: object) -> tuple[int | None, bool | None]:
    """Return pitch class and whether it's major, if said: 0 to 11, -1, "F# minor"."""
    line = str(cell).strip()
    if re.fullmatch(r"-?\d{1,4}(?:\.0*)?", line):
        value = int(float(line))
        if value == -1:
            return None, None
        if not 0 <= value <= 11:
            raise Dropped("is no pitch class (0 for C to 11 for B, -1 for none)")
        return value, None
    found = _KEY.fullmatch(line)
    if not found:
        raise Dropped("is no key (a number from 0 to 11, or F# minor)")
    sign = (found[2] or "").lower()
    mode = (found[3] or "").lower()
    is_major = None if not mode else mode.startswith("maj")
    return (NOTES[found[1].lower()] + SHARPS[sign]) % 12, is_major


def mode(cell: object) -> bool | None:
    """Return whether a mode is major: 1 and 0, or words; -1 is unknown."""
    word = str(cell).strip().lower()
    if word in ("1", "1.0", "major", "maj", "true"):
        return True
    if word in ("0", "0.0", "minor", "min", "false"):
        return False
    if word in ("-1", "-1.0"):
        return None
    raise Dropped("is neither major (1) nor minor (0)")


def isrc(cell: object) -> str:
    """Return an ISRC without hyphens. Raises Dropped."""
    code = re.sub(r"[\s-]", "", str(cell)).upper()
    if not _ISRC.fullmatch(code):
        raise Dropped("is no ISRC (like GBAYE9400123)")
    return code


def musicbrainz_id(cell: object) -> str:
    """Return a MusicBrainz id as text, also out of its address. Raises Dropped."""
    try:
        return str(uuid.UUID(str(cell).strip().rstrip("/").rsplit("/", 1)[-1]))
    except ValueError as error:
        raise Dropped("is no MusicBrainz id (a UUID)") from error


def spotify_id(cell: object) -> str:
    """Return a Spotify track id, also out of an address or URI. Raises Dropped."""
    found = _SPOTIFY.search(str(cell).strip())
    if not found:
        raise Dropped("is no Spotify id (22 letters and digits)")
    return found[1]


def youtube_id(cell: object) -> str:
    """Return a YouTube video's id, also out of its address. Raises Dropped."""
    return _id_elsewhere(
        _YOUTUBE, cell, "is no YouTube video (11 letters, digits, - _)"
    )


def apple_music_id(cell: object) -> str:
    """Return an Apple Music song's number, also out of its address. Raises Dropped.

    An album's address names a song only where it says which.
    """
    return _id_elsewhere(_APPLE, cell, "is no Apple Music song (a number)")


def deezer_id(cell: object) -> str:
    """Return a Deezer track's number, also out of its address. Raises Dropped."""
    return _id_elsewhere(_DEEZER, cell, "is no Deezer track (a number)")


def _id_elsewhere(form: re.Pattern[str], cell: object, problem: str) -> str:
    found = form.fullmatch(str(cell).strip().removesuffix(".0"))
    if not found:
        raise Dropped(problem)
    return found[1] or found[2]


def language(cell: object) -> str:
    """Return a language's code. Raises Dropped."""
    code = str(cell).strip().lower().replace("_", "-")
    if not _LANGUAGE.fullmatch(code):
        raise Dropped("is no language code (en, de, pt-br)")
    return code


def first(cells: Sequence[Any]) -> Any:
    """Return the first cell that says something, or None."""
    return next((cell for cell in cells if not is_empty(cell)), None)
