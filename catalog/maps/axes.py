"""The few directions in which a catalog's vectors differ most (PCA), in constant memory.

The covariance is summed over chunks, so it is exact and takes d x d numbers however many
songs there are; a random sketch of the vectors would cost a second pass for less.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog.encoders.protocol import Vectors

# What lies beyond these hardly changes who is near whom.
KEPT = 32


@dataclass(frozen=True)
class Axes:
    """Directions of falling spread. mean: (d,); directions: (d, k)."""

    mean: NDArray[np.float64]
    directions: NDArray[np.float64]

    def places(self, vectors: Vectors) -> Vectors:
        """Return (n, k) float32: how far each of (n, d) vectors lies along them."""
        return ((vectors - self.mean) @ self.directions).astype(np.float32)


def axes_fit(chunks: Iterable[Vectors]) -> Axes:
    """Find the directions of (n, d) chunks, at least two of them.

    The same vectors give the same ones: of both signs, that whose largest part is
    positive.
    """
    count, total, squares = 0, None, None
    for chunk in chunks:
        rows = chunk.astype(np.float64)
        count += len(rows)
        total = rows.sum(0) if total is None else total + rows.sum(0)
        squares = rows.T @ rows if squares is None else squares + rows.T @ rows
    if total is None or squares is None:
        raise ValueError("no vectors")
    mean = total / count
    _, vectors = np.linalg.eigh(squares / count - np.outer(mean, mean))
    directions = vectors[:, ::-1][:, :KEPT]
    largest = np.abs(directions).argmax(0)
    signs = np.sign(directions[largest, np.arange(directions.shape[1])])
    return Axes(mean, directions * signs)
