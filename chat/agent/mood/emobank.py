"""EmoBank: sentences with valence and arousal from 1 to 5, and their official split.

Source: Buechel and Hahn, "EmoBank: studying the impact of annotation perspective and
representation format on dimensional emotion analysis", EACL 2017; CC BY-SA 4.0.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

COLUMNS = ("id", "split", "V", "A", "text")
SPLITS = ("train", "dev", "test")
SCALE = (1.0, 5.0)


class UnusableSentences(Exception):
    """The file can't be read as EmoBank; the message says why and what to do."""


@dataclass(frozen=True)
class Sentences:
    """Texts and how they feel. moods: (n, 2) float64, valence and arousal, 1 to 5."""

    texts: tuple[str, ...]
    moods: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.texts)


def sentences_of(path: Path, *splits: str) -> Sentences:
    """Read the sentences of some splits, in the file's order.

    Raises UnusableSentences for a file that isn't EmoBank's table, has a row that
    can't be read, or has none of these splits.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = _rows(csv.DictReader(file), path.name)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnusableSentences(f"{path} can't be read: {error}.") from error
    chosen = [row for row in rows if row[0] in splits]
    if not chosen:
        raise UnusableSentences(
            f"{path.name} has no sentence of the split {' or '.join(splits)}."
        )
    return Sentences(
        tuple(text for _, text, _ in chosen), np.array([mood for *_, mood in chosen])
    )


def _rows(
    table: Iterable[dict[str, str | None]] | csv.DictReader[str], name: str
) -> list[tuple[str, str, tuple[float, float]]]:
    fields = getattr(table, "fieldnames", None) or ()
    lacking = [column for column in COLUMNS if column not in fields]
    if lacking:
        raise UnusableSentences(
            f"{name} lacks the column {', '.join(lacking)}. It should be emobank.csv, "
            f"with the columns {', '.join(COLUMNS)}."
        )
    return [_row(row, number, name) for number, row in enumerate(table, 2)]


def _row(
    row: dict[str, str | None], number: int, name: str
) -> tuple[str, str, tuple[float, float]]:
    split, text = row["split"] or "", row["text"]
    if split not in SPLITS:
        raise UnusableSentences(
            f"{name}, row {number}: the split is {split!r}, not {' or '.join(SPLITS)}."
        )
    if text is None:
        raise UnusableSentences(f"{name}, row {number}: the text is missing.")
    return (
        split,
        text,
        (_figure(row, "V", number, name), _figure(row, "A", number, name)),
    )


def _figure(row: dict[str, str | None], column: str, number: int, name: str) -> float:
    said = row[column] or ""
    try:
        figure = float(said)
    except ValueError:
        figure = float("nan")
    low, high = SCALE
    if not isfinite(figure) or not low <= figure <= high:
        raise UnusableSentences(
            f"{name}, row {number}: {column} is {said!r}, not a number from 1 to 5."
        )
    return figure
