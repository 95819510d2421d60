"""A demand and how one is read: a pattern, and what its match asks for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from chat.agent.constraints import Constraint


@dataclass(frozen=True)
class Demand:
    """A constraint and its place in the clause's text."""

    constraint: Constraint
    start: int
    end: int


Reader = Callable[[re.Match[str]], Constraint | None]


def said(match: re.Match[str]) -> str:
    """Return the words of a match, a space between two."""
    return " ".join(match.group().split())
