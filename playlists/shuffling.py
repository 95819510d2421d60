"""An order by chance in which an artist doesn't follow on themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from random import Random


def shuffled(
    tracks: Sequence[int], artists: Mapping[int, Collection[int]], chance: Random
) -> tuple[int, ...]:
    """Return tracks in an order by chance, artists kept apart as far as can be.

    artists: whose each track is, the first credit first. An artist of more than half
    of what is left comes next, else any that isn't of the track before. O(n^2).
    """
    left = list(tracks)
    chance.shuffle(left)
    return apart(left, artists)


def apart(
    tracks: Sequence[int], artists: Mapping[int, Collection[int]]
) -> tuple[int, ...]:
    """Return tracks in their order, but for artists that would follow on themselves.

    artists: as in `shuffled`. O(n^2).
    """
    left = list(tracks)
    order: list[int] = []
    while left:
        order.append(_next(left, artists, order[-1] if order else None))
        left.remove(order[-1])
    return tuple(order)


def _next(
    left: Sequence[int], artists: Mapping[int, Collection[int]], before: int | None
) -> int:
    credits = Counter(a for track in left for a in artists.get(track, ()))
    taken = set(artists.get(before, ())) if before is not None else set()
    free = [t for t in left if t != before and taken.isdisjoint(artists.get(t, ()))]
    if not free:
        return left[0]
    most, count = credits.most_common(1)[0] if credits else (0, 0)
    if count * 2 > len(left):
        pressing = [t for t in free if most in artists.get(t, ())]
        if pressing:
            return pressing[0]
    return free[0]
