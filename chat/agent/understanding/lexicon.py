"""Words for moods, activities, tempo and their comparatives, as data.

Attribute steps are quantiles of the catalog and not units: what counts as calm
depends on what there is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast

from catalog.names import name_key
from catalog.search.query import Attribute

DATA = Path(__file__).parent.parent / "data"

_STEP = re.compile(r"([a-z]+)([+-]\d|0|[+-])$")
_COLUMNS: dict[str, Attribute] = {"tempo": "tempo_bpm"}


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
    return _read("moods.tsv")


@lru_cache(maxsize=1)
def comparative_words() -> dict[str, tuple[Leaning, ...]]:
    """Read what "more X" or "X-er" moves, by name key: steps of -1 or +1."""
    return _read("comparatives.tsv")


def _read(name: str) -> dict[str, tuple[Leaning, ...]]:
    found = {}
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        phrase, columns = line.split("\t")
        leanings = () if columns == "!" else tuple(map(_leaning, columns.split()))
        found[name_key(phrase)] = leanings
    return found


def _leaning(column: str) -> Leaning:
    match = _STEP.match(column)
    if match is None:
        raise ValueError(f"not an attribute and a step: {column!r}")
    name, step = match.groups()
    attribute = cast("Attribute", _COLUMNS.get(name, name))
    return Leaning(attribute, int(step + "1" if step in "+-" else step))
