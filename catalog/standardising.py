"""Raw features to places that can be compared: centred, scaled, clipped, weighted.

The rule of this file: a space and its evaluation place features by the same lines, so
that what is measured is what is searched.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog.encoders.protocol import Vectors

Doubles = NDArray[np.float64]

# A feature further out than this many deviations says no more than one at the edge,
# and would else drown all others in the cosine.
CLIP_DEVIATIONS = 4.0
# A feature that hardly varies is noise: its deviation is taken as no less than this,
# absolute and as a share of its mean, so that it isn't blown up.
MIN_DEVIATION = 1e-6


@dataclass(frozen=True)
class Scale:
    """What is usual, and how much each feature counts.

    mean, deviation: (d,). weights: (d,), by which standardised features are multiplied.
    """

    mean: NDArray[np.floating]
    deviation: NDArray[np.floating]
    weights: NDArray[np.floating]

    def place(self, raw: NDArray[np.floating]) -> Vectors:
        """Return (n, d) raw features as (n, d) float32 of unit length, always finite.

        Features that aren't finite count as average.
        """
        values = (np.asarray(raw, dtype=np.float64) - self.mean) / self.deviation
        values = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
        return unit_places(
            values.clip(-CLIP_DEVIATIONS, CLIP_DEVIATIONS) * self.weights
        )


class Moments:
    """Sums over features, a part at a time, from which a scale is made."""

    def __init__(self, dimensions: int) -> None:
        self.count = 0
        self._total: Doubles = np.zeros(dimensions)
        self._squares: Doubles = np.zeros(dimensions)

    def add(self, raw: NDArray[np.floating]) -> None:
        """Count (n, d) features in. Those that aren't finite must be made so before."""
        values = np.asarray(raw, dtype=np.float64)
        self.count += len(values)
        self._total += values.sum(axis=0)
        self._squares += (values**2).sum(axis=0)

    def scale(self, weights: NDArray[np.floating] | None = None) -> Scale:
        """Return the scale of what was counted. No weights: all count alike.

        Needs at least one row.
        """
        mean = self._total / self.count
        deviation = np.sqrt(np.maximum(self._squares / self.count - mean**2, 0.0))
        floor = np.maximum(MIN_DEVIATION, np.abs(mean) * MIN_DEVIATION)
        return Scale(
            mean=mean,
            deviation=np.maximum(deviation, floor),
            weights=np.ones(len(mean)) if weights is None else weights,
        )


def unit_places(values: NDArray[np.floating]) -> Vectors:
    """Return the (n, d) finite rows at unit length, as float32."""
    values = np.array(values, dtype=np.float64)
    lengths = np.linalg.norm(values, axis=1, keepdims=True)
    # A track that is average in everything has no direction: any fixed one will do,
    # as a vector of zeros has no cosine.
    flat = lengths[:, 0] < 1e-9
    values[flat] = 1.0
    lengths[flat] = np.sqrt(values.shape[1])
    return np.asarray(values / lengths, dtype=np.float32)
