"""A taste in pictures: numbers that a template draws as SVG. Pure.

Pictures are in a square of SIZE, its middle at half of that; y grows downwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from catalog.search.levels import Levels
from feedback.taste.leanings import Range

SIZE = 320.0
# Of the square, how far the axes reach, and where their names stand.
REACH, NAMED_AT = 0.34, 0.42
# Fewer axes draw no shape.
FEWEST_AXES = 3
RINGS = (0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True)
class Axis:
    """One attribute of a radar: its end, and where its name stands."""

    name: str
    x: float
    y: float
    name_x: float
    name_y: float
    anchor: str


@dataclass(frozen=True)
class Radar:
    """Ranges as shares of the catalog. band: between low and high; both rings as paths.

    rings: radii. middle: points of a polygon.
    """

    axes: tuple[Axis, ...]
    rings: tuple[float, ...]
    band: str
    middle: str


@dataclass(frozen=True)
class Dot:
    """A liked track on the map; interest: its number, from 0."""

    track: int
    x: float
    y: float
    interest: int


def radar_of(
    ranges: Sequence[Range], levels: Levels, *, names: Mapping[str, str]
) -> Radar | None:
    """Draw ranges by the shares of the catalog that lie below them; None for too few.

    names: what attributes are called.
    """
    shares = [
        (
            held.attribute,
            [levels.fraction_of(held.attribute, value) for value in values],
        )
        for held in ranges
        for values in [(held.low, held.middle, held.high)]
    ]
    known = [
        (attribute, [share for share in found if share is not None])
        for attribute, found in shares
        if None not in found
    ]
    if len(known) < FEWEST_AXES:
        return None
    turns = [n / len(known) for n in range(len(known))]
    axes = tuple(
        _axis(names[attribute], turn)
        for (attribute, _), turn in zip(known, turns, strict=True)
    )
    low, middle, high = (
        [
            _at(turn, REACH * found[n])
            for (_, found), turn in zip(known, turns, strict=True)
        ]
        for n in range(3)
    )
    return Radar(
        axes=axes,
        rings=tuple(round(ring * REACH * SIZE, 1) for ring in RINGS),
        band=f"M{_joined(high)}Z M{_joined(low)}Z",
        middle=_joined(middle),
    )


def dots_of(
    places: Mapping[int, tuple[float, float]], interests: Sequence[Sequence[int]]
) -> tuple[Dot, ...]:
    """Return the tracks of interests that lie on the map. places: in 0..1, by track."""
    return tuple(
        Dot(
            track,
            round(places[track][0] * SIZE, 1),
            round(places[track][1] * SIZE, 1),
            n,
        )
        for n, tracks in enumerate(interests)
        for track in tracks
        if track in places
    )


def strewn(places: Sequence[tuple[float, float]]) -> str:
    """Return places in 0..1 as a path of points."""
    return "".join(f"M{x * SIZE:.0f} {y * SIZE:.0f}h0" for x, y in places)


def _axis(name: str, turn: float) -> Axis:
    (x, y), (name_x, name_y) = _at(turn, REACH), _at(turn, NAMED_AT)
    side = name_x - SIZE / 2
    anchor = "middle" if abs(side) < SIZE / 20 else "start" if side > 0 else "end"
    return Axis(name, x, y, name_x, name_y, anchor)


def _at(turn: float, share: float) -> tuple[float, float]:
    """Return the place at a part of a turn, clockwise from the top, so far out."""
    angle = 2 * pi * turn - pi / 2
    x, y = SIZE * (0.5 + share * cos(angle)), SIZE * (0.5 + share * sin(angle))
    return round(x, 1), round(y, 1)


def _joined(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)
