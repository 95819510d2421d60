"""The whole search under other weights: what a listener sees of them.

Behind the fusion stand one version a song, variety, and a cap an artist. They may undo
what weights gain, so the first hits themselves are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, cast

import numpy as np

from benchmarks.fusing.fuse import Way
from benchmarks.fusing.learn import interval
from catalog.search.ranking import ListName
from catalog.search.weights import WEIGHTS
from chat.evaluation.cpcd.dialogues import Asked

# As many as a first list holds.
LIMIT = 12


def compare(
    asked: Sequence[Asked],
    ids: Mapping[str, int],
    ways: Mapping[str, Way],
    *,
    on_turn: Callable[[int], object],
) -> dict[str, Any]:
    """Search for each turn in each way, in the current database.

    Returns by way hit and the share of gold among the first LIMIT hits, averaged over
    dialogues, and what the last way gains over the first, with its 95 % interval.
    """
    rows: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for number, turn in enumerate(asked):
        for name, way in ways.items():
            with _weighed(way.weights):
                rows[name].append(_found(turn, ids))
        on_turn(number + 1)
    names = sorted({turn.dialogue for turn in asked})
    place = {name: n for n, name in enumerate(names)}
    dialogue = np.array([place[turn.dialogue] for turn in asked])
    turns = np.bincount(dialogue)[:, None]
    means = {}
    for name, found in rows.items():
        means[name] = np.zeros((len(names), 2))
        np.add.at(means[name], dialogue, np.array(found))
        means[name] /= turns
    first, *_, last = means.values()
    return {
        "turns": len(asked),
        "hits": LIMIT,
        **{
            name: dict(
                zip(("hit", "precision"), mean.mean(axis=0).round(4), strict=True)
            )
            for name, mean in means.items()
        },
        "gain": {
            name: interval((last - first)[:, column])
            for column, name in enumerate(("hit", "precision"))
        },
    }


def _found(turn: Asked, ids: Mapping[str, int]) -> tuple[float, float]:
    from benchmarks.fusing.asking import query_of
    from catalog.search.engine import search_tracks

    query = query_of(turn, ids, limit=LIMIT)
    hits = {hit.track_id for hit in search_tracks(query).hits}
    right = hits.intersection({ids[song] for song in turn.gold})
    return float(bool(right)), len(right) / LIMIT


@contextmanager
def _weighed(weights: Mapping[ListName, float]) -> Iterator[None]:
    """Let the search weigh its lists so, in this process."""
    table = cast("dict[ListName, float]", WEIGHTS)
    held = dict(table)
    table.update(weights)
    try:
        yield
    finally:
        table.update(held)
