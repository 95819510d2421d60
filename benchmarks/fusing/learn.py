"""Choosing weights by coordinate ascent, and telling a gain from chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from benchmarks.fusing.fuse import METRICS, Cases, Way
from catalog.search.ranking import ListName

# Round figures, wide apart: finer ones can't be told apart by some hundred dialogues.
GRID = (0.0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1.0, 1.5, 2.0, 3.0, 4.0)
ROUNDS = 4
DRAWS = 5000


def learned(cases: Cases, start: Way, names: Sequence[ListName]) -> Way:
    """Return the way whose weights of these lists serve best, by nDCG@20.

    One weight is moved after the other [1], until none gains. The weights keep their
    sum, so that they stay comparable with those of the other lists.

    [1] Metzler & Croft, "Linear feature-based models for information retrieval", 2007.
    """
    best, reached = start, _aim(cases, start)
    for _ in range(ROUNDS):
        before = reached
        for name in names:
            for value in GRID:
                way = replace(best, weights={**best.weights, name: value})
                if (worth := _aim(cases, way)) > reached + 1e-6:
                    best, reached = way, worth
        if reached == before:
            break
    whole = sum(start.weights[name] for name in names)
    scale = whole / sum(best.weights[name] for name in names)
    scaled = {name: round(best.weights[name] * scale, 2) for name in names}
    return replace(best, weights={**best.weights, **scaled})


def _aim(cases: Cases, way: Way) -> float:
    return float(cases.measure(way)[:, 0].mean())


def figures(measured: NDArray[np.float64]) -> dict[str, float]:
    """Return the means over dialogues. measured: as `Cases.measure` returns it."""
    means = measured.mean(axis=0)
    return {n: round(float(v), 4) for n, v in zip(METRICS, means, strict=True)}


def gain(
    measured: NDArray[np.float64], base: NDArray[np.float64]
) -> dict[str, dict[str, float]]:
    """Return how much better one way is than another, with 95 % intervals.

    By the bootstrap over dialogues, both ways on the same ones.
    """
    difference = measured - base
    return {name: interval(difference[:, i]) for i, name in enumerate(METRICS)}


def interval(gains: NDArray[np.float64]) -> dict[str, float]:
    """Return the mean of dialogues' gains with its 95 % interval. gains: (dialogues,)"""
    chance = np.random.default_rng(1)
    count = len(gains)
    drawn = chance.multinomial(count, np.full(count, 1 / count), size=DRAWS)
    low, high = np.quantile(drawn @ gains / count, (0.025, 0.975))
    mean = float(gains.mean())
    return {
        "gain": round(mean, 4),
        "from": round(float(low), 4),
        "to": round(float(high), 4),
    }
