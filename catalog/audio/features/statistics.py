"""Numbers about curves that stay finite whatever the curve."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
Block = NDArray[np.float64]
Blocks = dict[str, Block]


def log1p_std(curve: NDArray[np.floating]) -> Block:
    """Return log(1 + std) of each column: spreads are skewed, their logs much less."""
    return np.atleast_1d(np.log1p(np.std(curve, axis=0, dtype=np.float64)))


def mean_and_spread(curve: NDArray[np.floating]) -> Block:
    """Return the mean and log(1 + std) of a curve; 0 for an empty one."""
    if curve.size == 0:
        return np.zeros(2)
    return np.array([np.mean(curve, dtype=np.float64), np.log1p(np.std(curve))])


def segment_spread(curve: NDArray[np.floating], segments: tuple[slice, ...]) -> Block:
    """Return log(1 + std) of the segments' means, for each column."""
    means = np.array([curve[s].mean(axis=0, dtype=np.float64) for s in segments])
    return log1p_std(means)


def scalar(value: float) -> Block:
    """Return a block of one number."""
    return np.array([value], np.float64)


def decibel_ratio(part: float, whole: float, floor_db: float = -60.0) -> float:
    """Return 10 log10(part / whole), no lower than the floor."""
    if whole <= 0:
        return floor_db
    return max(floor_db, float(10 * np.log10(max(part, 1e-30) / whole)))
