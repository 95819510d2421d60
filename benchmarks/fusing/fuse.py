"""Fusing of many cases at once, as arrays: a way to weigh lists is tried in a blink.

The rule of this file: it fuses as `catalog.search.ranking.fused` does, which a test
compares (tests/benchmarks/test_fusing.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from benchmarks.fusing.asking import Case
from catalog.search.ranking import RRF_K, UNJUDGED_SHARE, ListName
from catalog.search.weights import WEIGHTS

METRICS = ("ndcg@20", "hit@10", "recall@100", "mrr@100")
DEPTH = 100
# 1 / log2(place + 2) [1], which nothing below place 20 adds to.
# [1] Jarvelin & Kekalainen, "Cumulated gain-based evaluation of IR techniques", 2002.
_GAIN = 1 / np.log2(np.arange(20) + 2)
_BEST_GAIN = np.concatenate([[0.0], np.cumsum(_GAIN)])


@dataclass(frozen=True)
class Way:
    """A way to fuse: weights by list, the k of reciprocal ranks, the unjudged share."""

    weights: Mapping[ListName, float]
    k: float = RRF_K
    share: float = UNJUDGED_SHARE

    def without(self, name: ListName) -> Way:
        """Return the way with a list left out."""
        return replace(self, weights={**self.weights, name: 0.0})


IN_USE = Way(WEIGHTS)
# As they were set before anything was measured, for comparison.
BY_HAND = Way(
    {
        **WEIGHTS,
        "names": 3.0,
        "text_to_text": 0.6,
        "seed_words": 0.5,
        "words": 0.4,
        "seed_artists": 0.4,
    },
    k=20,
    share=0.6,
)


@dataclass(frozen=True)
class _Arrays:
    """One case: candidates by id, their ranks by list (inf: not brought), and gold.

    ids: (n,). ranks, is_unjudged: (n, lists). gold: places in ids.
    """

    ids: NDArray[np.int64]
    ranks: NDArray[np.float32]
    is_unjudged: NDArray[np.bool_]
    gold: NDArray[np.int64]


class Cases:
    """Cases as arrays: one row for each candidate of each case, by case and track id."""

    def __init__(self, cases: Sequence[Case], names: Sequence[ListName]) -> None:
        """names: the lists that are fused; others are as if they weren't there."""
        self.names = tuple(names)
        self.dialogues = sorted({case.dialogue for case in cases})
        number = {dialogue: n for n, dialogue in enumerate(self.dialogues)}
        self._dialogue = np.array([number[case.dialogue] for case in cases], int)
        self._gold_count = np.array([len(case.gold) for case in cases], int)
        parts = [self._arrays(case) for case in cases]
        self.ids = [part.ids for part in parts]
        self._ranks = np.concatenate([part.ranks for part in parts])
        self._is_unjudged = np.concatenate([part.is_unjudged for part in parts])
        # A row of a table as wide as the longest case, of which the rest stays empty.
        self._case = np.repeat(np.arange(len(parts)), [len(ids) for ids in self.ids])
        self._place = np.concatenate([np.arange(len(ids)) for ids in self.ids])
        self._gold_case = np.repeat(np.arange(len(parts)), [len(p.gold) for p in parts])
        self._gold_place = np.concatenate([part.gold for part in parts])
        has_list = [[bool(case.lists.get(name)) for name in names] for case in cases]
        self._has_list = np.array(has_list, float)
        self._has_unjudged = bool(self._is_unjudged.any())
        self._kept: tuple[float, NDArray[np.float64]] | None = None

    def _arrays(self, case: Case) -> _Arrays:
        brought = {t for name in self.names for t in case.lists.get(name, ())}
        ids = np.array(sorted(brought), int)
        ranks = np.full((len(ids), len(self.names)), np.inf, np.float32)
        is_unjudged = np.zeros(ranks.shape, bool)
        for column, name in enumerate(self.names):
            found = case.lists.get(name, ())
            if not len(found):
                continue
            ranks[np.searchsorted(ids, found), column] = np.arange(len(found))
            is_unjudged[:, column] = np.isin(ids, case.unjudged.get(name, ()))
        gold = np.flatnonzero(np.isin(ids, case.gold))
        return _Arrays(ids, ranks, is_unjudged, gold)

    def scores(self, way: Way) -> NDArray[np.float64]:
        """Return (cases, most candidates): fused scores in the order of a case's ids.

        They are on a scale of each case's own; 0 stands for nothing.
        """
        weights = np.array([way.weights.get(name, 0.0) for name in self.names])
        said = self._told(way.k) @ weights
        if self._has_unjudged:
            whole = (self._has_list @ weights)[self._case]
            unknown = self._is_unjudged @ weights
            rest = whole - unknown
            is_partly = (unknown > 0) & (rest > 1e-9)
            extra = way.share * unknown / np.where(is_partly, rest, 1.0)
            said *= np.where(is_partly, 1 + extra, 1.0)
        table = np.zeros((len(self.ids), max(map(len, self.ids), default=0)))
        table[self._case, self._place] = said
        return table

    def _told(self, k: float) -> NDArray[np.float64]:
        """Return what each list says of each row, before any weight; the last is kept."""
        if self._kept is None or self._kept[0] != k:
            self._kept = k, 1 / (k + self._ranks.astype(float))
        return self._kept[1]

    def measure(self, way: Way) -> NDArray[np.float64]:
        """Return (dialogues, METRICS): each dialogue's mean over its turns."""
        table = self.scores(way)
        case, place = self._gold_case, self._gold_place
        score = table[case, place]
        rows = table[case]
        # Ties go to the lower id, as in a search.
        before = np.arange(table.shape[1]) < place[:, None]
        rank = (rows > score[:, None]).sum(axis=1)
        rank += ((rows == score[:, None]) & before).sum(axis=1)
        is_found = (score > 0) & (rank < DEPTH)
        case, rank = case[is_found], rank[is_found]
        first = np.full(len(self.ids), DEPTH * 10)
        np.minimum.at(first, case, rank)
        gain = np.zeros(len(self.ids))
        np.add.at(gain, case, np.append(_GAIN, np.zeros(DEPTH))[rank])
        found = np.bincount(case, minlength=len(self.ids))
        measured = np.stack(
            [
                gain / _BEST_GAIN[np.minimum(self._gold_count, len(_GAIN))],
                first < 10,
                found / np.minimum(self._gold_count, DEPTH),
                np.where(first < DEPTH, 1 / (first + 1), 0.0),
            ],
            axis=1,
        )
        means = np.zeros((len(self.dialogues), len(METRICS)))
        np.add.at(means, self._dialogue, measured)
        turns = np.bincount(self._dialogue, minlength=len(self.dialogues))
        return np.asarray(means / turns[:, None])
