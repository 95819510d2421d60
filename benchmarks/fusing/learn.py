"""Scoring ways to weigh lists, and learning weights by coordinate ascent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from catalog.search.ranking import RRF_K, UNJUDGED_SHARE, ListName, Ranking, fused

GRID = (0.0, 0.1, 0.2, 0.4, 0.6, 0.8, 1.2, 1.8, 2.5, 3.5)
ROUNDS = 2
FOLDS = 5

Weights = Mapping[ListName, float]


@dataclass(frozen=True)
class Case:
    """One turn's lists, before any weight, and what should be found."""

    dialogue: int
    lists: Mapping[ListName, tuple[int, ...]]
    gold: frozenset[int]


def scores(
    cases: Sequence[Case],
    weights: Weights,
    *,
    unjudged: Collection[int] = (),
    of_text: Collection[ListName] = (),
    share: float = UNJUDGED_SHARE,
) -> dict[str, float]:
    """Return hit@10, hit@100 and MRR@100, averaged over turns and then dialogues.

    unjudged: tracks that the lists named in of_text can't judge; share: of what the
    others say that these are taken to say.
    """
    found: dict[int, list[tuple[float, float, float]]] = {}
    for case in cases:
        lists = [
            Ranking(name, weights.get(name, 0.0), ids)
            for name, ids in case.lists.items()
            if weights.get(name, 0.0) > 0
        ]
        judged = None
        if unjudged:
            ids = {track for ranking in lists for track in ranking.ids}
            judged = dict.fromkeys(of_text, ids.difference(unjudged))
        order = fused(lists, judged, unjudged_share=share)
        best = sorted(order, key=lambda t: (-order[t], t))[:100]
        places = [i for i, track in enumerate(best) if track in case.gold]
        first = places[0] if places else None
        found.setdefault(case.dialogue, []).append(
            (
                float(first is not None and first < 10),
                float(first is not None),
                0.0 if first is None else 1 / (first + 1),
            )
        )
    if not found:
        return {"hit@10": 0.0, "hit@100": 0.0, "mrr@100": 0.0}
    means = np.mean([np.mean(rows, axis=0) for rows in found.values()], axis=0)
    names = ("hit@10", "hit@100", "mrr@100")
    return {n: round(float(v), 4) for n, v in zip(names, means, strict=True)}


class _Tables:
    """Cases as arrays, so that a way to weigh them is tried in milliseconds.

    Of each case: what every list says of every candidate (candidates x lists), which
    candidates are gold, and its share of the average over dialogues.
    """

    def __init__(self, cases: Sequence[Case], names: Sequence[ListName]) -> None:
        turns = Counter(case.dialogue for case in cases)
        self._rows = []
        for case in cases:
            ids = {t for found in case.lists.values() for t in found}
            row = {track: i for i, track in enumerate(sorted(ids))}
            said = np.zeros((len(ids), len(names)))
            for name, found in case.lists.items():
                places = [row[track] for track in found]
                said[places, names.index(name)] = 1 / (RRF_K + np.arange(len(found)))
            gold = np.array([row[t] for t in case.gold if t in row], int)
            has_list = np.array([bool(case.lists.get(name)) for name in names])
            share = 1 / turns[case.dialogue] / len(turns)
            self._rows.append((said, gold, has_list, share))

    def aim(self, weights: np.ndarray) -> float:
        """Return hit@10 + MRR@100: the one is what counts, the other parts its ties."""
        total = 0.0
        for said, gold, has_list, share in self._rows:
            if not len(gold) or not weights[has_list].any():
                continue
            order = said @ weights
            first = int((order > order[gold].max()).sum())
            if first < 100 and order[gold].max() > 0:
                total += share * ((first < 10) + 1 / (first + 1))
        return total


def learned(cases: Sequence[Case], start: Weights) -> dict[ListName, float]:
    """Return weights that serve the cases best, moving one after another."""
    names = list(start)
    tables = _Tables(cases, names)
    best = np.array([start[name] for name in names])
    reached = tables.aim(best)
    for _ in range(ROUNDS):
        before = reached
        for i in range(len(names)):
            for value in GRID:
                tried = best.copy()
                tried[i] = value
                if (worth := tables.aim(tried)) > reached:
                    best, reached = tried, worth
        if reached == before:
            break
    return {name: float(value) for name, value in zip(names, best, strict=True)}


def folds(cases: Sequence[Case]) -> list[tuple[list[Case], list[Case]]]:
    """Return (learn from, measure on) pairs; a dialogue is never on both sides."""
    return [
        (
            [c for c in cases if c.dialogue % FOLDS != fold],
            [c for c in cases if c.dialogue % FOLDS == fold],
        )
        for fold in range(FOLDS)
    ]
