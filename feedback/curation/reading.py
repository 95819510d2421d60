"""What a record's constraints mean, read back from the words that they are kept in.

The rule of this file: they are the words of the chips that a listener saw ("90s", "not
country", "in Greek"), and nothing else is stored. What isn't understood keeps its words,
and no song is held against it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from django.conf.locale import LANG_INFO

from catalog.genres import genre_spellings
from catalog.models import Track
from catalog.names import name_key
from feedback.curation.fitting import Asked

_WHOLE = {
    "instrumental": ("instrumental", False),
    "with vocals": ("instrumental", True),
    "explicit": ("explicit", False),
    "nothing explicit": ("explicit", True),
}
_VERSION = re.compile(r"(?P<no>no )?(?P<what>\w+)(?: versions)?")
_VERSIONS = {
    **{str(version): str(version) for version in Track.Version if version},
    **{f"{version}s": str(version) for version in ("cover", "demo", "edit")},
    **{"remasters": "remaster", "remixes": "remix", "original": ""},
}
_DECADE = re.compile(r"(\d{2}|\d{4})s")
_YEARS = re.compile(r"(?P<year>\d{4})|(?P<low>\d{4}) to (?P<high>\d{4})")
_OPEN_YEARS = re.compile(r"from (?P<low>\d{4})|until (?P<high>\d{4})")
_TEMPO = re.compile(
    r"up to (?P<high>\d+) BPM|from (?P<low>\d+) BPM|(?P<a>\d+) to (?P<b>\d+) BPM"
)
_LENGTH = re.compile(
    r"songs (?:up to (?P<high>\d+:\d\d)|from (?P<low>\d+:\d\d)"
    r"|of (?P<a>\d+:\d\d) to (?P<b>\d+:\d\d))"
)
_LEANING = re.compile(r"(?P<side>low|high) (?P<name>\w+)")
# Two digits name a decade of the last century from this one on.
_FIRST_SHORT = 1900
_MIDDLE = 0.5


def asked_of(constraints: object) -> list[Asked]:
    """Read a record's constraints."""
    rows = constraints if isinstance(constraints, list) else []
    return [label_read(str(row)) for row in rows]


def label_read(words: str) -> Asked:
    """Read one chip's words."""
    if words in _WHOLE:
        kind, is_refused = _WHOLE[words]
        return Asked(kind, words, is_refused=is_refused)
    if (version := _version(words)) is not None:
        return version
    plain = words.removeprefix("not ")
    kind, key, low, high = _meaning(plain)
    return Asked(kind, words, key, low, high, is_refused=plain != words and bool(kind))


Meaning = tuple[str, str, float | None, float | None]


def _meaning(plain: str) -> Meaning:
    """Return kind, key and range of what isn't refused; no kind for what isn't known."""
    if decade := _DECADE.fullmatch(plain):
        first = int(decade[1]) + (_FIRST_SHORT if len(decade[1]) == 2 else 0)
        return "years", "", first, first + 9
    if years := _YEARS.fullmatch(plain):
        low, high = (years["year"] or years[end] for end in ("low", "high"))
        return "years", "", float(low), float(high)
    if years := _OPEN_YEARS.fullmatch(plain):
        return "years", "", _number(years["low"]), _number(years["high"])
    if tempo := _TEMPO.fullmatch(plain):
        low, high = tempo["low"] or tempo["a"], tempo["high"] or tempo["b"]
        return "tempo", "", _number(low), _number(high)
    if length := _LENGTH.fullmatch(plain):
        low, high = length["low"] or length["a"], length["high"] or length["b"]
        return "duration", "", _seconds(low), _seconds(high)
    if plain.startswith("in ") and (code := _codes().get(plain[3:].casefold())):
        return "language", code, None, None
    if leaning := _LEANING.fullmatch(plain):
        is_low = leaning["side"] == "low"
        ends = (None, _MIDDLE) if is_low else (_MIDDLE, None)
        return "attribute", leaning["name"], *ends
    genre = genre_spellings().get(name_key(plain))
    return ("genre", genre, None, None) if genre else ("", "", None, None)


def _version(words: str) -> Asked | None:
    """Read "live versions", "no covers"; "live" alone may be anything."""
    found = _VERSION.fullmatch(words)
    if found is None or found["what"] not in _VERSIONS:
        return None
    if not words.endswith(" versions") and not found["what"].endswith("s"):
        return None
    key = _VERSIONS[found["what"]]
    return Asked("version", words, key, is_refused=found["no"] is not None)


def _number(digits: str | None) -> float | None:
    return None if digits is None else float(digits)


def _seconds(clock: str | None) -> float | None:
    if clock is None:
        return None
    minutes, seconds = clock.split(":")
    return 60.0 * int(minutes) + int(seconds)


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """Return the codes of languages by their English names."""
    return {
        held["name"].casefold(): code.partition("-")[0]
        for code, held in LANG_INFO.items()
        if "name" in held
    }
