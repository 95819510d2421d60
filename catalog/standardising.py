"""Raw features to places that can be compared: centred, scaled, clipped, turned.

The rule of this file: a space and its evaluation place features by the same lines, so
that what is measured is what is searched.

Features come in blocks that say much the same in several ways. Within a block, what
they share would count many times, so each block is whitened: it counts as many times as
it has features, evenly over what they tell apart. A layout may name axes, too:
directions that count more than their features would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog.encoders.protocol import Layout, Vectors

Doubles = NDArray[np.float64]

# A feature further out than this many deviations says no more than one at the edge,
# and would else drown all others in the cosine.
CLIP_DEVIATIONS = 4.0
# A feature that hardly varies is noise: its deviation is taken as no less than this,
# absolute and as a share of its mean, so that it isn't blown up.
MIN_DEVIATION = 1e-6
# Few recordings show likenesses between features that aren't there: as many as these,
# of which no two features are alike, are counted in.
UNLIKE_ROWS = 20

Chunks = Iterable[NDArray[np.floating]]


@dataclass(frozen=True)
class Scale:
    """What is usual, and how features are weighed against each other.

    mean, deviation: (d,). turn: (d, d), by which standardised features are multiplied;
    None where each counts as it is.
    """

    mean: NDArray[np.floating]
    deviation: NDArray[np.floating]
    turn: NDArray[np.floating] | None = None

    def place(self, raw: NDArray[np.floating]) -> Vectors:
        """Return (n, d) raw features as (n, d) float32 of unit length, always finite.

        Features that aren't finite count as average.
        """
        values = self.standardised(raw)
        return unit_places(values if self.turn is None else values @ self.turn)

    def standardised(self, raw: NDArray[np.floating]) -> Doubles:
        """Return (n, d) raw features in deviations from the mean, clipped."""
        values = (np.asarray(raw, dtype=np.float64) - self.mean) / self.deviation
        values = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
        return np.asarray(values.clip(-CLIP_DEVIATIONS, CLIP_DEVIATIONS))


def scale_fit(chunks: Callable[[], Chunks], *, layout: Layout | None) -> Scale | None:
    """Fit a scale to features that come a part at a time; None for no more than a row.

    chunks: gives all (n, d) parts, finite, and may be asked twice. No layout: features
    count alike.
    """
    count = 0
    total = squares = np.zeros(1)
    for raw in chunks():
        values = np.asarray(raw, dtype=np.float64)
        count += len(values)
        total = total + values.sum(axis=0)
        squares = squares + (values**2).sum(axis=0)
    if count < 2:
        return None
    mean = total / count
    deviation = np.sqrt(np.maximum(squares / count - mean**2, 0.0))
    floor = np.maximum(MIN_DEVIATION, np.abs(mean) * MIN_DEVIATION)
    scale = Scale(mean, np.maximum(deviation, floor))
    if layout is None:
        return scale
    products = np.zeros((len(mean), len(mean)))
    for raw in chunks():
        values = scale.standardised(raw)
        products += values.T @ values
    turn = _turn(products / count, count, layout)
    return Scale(scale.mean, scale.deviation, turn)


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


def _turn(alike: Doubles, count: int, layout: Layout) -> Doubles:
    """Return the (d, d) matrix, symmetric, that weighs standardised features.

    alike: (d, d), the mean products of the features, two and two. Blocks and axes make
    an inner product; its root turns plain inner products into that one.
    """
    size = len(alike)
    inner = np.zeros((size, size))
    start = 0
    for length in layout.blocks:
        block = slice(start, start + length)
        start += length
        own = alike[block, block]
        shrunk = (count * own + UNLIKE_ROWS * np.eye(length)) / (count + UNLIKE_ROWS)
        white = np.linalg.inv(shrunk)
        # A block of one value throughout has nothing to tell.
        inner[block, block] = white * length / max(float(np.sum(white * own)), 1e-9)
    for axis in layout.axes:
        spread = float(axis @ alike @ axis)
        if spread > 0:
            share = layout.axes_share / (1 - layout.axes_share) / len(layout.axes)
            inner += share * size / spread * np.outer(axis, axis)
    values, vectors = np.linalg.eigh(inner)
    return np.asarray((vectors * np.sqrt(np.maximum(values, 0.0))) @ vectors.T)
