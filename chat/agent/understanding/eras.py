"""Times of release in words: decades, years, before and after."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chat.agent.understanding.numbers import NUMBER, number_of

_DECADE_WORDS = {
    "fifties": 1950, "sixties": 1960, "seventies": 1970, "eighties": 1980,
    "nineties": 1990, "noughties": 2000, "aughts": 2000, "two thousands": 2000,
}  # fmt: skip
_PARTS = {"early": (0, 3), "mid": (3, 6), "late": (6, 9)}

_DECADE = re.compile(
    r"\b(?:(?P<part>early|mid|late)[ -])?(?:the )?(?:"
    r"(?P<century>19|20)?(?P<tens>\d)0['’]?s|(?P<word>"
    + "|".join(_DECADE_WORDS)
    + r"))\b"
)
_YEAR = r"(?P<{}>(?:19|20)\d\d)"
_BETWEEN = re.compile(
    r"\b(?:between |from )?"
    + _YEAR.format("a")
    + r"\s?(?:-|–|to|and|until|till)\s?"
    + _YEAR.format("b")
    + r"\b"
)
_DECADES = re.compile(
    r"\b(?P<a>(?:19|20)?\d0)['’]?s?\s?(?:-|–|to|and|or|&)\s?(?:the )?"
    r"(?P<b>(?:19|20)?\d0)['’]?s\b"
)
_BEFORE = re.compile(
    r"\b(?:before|older than|earlier than|pre|up to|until)[ -](?:the )?"
    r"(?:" + _YEAR.format("y") + r"|(?P<d>(?:19|20)?\d0)['’]?s)\b"
)
_AFTER = re.compile(
    r"\b(?:(?P<since>since|from)|after|newer than|later than|post)[ -](?:the )?"
    + _YEAR.format("y")
    + r"(?P<on> on(?:wards?)?)?\b"
)
_EXACT = re.compile(r"\b(?:in|of|from|year)? ?" + _YEAR.format("y") + r"\b")
_LAST = re.compile(rf"\b(?:last|past) (?P<n>{NUMBER}) (?P<unit>years?|decades?)\b")
_OLD = re.compile(r"\b(?:oldies|old songs|golden oldies|vintage)\b")
_NEW = re.compile(
    r"\b(?:recent(?:ly)?|new(?:er|est)? (?:songs|music|tracks|releases|stuff)|modern|"
    r"current|contemporary|latest)\b"
)

# "Oldies" on radio meant rock and pop of the 1950s and 60s.
OLDIES_TO = 1969
RECENT_YEARS = 5


@dataclass(frozen=True)
class Era:
    """Years of release, both ends counted in; None leaves an end open.

    `words` is how the person said it; start and end are its place in the text.
    """

    year_from: int | None
    year_to: int | None
    words: str
    start: int
    end: int


def era_said(text: str, *, this_year: int) -> Era | None:
    """Return the time of release that a text asks for. text: lower case."""
    for pattern, reader in _READERS:
        match = pattern.search(text)
        if match is not None:
            year_from, year_to = reader(match, this_year)
            words = match.group().strip()
            return Era(year_from, year_to, words, match.start(), match.end())
    return None


def _full_decade(digits: str) -> int:
    """Return the first year of a decade written with two or four digits."""
    if len(digits) == 4:
        return int(digits)
    # Recorded music that people ask for begins in the twenties of the last century,
    # but "20s" and "10s" said now mean this one.
    return int(digits) + (1900 if int(digits) >= 30 else 2000)


Years = tuple[int | None, int | None]


def _decade(match: re.Match[str], this_year: int) -> Years:
    if match["word"]:
        start = _DECADE_WORDS[match["word"]]
    else:
        start = _full_decade((match["century"] or "") + match["tens"] + "0")
    first, last = _PARTS.get(match["part"] or "", (0, 9))
    return start + first, start + last


def _decades(match: re.Match[str], this_year: int) -> Years:
    ends = sorted((_full_decade(match["a"]), _full_decade(match["b"])))
    return ends[0], ends[1] + 9


def _between(match: re.Match[str], this_year: int) -> Years:
    ends = sorted((int(match["a"]), int(match["b"])))
    return ends[0], ends[1]


def _before(match: re.Match[str], this_year: int) -> Years:
    year = int(match["y"]) if match["y"] else _full_decade(match["d"])
    counted_in = match.group().startswith(("up to", "until"))
    return None, year if counted_in else year - 1


def _after(match: re.Match[str], this_year: int) -> Years:
    year = int(match["y"])
    if match["since"] == "from" and not match["on"]:
        return year, year
    return (year if match["since"] or match["on"] else year + 1), None


def _exact(match: re.Match[str], this_year: int) -> Years:
    return int(match["y"]), int(match["y"])


def _last(match: re.Match[str], this_year: int) -> Years:
    years = number_of(match["n"]) * (10 if match["unit"].startswith("d") else 1)
    return this_year - years, None


def _old(match: re.Match[str], this_year: int) -> Years:
    return None, OLDIES_TO


def _new(match: re.Match[str], this_year: int) -> Years:
    return this_year - RECENT_YEARS, None


_READERS = (
    (_BETWEEN, _between),
    (_DECADES, _decades),
    (_BEFORE, _before),
    (_AFTER, _after),
    (_LAST, _last),
    (_DECADE, _decade),
    (_EXACT, _exact),
    (_OLD, _old),
    (_NEW, _new),
)
