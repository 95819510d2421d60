"""Bars, laid out for a picture that the server draws.

The rule of this file: pure geometry in the picture's own units; colours are classes, by
the place of a part in its bar. Each picture stands beside a table of its figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from feedback.curation.figures import Row

# Small enough for its words to be read on a phone.
WIDTH = 420
# Of lying bars: their labels' room, a bar and its row.
LABEL_WIDTH, BAR_HEIGHT, ROW_HEIGHT = 122, 14, 22
COUNT_WIDTH = 44
# Of standing bars: the height of the highest, and the room below and above.
HEIGHT, FOOT, HEAD = 110, 22, 18
GAP = 3
LABELS_SHOWN, LABEL_CHARS = 4, 19


@dataclass(frozen=True)
class Part:
    """A piece of a bar. place: which of its counts, from 0."""

    x: float
    y: float
    width: float
    height: float
    place: int


@dataclass(frozen=True)
class Text:
    """Words in a picture. anchor: "start", "middle" or "end"."""

    x: float
    y: float
    words: str
    anchor: str = "start"


@dataclass(frozen=True)
class Chart:
    """A picture and the table beside it. heads: what each count is of."""

    id: str
    title: str
    about: str
    first: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    width: float
    height: float
    parts: tuple[Part, ...]
    texts: tuple[Text, ...]


def lying(
    id: str, title: str, *, first: str, heads: Sequence[str], rows: Sequence[Row]
) -> Chart:
    """Lay out a bar for each row, from the left. first: what the rows are."""
    longest = max((row.total for row in rows), default=0) or 1
    room = WIDTH - LABEL_WIDTH - COUNT_WIDTH
    parts, texts = [], []
    for n, row in enumerate(rows):
        top, x = n * ROW_HEIGHT + (ROW_HEIGHT - BAR_HEIGHT) / 2, float(LABEL_WIDTH)
        for place, count in enumerate(row.counts):
            width = room * count / longest
            if count:
                parts.append(Part(x, top, round(width, 2), BAR_HEIGHT, place))
            x = round(x + width, 2)
        base = top + BAR_HEIGHT - 4
        texts.append(Text(LABEL_WIDTH - 8, base, _short(row.label), "end"))
        texts.append(Text(x + 6, base, f"{row.total:,}"))
    height = max(len(rows), 1) * ROW_HEIGHT
    return Chart(
        id=id,
        title=title,
        about=_about(rows, heads),
        first=first,
        heads=tuple(heads),
        rows=tuple(rows),
        width=WIDTH,
        height=height,
        parts=tuple(parts),
        texts=tuple(texts),
    )


def standing(
    id: str, title: str, *, first: str, heads: Sequence[str], rows: Sequence[Row]
) -> Chart:
    """Lay out a bar for each row, from left to right, with a label now and then."""
    highest = max((row.total for row in rows), default=0) or 1
    step = WIDTH / max(len(rows), 1)
    every = -(-len(rows) // LABELS_SHOWN) or 1
    parts, texts = [], []
    for n, row in enumerate(rows):
        y = float(HEAD + HEIGHT)
        for place, count in enumerate(row.counts):
            height = HEIGHT * count / highest
            y = round(y - height, 2)
            if count:
                x, width = round(n * step + GAP / 2, 2), round(step - GAP, 2)
                parts.append(Part(x, y, width, round(height, 2), place))
        # The newest is named, and others at even steps before it.
        if (len(rows) - 1 - n) % every == 0:
            texts.append(_under(n, len(rows), row.label))
    texts.append(Text(0, HEAD - 5, f"{highest:,} at most"))
    return Chart(
        id=id,
        title=title,
        about=_about(rows, heads),
        first=first,
        heads=tuple(heads),
        rows=tuple(rows),
        width=WIDTH,
        height=HEAD + HEIGHT + FOOT,
        parts=tuple(parts),
        texts=tuple(texts),
    )


def _under(n: int, count: int, label: str) -> Text:
    """Put a label under the bar of a place; those at the ends stay in the picture."""
    base = HEAD + HEIGHT + FOOT - 8
    if n == count - 1:
        return Text(WIDTH, base, label, "end")
    if n == 0:
        return Text(0, base, label)
    return Text(round((n + 0.5) * WIDTH / count, 2), base, label, "middle")


def _about(rows: Sequence[Row], heads: Sequence[str]) -> str:
    """Say in a sentence what a picture shows, for those who don't see it."""
    sums = [sum(row.counts[n] for row in rows) for n in range(len(heads))]
    told = ", ".join(
        f"{count:,} {head.lower()}" for head, count in zip(heads, sums, strict=True)
    )
    most = max(rows, key=lambda row: row.total, default=None)
    if most is None or not most.total:
        return "There is nothing to show yet."
    return (
        f"{told} in {len(rows)} bars; the longest is {most.label} with {most.total:,}."
    )


def _short(label: str) -> str:
    return label if len(label) <= LABEL_CHARS else f"{label[: LABEL_CHARS - 1]}…"
