"""What a search brings back: plain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from catalog.search.query import Constraint, Wish


@dataclass(frozen=True)
class HitReason:
    """One fact that speaks for a track: `kind` for programs, `text` for people.

    "relaxed" says which fact is outside of what was asked. near_to: the track that
    "seed" and "taste" speak of, and its likeness (cosine, up to 1).
    """

    kind: Literal[
        "seed",
        "name",
        "words",
        "genre",
        "year",
        "artist",
        "attribute",
        "mood",
        "filter",
        "taste",
        "popularity",
        "heard",
        "relaxed",
        "fill",
    ]
    text: str
    near_to: int | None = None
    likeness: float | None = None


@dataclass(frozen=True)
class Step:
    """One entry of the relaxation ledger: what was let go, on top of all before it.

    was, now: the constraint in words, before and after ("1990–1999", "any"). gave: how
    many hits it let in; a step that gave none was taken all the same. wish: the wish,
    where it was one.
    """

    constraint: Constraint | Literal["wish"]
    was: str
    now: str
    gave: int
    wish: Wish | None = None


@dataclass(frozen=True)
class Hit:
    """A track that was found, its fused score, and why.

    step: the place in the ledger (from 0) of the step that let it in; None for a hit
    that keeps all that was asked.
    """

    track_id: int
    score: float
    reasons: tuple[HitReason, ...]
    step: int | None = None


@dataclass(frozen=True)
class Shortage:
    """Why there are fewer hits than asked.

    empty: the catalog holds nothing that may be found. used_up: every track that keeps
    what can't be let go is here, or stands beside. held_fast: more would break filters
    that the caller keeps.
    """

    kind: Literal["empty", "used_up", "held_fast"]
    text: str


@dataclass(frozen=True)
class Result:
    """Hits, no track twice: those that keep everything, then step by step the others.

    ledger: what was let go, in its order. searched: how many tracks the catalog
    held. shortage: None where as many came as were asked for.
    """

    hits: tuple[Hit, ...]
    ledger: tuple[Step, ...]
    searched: int
    shortage: Shortage | None = None

    @property
    def relaxed(self) -> tuple[Wish, ...]:
        """Return the wishes that were let go and brought hits, in that order."""
        return tuple(s.wish for s in self.ledger if s.wish is not None and s.gave)

    @property
    def kept_all(self) -> tuple[Hit, ...]:
        """Return the hits that keep every filter; wishes and tags may have been let go."""
        soft = {
            i
            for i, step in enumerate(self.ledger)
            if step.wish is not None or step.constraint == "tags"
        }
        return tuple(h for h in self.hits if h.step is None or h.step in soft)

    def ledger_of(self, hits: Iterable[Hit]) -> tuple[Step, ...]:
        """Return the steps that let hits in, each once, in the ledger's order."""
        steps = sorted({hit.step for hit in hits if hit.step is not None})
        return tuple(self.ledger[step] for step in steps)
