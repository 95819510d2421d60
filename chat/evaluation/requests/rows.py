"""Reads MusicRecoIntent: one request a row, its descriptors as a Python literal."""

from __future__ import annotations

import ast
import csv
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from catalog.evaluation.failure import CannotEvaluate

# Their types, by our kinds. Named entities are measured by `evaluate artists`.
TYPES: Mapping[str, str] = {
    "genre": "Genre",
    "mood": "Mood",
    "instrument": "Instrument",
    "context": "ListeningContext",
    "era": "Decade",
    "place": "country",
}
HALVES = ("a", "b")


@dataclass(frozen=True)
class Marked:
    """One descriptor: its type, the words in lower case, and +, - or ~."""

    type: str
    text: str
    polarity: str

    @property
    def bare(self) -> tuple[str, str]:
        """The descriptor without its polarity."""
        return self.type, self.text


@dataclass(frozen=True)
class Request:
    """A query and what annotators marked in it, named entities left out."""

    query: str
    marked: frozenset[Marked]

    @property
    def half(self) -> str:
        """Return "a" or "b", by the query alone: the code was written looking at a."""
        return HALVES[hashlib.sha256(self.query.encode()).digest()[0] & 1]


def requests_read(path: Path) -> list[Request]:
    """Read the file. Raises CannotEvaluate for one that isn't MusicRecoIntent's."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CannotEvaluate(f"{path} can't be read as CSV: {error}.") from error
    if not rows or not {"query", "intents"} <= rows[0].keys():
        raise CannotEvaluate(
            f"{path} has no columns query and intents: give MusicRecoIntent's queries."
        )
    return [_request(row, i) for i, row in enumerate(rows, start=2)]


def _request(row: Mapping[str, str], line: int) -> Request:
    try:
        intents = ast.literal_eval(row["intents"])
        marked = frozenset(
            Marked(kind, text.lower(), polarity)
            for kind, words in intents.items()
            if kind in TYPES.values()
            for text, polarity in words
        )
    except (ValueError, SyntaxError, TypeError, AttributeError) as error:
        raise CannotEvaluate(
            f"Row {line}: intents should be a literal such as "
            "{'Genre': {('rock', '+'): 1.0}}."
        ) from error
    return Request(row["query"], marked)
