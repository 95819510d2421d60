"""What players write down: notes, drum hits and the cells that rhythms come from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

HOLD, REST = "-", "."
VELOCITIES = {"X": 1.0, "x": 0.78, "o": 0.42}


@dataclass(frozen=True)
class Note:
    """beat: from the start of the piece; velocity: 0..1; midi: 60 is middle C."""

    beat: float
    beats: float
    midi: int
    velocity: float
    delay_s: float = 0.0


@dataclass(frozen=True)
class Hit:
    """One stroke on a drum."""

    beat: float
    drum: str
    velocity: float


@dataclass(frozen=True)
class Stroke:
    """One onset in a cell: `start` and `length` are fractions of the bar."""

    start: float
    length: float
    sign: str


@cache
def read_cell(cell: str) -> tuple[Stroke, ...]:
    """Read a bar's rhythm: a sign is an onset, "-" holds it, "." is a rest.

    The bar is divided evenly by the number of signs; "|" and spaces are for the eye.
    """
    signs = [sign for sign in cell if sign not in " |"]
    strokes: list[Stroke] = []
    for place, sign in enumerate(signs):
        if sign in (HOLD, REST):
            continue
        end = place + 1
        while end < len(signs) and signs[end] == HOLD:
            end += 1
        strokes.append(Stroke(place / len(signs), (end - place) / len(signs), sign))
    return tuple(strokes)


def cell_at(cells: str, bar_index: int) -> str:
    """Return the cell of a bar from an alternation "one / two"."""
    choices = cells.split("/")
    return choices[bar_index % len(choices)].strip()
