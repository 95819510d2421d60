"""Times of release in words: decades, years, before and after."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from chat.agent.understanding.numbers import NUMBER, number_of

_DECADE_WORDS = {
    "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960,
    "seventies": 1970, "eighties": 1980, "nineties": 1990, "noughties": 2000,
    "aughts": 2000, "two thousands": 2000, "twenty tens": 2010,
    "roaring twenties": 1920,
}  # fmt: skip
_PARTS = {"early": (0, 3), "mid": (3, 6), "late": (6, 9)}

_NAMED = "|".join(_DECADE_WORDS)
_JOINT = r"\s?(?:-|–|/|&|\b(?:to|and|or|until|till|through|thru|into)\b)\s?(?:the )?"
_COUNTED = r"(?:songs|tracks|tunes|pieces|more|minutes|mins|hours)\b"
_APART = r"['’]?"


def _decade_pattern(name: str) -> str:
    """Match a decade in words or digits, as group `name`: "60s", "1960's", "sixties"."""
    return rf"{_APART}(?P<{name}>(?:(?:1\d|20)?\d0{_APART}s|{_NAMED}))\b"


def _year_pattern(name: str) -> str:
    """Match a year with four digits, or two behind an apostrophe."""
    return (
        rf"(?:\b(?P<{name}>(?:1\d|20)\d\d)\b|['’](?P<{name}_short>\d\d)\b)"
        rf"(?! bpm\b)(?<!\b1[0-8]\d\d(?= {_COUNTED}))"
    )


_PART = r"(?:\b(?P<{}>early|mid|late)[ -])?"
_BETWEEN = re.compile(
    r"(?:\b(?:between|from) )?" + _year_pattern("a") + _JOINT + _year_pattern("b")
)
_DECADES = re.compile(
    _PART.format("part_a")
    + r"(?:\bthe )?(?P<a>(?:\b(?:1\d|20)?\d0|"
    + _NAMED
    + rf")){_APART}s?{_JOINT}"
    + _PART.format("part_b")
    + r"(?:the )?"
    + _decade_pattern("b")
)
_NOT_BEFORE = re.compile(
    r"\b(?:not|no|nothing|none|never) (?:from )?(?:before|older than|earlier than|pre)[ -]"
    r"(?:the )?(?:" + _year_pattern("y") + r"|" + _decade_pattern("d") + r")"
)
_NOT_AFTER = re.compile(
    r"\b(?:not|no|nothing|none|never) (?:from )?(?:after|newer than|later than|past)[ -]"
    r"(?:the )?(?:" + _year_pattern("y") + r"|" + _decade_pattern("d") + r")"
)
_BEFORE = re.compile(
    r"\b(?P<how>before|older than|earlier than|prior to|pre|up to|until)[ -]?(?:the )?"
    r"(?:" + _year_pattern("y") + r"|" + _decade_pattern("d") + r")"
    r"|(?:" + _year_pattern("z") + r"|" + _decade_pattern("e") + r")"
    r"(?: songs| music)?,? (?:or|and) (?:older|earlier|before)\b"
)
_AFTER = re.compile(
    r"\b(?P<how>since|after|newer than|later than|post)[ -]?(?:the )?"
    r"(?:" + _year_pattern("y") + r"|" + _decade_pattern("d") + r")"
    r"|(?:\bfrom )?(?:the )?(?:"
    + _year_pattern("z")
    + r"|"
    + _decade_pattern("e")
    + r")"
    r"(?: songs| music)?,? (?:on(?:wards?)?\b(?! \w)|(?:or|and) (?:newer|later|up|after|onwards?|"
    r"beyond|more recent)\b)"
)
_DECADE = re.compile(
    _PART.format("part") + r"(?:\bthe )?" + r"(?<!\d)" + _decade_pattern("d")
)
_TWENTIES = re.compile(
    _PART.format("part") + r"(?:\bthe )?\btwenties\b(?! (?:people|folks))"
)
# At which ages one was what is said, both ends counted in; the last for all else.
_AGES = (
    ("teen", (13, 19)),
    ("youth", (13, 19)),
    ("college", (18, 22)),
    ("uni", (18, 22)),
    ("school", (14, 18)),
    ("", (5, 12)),
)
_GREW = re.compile(
    r"\b(?:(?:from |of )?(?:when|while|since|back when) i was (?:a |an |in |at |still |just )*"
    r"(?:kid|child|little|young|small|teen|high school|school|college|uni)\w*"
    r"|(?:from |of )?my (?:childhood|youth|teens|teenage years|school days|college (?:years|days)))\b"
)
_BORN = re.compile(
    r"\b(?:i was |i'm |i am |i were )?born in (?:the year )?(?P<year>(?:19|20)\d\d)\b"
)
_EXACT = re.compile(r"(?:\b(?:in|of|from|year) )*" + _year_pattern("y"))
_LAST = re.compile(
    rf"\b(?:last|past|recent) (?:(?P<n>{NUMBER}) )?(?P<unit>years?|decades?)\b"
)
_THIS = re.compile(r"\bthis (?P<unit>year|decade|century)(?:['’]s)?\b")
_CENTURY = re.compile(r"\b(?P<n>1[0-9]|20|21)(?:th|st)[ -]century\b")
_TURN = re.compile(r"\bturn of the (?:millennium|century)\b|\by2k\b")
_OLD = re.compile(r"\b(?:oldies|old songs|golden oldies|vintage|old[- ]time)\b")
_NEW = re.compile(
    r"\b(?:recent|recently (?:released|made|recorded|published|written|issued|out)"
    r"|(?:released|made|recorded|published|come out|came out|out) recently|new(?:er|est)? (?:songs|music|tracks|releases|stuff)|modern|"
    r"current(?! (?:list|playlist|song|mood))|contemporary|latest|brand new|nowadays)\b"
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


@dataclass(frozen=True)
class Youth:
    """The years of a listener's childhood or youth, and where they tell of them."""

    era: Era
    spans: tuple[tuple[int, int], ...]


def youth_said(text: str, *, this_year: int) -> Youth | None:
    """Return the years in which a listener was young. text: lower case.

    "From when I was a kid, I was born in 1985", in one sentence or two.
    """
    grew, born = _GREW.search(text), _BORN.search(text)
    if not (grew and born):
        return None
    year = int(born["year"])
    first, last = next(years for word, years in _AGES if word in grew.group())
    low, high = year + first, min(year + last, this_year)
    era = Era(low, high, f"{low} to {high}", *grew.span())
    return Youth(era, (grew.span(), born.span()))


@lru_cache(maxsize=64)
def eras_said(text: str, *, this_year: int) -> tuple[Era, ...]:
    """Return every time that a text names, in its order. text: lower case.

    Where two readings meet in a word, the one that `era_said` prefers holds.
    """
    found: list[Era] = []
    taken = bytearray(len(text))
    for pattern, reader in _READERS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(taken[start:end]):
                continue
            taken[start:end] = b"\1" * (end - start)
            year_from, year_to = reader(match, this_year)
            found.append(Era(year_from, year_to, match.group().strip(), start, end))
    return tuple(sorted(found, key=lambda era: era.start))


def _first_year(said: str) -> int:
    """Return the first year of a decade in words, or in two or four digits."""
    if said in _DECADE_WORDS:
        return _DECADE_WORDS[said]
    digits = said.rstrip("s'’")
    if len(digits) == 4:
        return int(digits)
    # Recorded music that people ask for begins in the twenties of the last century,
    # but "20s" and "10s" said now mean this one.
    return int(digits) + (1900 if int(digits) >= 30 else 2000)


def _year(match: re.Match[str], name: str) -> int | None:
    """Return the year in a group, or in its short form ('65)."""
    if match[name]:
        return int(match[name])
    short = match[f"{name}_short"]
    if short is None:
        return None
    return int(short) + (1900 if int(short) >= 30 else 2000)


Years = tuple[int | None, int | None]


def _ends(match: re.Match[str]) -> tuple[int, int]:
    """Return first and last year of what "before" or "after" is said of."""
    groups = match.groupdict()
    for year_name, decade_name in (("y", "d"), ("z", "e")):
        if year_name not in groups:
            continue
        year = _year(match, year_name)
        if year is not None:
            return year, year
        if groups[decade_name]:
            first = _first_year(groups[decade_name])
            return first, first + 9
    raise ValueError(f"no year in {match.group()!r}")


def _decade(match: re.Match[str], this_year: int) -> Years:
    start = _first_year(match["d"])
    first, last = _PARTS.get(match["part"] or "", (0, 9))
    return start + first, start + last


def _twenties(match: re.Match[str], this_year: int) -> Years:
    first, last = _PARTS.get(match["part"] or "", (0, 9))
    return 1920 + first, 1920 + last


def _decades(match: re.Match[str], this_year: int) -> Years:
    halves = ((match["a"], match["part_a"]), (match["b"], match["part_b"]))
    early, late = sorted((_first_year(said), part or "") for said, part in halves)
    return early[0] + _PARTS.get(early[1], (0, 9))[0], late[0] + _PARTS.get(
        late[1], (0, 9)
    )[1]


def _between(match: re.Match[str], this_year: int) -> Years:
    ends = sorted((_year(match, "a") or 0, _year(match, "b") or 0))
    return ends[0], ends[1]


def _before(match: re.Match[str], this_year: int) -> Years:
    first, last = _ends(match)
    counted_in = match["how"] in (None, "up to", "until")
    return None, last if counted_in else first - 1


def _after(match: re.Match[str], this_year: int) -> Years:
    first, last = _ends(match)
    return (first if match["how"] in (None, "since") else last + 1), None


def _not_before(match: re.Match[str], this_year: int) -> Years:
    return _ends(match)[0], None


def _not_after(match: re.Match[str], this_year: int) -> Years:
    return None, _ends(match)[1]


def _exact(match: re.Match[str], this_year: int) -> Years:
    year = _year(match, "y")
    return year, year


def _last(match: re.Match[str], this_year: int) -> Years:
    unit = 10 if match["unit"].startswith("d") else 1
    if match["n"] is None and match["unit"].endswith("s"):
        return this_year - RECENT_YEARS, None
    count = number_of(match["n"]) if match["n"] else 1
    return this_year - min(count, 200) * unit, None


def _this(match: re.Match[str], this_year: int) -> Years:
    length = {"year": 1, "decade": 10, "century": 100}[match["unit"]]
    return this_year - this_year % length, None


def _century(match: re.Match[str], this_year: int) -> Years:
    last = int(match["n"]) * 100
    return last - 99, last


def _turn(match: re.Match[str], this_year: int) -> Years:
    return 1998, 2003


def _old(match: re.Match[str], this_year: int) -> Years:
    return None, OLDIES_TO


def _new(match: re.Match[str], this_year: int) -> Years:
    return this_year - RECENT_YEARS, None


_READERS = (
    (_BETWEEN, _between),
    (_NOT_BEFORE, _not_before),
    (_NOT_AFTER, _not_after),
    (_BEFORE, _before),
    (_AFTER, _after),
    (_DECADES, _decades),
    (_LAST, _last),
    (_DECADE, _decade),
    (_TWENTIES, _twenties),
    (_EXACT, _exact),
    (_THIS, _this),
    (_CENTURY, _century),
    (_TURN, _turn),
    (_OLD, _old),
    (_NEW, _new),
)
