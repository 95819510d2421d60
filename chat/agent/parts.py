"""How many songs of a list go to each of several kinds that share it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def places_for(
    shares: Sequence[float], count: int, *, held: Sequence[int] = ()
) -> list[int]:
    """Return how many of `count` places each share takes, the sum being just that.

    held: how many of each there are already. Each place goes to whichever is furthest
    below its share of the whole, the first of equals.
    """
    whole = sum(held) + count
    wanted = [share * whole / sum(shares) for share in shares]
    taken = list(held) or [0] * len(shares)
    places = [0] * len(shares)
    for _ in range(count):
        gaps = [want - have for want, have in zip(wanted, taken, strict=True)]
        furthest = gaps.index(max(gaps))
        taken[furthest] += 1
        places[furthest] += 1
    return places


def interleaved(rows: Sequence[Sequence[T]]) -> list[T]:
    """Return all that the rows hold, each row spread evenly over the whole."""
    placed = [
        ((i + 0.5) / len(row), which, item)
        for which, row in enumerate(rows)
        for i, item in enumerate(row)
    ]
    return [item for _, _, item in sorted(placed, key=lambda p: p[:2])]
