"""What songs must be beside genre, artist and time: language, voice, version, tempo, length.

Each is read as a constraint with its place in the clause, so that the words aren't read
a second time as a mood or a count.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from chat.agent.constraints import Constraint
from chat.agent.understanding.clauses import Clause
from chat.agent.understanding.demand import Demand
from chat.agent.understanding.figures import FIGURES
from chat.agent.understanding.manners import MANNERS
from chat.agent.understanding.negation import is_refused_at
from chat.agent.understanding.tokens import Span


def demands_in(clause: Clause, text: str) -> tuple[Demand, ...]:
    """Find what a clause demands. text: the message."""
    found: list[Demand] = []
    left = clause.masked
    for pattern, reader in (*FIGURES, *MANNERS):
        for match in pattern.finditer(left):
            constraint = reader(match)
            if constraint is None:
                continue
            start, end = match.span()
            found.append(Demand(constraint, start, end))
            left = left[:start] + " " * (end - start) + left[end:]
    return tuple(_turned(clause, text, sorted(found, key=lambda d: d.start)))


_JOINT = re.compile(r"\W*(?:(?:or|and|nor|any)\b\W*)*")


def _turned(clause: Clause, text: str, found: list[Demand]) -> Iterator[Demand]:
    """Yield the demands, turned round where they are refused: "no remixes or covers"."""
    last_end, was_refused = 0, False
    for demand in found:
        is_refused = _is_refused(clause, text, demand.start)
        gap = clause.masked[last_end : demand.start]
        if not is_refused and was_refused:
            is_refused = _JOINT.fullmatch(gap) is not None
        last_end, was_refused = demand.end, is_refused
        constraint = _refused(demand.constraint) if is_refused else demand.constraint
        yield Demand(constraint, demand.start, demand.end)


def without_demands(clause: Clause, demands: tuple[Demand, ...]) -> Clause:
    """Return the clause with what was demanded blanked, and nothing named there."""
    text, masked = clause.text, clause.masked
    for demand in demands:
        blank = " " * (demand.end - demand.start)
        text = text[: demand.start] + blank + text[demand.end :]
        masked = masked[: demand.start] + blank + masked[demand.end :]
    gone = {
        clause.start + place
        for demand in demands
        for place in range(demand.start, demand.end)
    }
    return Clause(
        text,
        masked,
        clause.start,
        tuple(token for token in clause.tokens if token.start not in gone),
        tuple(name for name in clause.named if name.start not in gone),
    )


def _is_refused(clause: Clause, text: str, start: int) -> bool:
    at = clause.start + start
    first = bisect_left(clause.tokens, at, key=lambda token: token.start)
    if first == len(clause.tokens):
        return False
    return is_refused_at(text, clause.tokens, Span(first, first + 1))


def _refused(constraint: Constraint) -> Constraint:
    """Turn a demand round; one for a range of figures is the other side of it."""
    low, high = constraint.low, constraint.high
    fields = vars(constraint) | {"words": f"no {constraint.words}"}
    if constraint.kind in ("tempo", "duration"):
        if low is None or high is None:
            return Constraint(**fields | {"low": high, "high": low})
        return Constraint(**fields | {"is_refused": True})
    return Constraint(**fields | {"is_refused": not constraint.is_refused})
