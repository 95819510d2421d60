"""An order that was wished for: "start calm, end wild", a path through the list.

A path leads through points of the valence-energy plane (and of tempo, for "slow to
fast"), each a share of the catalog: 0.9 is what nine tenths of the songs lie below.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from catalog.search.levels import Levels
from catalog.search.query import Attribute

AXES: tuple[Attribute, ...] = ("energy", "valence", "tempo_bpm")


@dataclass(frozen=True)
class Waypoint:
    """Where the path leads through: shares of the catalog in [0, 1], None for free."""

    energy: float | None = None
    valence: float | None = None
    tempo_bpm: float | None = None

    def on(self, axis: Attribute) -> float | None:
        """Return the share on an axis."""
        return {
            "energy": self.energy,
            "valence": self.valence,
            "tempo_bpm": self.tempo_bpm,
        }.get(axis)


@dataclass(frozen=True)
class Arc:
    """A path through at least two points, evenly spaced along the list."""

    words: str
    points: tuple[Waypoint, ...]

    def reversed(self) -> Arc:
        """Return the path walked the other way."""
        return Arc(self.words, self.points[::-1])

    def axes(self) -> tuple[Attribute, ...]:
        """Return the attributes that the path says something of."""
        return tuple(
            axis
            for axis in AXES
            if any(point.on(axis) is not None for point in self.points)
        )

    def at(self, share: float) -> dict[Attribute, float]:
        """Return where the path is after a share (0..1) of the list, by attribute."""
        found: dict[Attribute, float] = {}
        steps = np.linspace(0, 1, len(self.points))
        for axis in self.axes():
            known = [
                (step, value)
                for step, point in zip(steps, self.points, strict=True)
                if (value := point.on(axis)) is not None
            ]
            places, values = np.array(known).T
            found[axis] = float(np.interp(share, places, values))
        return found


# A song whose attribute is unknown stands anywhere, as if it were of the middle.
_UNKNOWN = 0.5


def ordered_along(
    arc: Arc,
    tracks: Sequence[int],
    facts: Mapping[int, Mapping[str, float | None]],
    levels: Levels,
) -> tuple[int, ...]:
    """Return the tracks in the order that follows the path best.

    Of all orders it is the one whose songs lie nearest to their places on the path, by
    squares, after the list's own values are stretched over the path: a list of calm
    songs still builds up. O(n^3), some milliseconds for a hundred songs.
    """
    # Half a second to import, which no other use of this module needs.
    from scipy.optimize import linear_sum_assignment

    if len(tracks) < 2:
        return tuple(tracks)
    costs = np.zeros((len(tracks), len(tracks)))
    shares = np.linspace(0, 1, len(tracks))
    for axis in arc.axes():
        targets = np.array([arc.at(share)[axis] for share in shares])
        values = np.array([_share(axis, facts.get(t, {}), levels) for t in tracks])
        costs += (_stretched(values, targets)[:, None] - targets[None, :]) ** 2
    rows, places = linear_sum_assignment(costs)
    by_place = dict(zip(places.tolist(), rows.tolist(), strict=True))
    return tuple(tracks[by_place[place]] for place in range(len(tracks)))


def _share(axis: Attribute, facts: Mapping[str, float | None], levels: Levels) -> float:
    value = facts.get(axis)
    share = None if value is None else levels.fraction_of(axis, value)
    return _UNKNOWN if share is None else share


def _stretched(values: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Return the values moved so that their range is that of the targets."""
    low, high = values.min(), values.max()
    if high == low:
        return np.full_like(values, targets.mean())
    scaled = (values - low) / (high - low)
    return np.asarray(targets.min() + scaled * (targets.max() - targets.min()))


def place_for(
    arc: Arc,
    track: int,
    tracks: Sequence[int],
    facts: Mapping[int, Mapping[str, float | None]],
    levels: Levels,
) -> int:
    """Return the place (from 0) in an ordered list where one more song goes best.

    The others keep their order, whatever was moved by hand: it is the place that parts
    best those that the path has before the song from those that it has behind.
    """
    ideal = ordered_along(arc, (*tracks, track), facts, levels)
    rank = {one: place for place, one in enumerate(ideal)}
    is_before = np.array([rank[one] < rank[track] for one in tracks], int)
    wrong_behind = is_before.sum() - np.concatenate(([0], np.cumsum(is_before)))
    wrong_ahead = np.concatenate(([0], np.cumsum(1 - is_before)))
    return int(np.argmin(wrong_behind + wrong_ahead))
