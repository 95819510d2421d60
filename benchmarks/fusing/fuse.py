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


class Cases:
    """Cases as arrays; candidates of one case stand together, by track id."""

    def __init__(self, cases: Sequence[Case], names: Sequence[ListName]) -> None:
        """names: the lists that are fused; others are as if they weren't there."""
        self.names = tuple(names)
        self.dialogues = sorted({case.dialogue for case in cases})
        number = {dialogue: n for n, dialogue in enumerate(self.dialogues)}
        self.dialogue = np.array([number[case.dialogue] for case in cases], int)
        self.turn = np.array([case.turn for case in cases], int)
        self.gold_count = np.array([len(case.gold) for case in cases], int)
        parts = [self._arrays(case) for case in cases]
        self.ids = [ids for ids, _, _, _ in parts]
        ends = np.cumsum([len(ids) for ids in self.ids])
        self._spans = list(zip([0, *ends[:-1]], ends, strict=True)) if parts else []
        self._ranks = np.concatenate([ranks for _, ranks, _, _ in parts])
        self._is_unjudged = np.concatenate([missing for _, _, missing, _ in parts])
        self._gold = [gold for _, _, _, gold in parts]
        has_list = [[bool(case.lists.get(name)) for name in names] for case in cases]
        self._has_list = np.array(has_list, float)
        self._case = np.repeat(np.arange(len(parts)), [len(ids) for ids in self.ids])

    def _arrays(
        self, case: Case
    ) -> tuple[
        NDArray[np.int64], NDArray[np.float32], NDArray[np.bool_], NDArray[np.int64]
    ]:
        """Return a case's candidates, their ranks (inf: not brought), and the gold."""
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
        return ids, ranks, is_unjudged, gold

    def scores(self, way: Way) -> list[NDArray[np.float64]]:
        """Return each case's fused scores, in the order of its ids, on any scale."""
        weights = np.array([way.weights.get(name, 0.0) for name in self.names])
        said = (1 / (way.k + self._ranks)) @ weights
        whole = (self._has_list @ weights)[self._case]
        unknown = self._is_unjudged @ weights
        rest = whole - unknown
        is_partly = (unknown > 0) & (rest > 1e-9)
        extra = way.share * unknown / np.where(is_partly, rest, 1.0)
        scores = said * np.where(is_partly, 1 + extra, 1.0)
        return [scores[start:end] for start, end in self._spans]

    def measure(self, way: Way) -> NDArray[np.float64]:
        """Return (dialogues, METRICS): each dialogue's mean over its turns."""
        rows = np.zeros((len(self._spans), len(METRICS)))
        for row, scores, gold, count in zip(
            rows, self.scores(way), self._gold, self.gold_count, strict=True
        ):
            gold = gold[scores[gold] > 0]
            if not len(gold):
                continue
            # Ties go to the lower id, as in a search.
            order = np.argsort(-scores, kind="stable")
            places = np.flatnonzero(np.isin(order[:DEPTH], gold))
            if not len(places):
                continue
            gain = _GAIN[places[places < len(_GAIN)]].sum()
            row[0] = gain / _BEST_GAIN[min(count, len(_GAIN))]
            row[1] = places[0] < 10
            row[2] = len(places) / min(count, DEPTH)
            row[3] = 1 / (places[0] + 1)
        turns = np.bincount(self.dialogue, minlength=len(self.dialogues))
        means = np.zeros((len(self.dialogues), len(METRICS)))
        np.add.at(means, self.dialogue, rows)
        return np.asarray(means / turns[:, None])
