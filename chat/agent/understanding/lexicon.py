"""Words for moods, activities, tempo and their comparatives, as data.

Attribute steps are quantiles of the catalog and not units: what counts as calm
depends on what there is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast

from catalog.names import name_key
from catalog.search.query import Attribute
from catalog.search.words import STOP_WORDS

DATA = Path(__file__).parent.parent / "data"

_STEP = re.compile(r"([a-z]+)([+-]\d|0|[+-])$")
_COLUMNS: dict[str, Attribute] = {"tempo": "tempo_bpm"}
# What stands in place of attributes.
_SEARCHED, _IDIOM = "!", "-"


@dataclass(frozen=True)
class Leaning:
    """Where a word puts an attribute: -2 (lowest quarter) to +2 (highest quarter).

    0 is the middle half.
    """

    attribute: Attribute
    step: int


@lru_cache(maxsize=1)
def mood_words() -> dict[str, tuple[Leaning, ...]]:
    """Read what each mood word asks of a song, by name key."""
    return {
        name_key(phrase): () if columns == _SEARCHED else _leanings(columns)
        for phrase, columns, *_ in _rows("moods.tsv")
        if columns != _IDIOM
    }


@lru_cache(maxsize=1)
def idioms() -> frozenset[str]:
    """Read phrases in which a mood word means something else: "down for", "i love"."""
    rows = _rows("moods.tsv")
    return frozenset(name_key(row[0]) for row in rows if row[1] == _IDIOM)


@lru_cache(maxsize=1)
def _manners() -> dict[str, str]:
    occasions = {
        name_key(phrase): "occasion"
        for _, _, phrases in grouped_rows("contexts.tsv")
        for phrase in phrases
    }
    moods = {
        name_key(row[0]): row[2] if len(row) > 2 else "quality"
        for row in _rows("moods.tsv")
    }
    return occasions | moods


def manner_of(phrase: str) -> str:
    """Say how a reply may take a mood up: quality, feeling, occasion or aside."""
    return _manners().get(name_key(phrase), "quality")


@lru_cache(maxsize=1)
def comparative_words() -> dict[str, tuple[Leaning, ...]]:
    """Read what "more X" or "X-er" moves, by name key: steps of -1 or +1."""
    rows = _rows("comparatives.tsv")
    return {name_key(phrase): _leanings(columns) for phrase, columns, *_ in rows}


@lru_cache(maxsize=1)
def command_words() -> frozenset[str]:
    """Read the words of requests and talk, which don't tell how music sounds."""
    lines = (DATA / "command_words.txt").read_text(encoding="utf-8").splitlines()
    said = (word for line in lines if line[:1] != "#" for word in line.split())
    return STOP_WORDS | {name_key(word) for word in said}


@lru_cache(maxsize=1)
def place_words() -> frozenset[str]:
    """Read names of countries, languages and the calendar: no artist's, though capital."""
    lines = (DATA / "places.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if line[:1] != "#" for word in line.split())


def grouped_rows(
    name: str, *, has_key: bool = True, has_leanings: bool = True
) -> Iterator[tuple[str, tuple[Leaning, ...], tuple[str, ...]]]:
    """Yield key, leanings and phrases of each row of a file of vocabularies."""
    for row in _rows(name):
        columns = row[1 if has_key else 0]
        asks = has_leanings and columns != _SEARCHED
        leanings = _leanings(columns) if asks else ()
        yield row[0] if has_key else "", leanings, tuple(row[-1].split(", "))


def _rows(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def _leanings(columns: str) -> tuple[Leaning, ...]:
    return tuple(map(_leaning, columns.split()))


def _leaning(column: str) -> Leaning:
    match = _STEP.match(column)
    if match is None:
        raise ValueError(f"not an attribute and a step: {column!r}")
    name, step = match.groups()
    attribute = cast("Attribute", _COLUMNS.get(name, name))
    return Leaning(attribute, int(step + "1" if step in "+-" else step))
