"""The times that a clause asks for and refuses, and whether they can be met at once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from chat.agent.constraints import Constraint, years
from chat.agent.understanding.clauses import Clause
from chat.agent.understanding.eras import Era, eras_said

# Nobody names more in one breath.
MOST_ERAS = 4

_REFUSED = re.compile(
    r"\b(?:not|no|nothing|none|fewer|less|without|except|excluding|avoid|hate|don't|anything but"
    r"|but not|everything but|all but|other than|apart from)(?: (?:any|anything|something"
    r"|songs?|music|tracks?|stuff|from|of|in|the|want|like|play|add|hear|to|that's|that is"
    r"|made|released|for))*\s*$"
)
# "80s songs and 90s songs" are songs of either.
_EITHER = re.compile(
    r"^(?:\W|songs?|music|tracks?|tunes?|hits|stuff|from|the)*(?:and|or|&|,)\b"
)


@dataclass(frozen=True)
class Times:
    """Years asked for, in one span; those refused; and what can't be at once.

    places: where all of it stands in the clause's text.
    """

    year_from: int | None = None
    year_to: int | None = None
    words: str = ""
    refused: tuple[Constraint, ...] = ()
    contradictions: tuple[str, ...] = ()
    places: tuple[range, ...] = field(default=())

    def covers(self, place: int) -> bool:
        """Say whether a place in the clause's text belongs to a time."""
        return any(place in span for span in self.places)


def times_in(clause: Clause, *, this_year: int) -> Times:
    """Read the times of a clause: "90s, but nothing after 1995" ends in 1995."""
    asked: list[Era] = []
    refused: list[Era] = []
    for era in _eras(clause.text, this_year):
        is_refused = _REFUSED.search(clause.text[: era.start]) is not None
        (refused if is_refused else asked).append(era)
    places = tuple(range(era.start, era.end) for era in (*asked, *refused))
    turned_away = tuple(
        years(era.year_from, era.year_to, is_refused=True, words=era.words)
        for era in refused
    )
    asked.sort(key=lambda era: era.start)
    words = " ".join(era.words for era in asked)
    if not asked:
        return Times(refused=turned_away, places=places)
    first, *others = asked
    low, high = first.year_from, first.year_to
    for before, era in zip(asked, others, strict=False):
        between = clause.text[before.end : era.start]
        if _EITHER.match(between):
            low, high = _hull((low, high), (era.year_from, era.year_to))
            continue
        low, high = _overlap((low, high), (era.year_from, era.year_to))
    if low is not None and high is not None and low > high:
        said = tuple(era.words for era in asked)
        return Times(refused=turned_away, contradictions=said, places=places)
    return Times(low, high, words, turned_away, (), places)


def without_times(clause: Clause, *, this_year: int) -> str:
    """Return the clause's masked text with its times blanked: "the last ten years"."""
    masked = clause.masked
    for era in _eras(clause.text, this_year):
        masked = masked[: era.start] + " " * (era.end - era.start) + masked[era.end :]
    return masked


def _eras(text: str, this_year: int) -> tuple[Era, ...]:
    return eras_said(text, this_year=this_year)[:MOST_ERAS]


Span = tuple[int | None, int | None]


def both(one: Span, other: Span) -> Span:
    """Return the years of both spans, or from the first to the last of either."""
    if one == (None, None) or other == (None, None):
        return other if one == (None, None) else one
    low, high = _overlap(one, other)
    if low is not None and high is not None and low > high:
        return _hull(one, other)
    return low, high


def _hull(one: Span, other: Span) -> Span:
    lows, highs = (one[0], other[0]), (one[1], other[1])
    low = None if None in lows else min(x for x in lows if x is not None)
    high = None if None in highs else max(x for x in highs if x is not None)
    return low, high


def _overlap(one: Span, other: Span) -> Span:
    lows = [x for x in (one[0], other[0]) if x is not None]
    highs = [x for x in (one[1], other[1]) if x is not None]
    return max(lows, default=None), min(highs, default=None)
