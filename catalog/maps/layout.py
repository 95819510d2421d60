"""Lay songs out on a plane so that near neighbours stay neighbours: t-SNE.

van der Maaten and Hinton, "Visualizing data using t-SNE", JMLR 2008. Songs pull their
nearest neighbours and push all others. The pushes of all songs are one convolution on a
grid, as in Linderman et al., "Fast interpolation-based t-SNE", Nature Methods 2019, here
in its simplest form, the particle mesh of astronomers: each song is shared out among the
four corners of its cell, and reads the push there in the same shares, so that none pushes
itself. Why this and not another: docs/decisions/map.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import fft, sparse

from catalog.encoders.protocol import Vectors

Plane = NDArray[np.float64]
Waves = NDArray[np.complexfloating]

# Each song is pulled by so many, and by those that it pulls.
NEIGHBOURS = 15
# First clusters find each other, by pulls so many times too strong, then they unfold.
GATHERING, UNFOLDING = 100, 250
EXAGGERATION = 12.0
MOMENTA = 0.5, 0.8
# A larger step throws songs out of their surroundings for good.
MAX_STEP = 5.0
START_SPREAD = 1e-4
# Of the grid, in units of the kernel's width; and its size grows by so many at a time.
SPACING, GROWS_BY = 0.5, 64
# A song that isn't laid out itself lies amid so many that are.
AMID = 5
CHUNK = 1_024


def layout(
    points: Vectors, *, on_progress: Callable[[float], None] = lambda _: None
) -> Plane:
    """Return (n, 2) places of (n, k) points, around the origin.

    points: by falling spread, as axes give them; the first two are where songs start
    from, so that nothing is left to chance. on_progress takes a share in 0..1; what it
    raises ends the work. About 30 s of a core for 28,000 points.
    """
    pulls = _pulls(points, on_progress=lambda share: on_progress(0.1 * share))
    first = points[:, :2].astype(np.float64)
    places = first * (START_SPREAD / (first[:, 0].std() or 1.0))
    moves, gains = np.zeros_like(places), np.ones_like(places)
    pushing = _Pushing()
    steps = GATHERING + UNFOLDING
    for step in range(steps):
        strength = EXAGGERATION if step < GATHERING else 1.0
        slope = strength * pulls.at(places) - pushing.at(places)
        is_back = slope * moves > 0
        gains = np.where(is_back, gains * 0.8, gains + 0.2).clip(0.01)
        rate = len(places) / strength
        momentum = MOMENTA[step >= GATHERING]
        moves = momentum * moves - rate * gains * slope
        moves /= np.maximum(1, np.linalg.norm(moves, axis=1, keepdims=True) / MAX_STEP)
        places = places + moves
        places -= places.mean(0)
        on_progress(0.1 + 0.9 * (step + 1) / steps)
    return places


def placed_among(points: Vectors, places: Plane, others: Vectors) -> Plane:
    """Return places for other points: amid the nearest of those that are laid out.

    The median, so that one far neighbour doesn't draw a song into nowhere.
    """
    found = np.empty((len(others), 2))
    for start in range(0, len(others), CHUNK):
        near = nearest(points, others[start : start + CHUNK], AMID)
        found[start : start + CHUNK] = np.median(places[near], axis=1)
    return found


def nearest(
    points: Vectors, asked: Vectors, count: int, *, first: int | None = None
) -> NDArray[np.int64]:
    """Return (m, count) rows of the points nearest to each of (m, k) asked, unordered.

    first: the row of the first of them, where they are points that aren't their own
    neighbours.
    """
    far = (points**2).sum(1) - 2 * asked @ points.T
    if first is not None:
        rows = np.arange(len(asked))
        far[rows, first + rows] = np.inf
    count = min(count, len(points) - (first is not None))
    return np.argpartition(far, count - 1, axis=1)[:, :count]


@dataclass(frozen=True)
class _Pulls:
    """Who pulls whom: each pair both ways, in order of the heads, adding up to one."""

    heads: NDArray[np.int32]
    tails: NDArray[np.int32]
    weights: NDArray[np.float64]

    def at(self, places: Plane) -> Plane:
        """Return what pulls each song."""
        apart = places[self.heads] - places[self.tails]
        strengths = self.weights / (1 + (apart**2).sum(1))
        sums = (
            np.bincount(self.heads, strengths * apart[:, axis], len(places))
            for axis in (0, 1)
        )
        return np.stack(list(sums), 1)


def _pulls(points: Vectors, *, on_progress: Callable[[float], None]) -> _Pulls:
    found = []
    for start in range(0, len(points), CHUNK):
        chunk = points[start : start + CHUNK]
        found.append(nearest(points, chunk, NEIGHBOURS, first=start))
        on_progress(start / len(points))
    near = np.concatenate(found)
    heads = np.repeat(np.arange(len(points)), near.shape[1])
    ones = np.ones(near.size)
    one_way = sparse.coo_array((ones, (heads, near.ravel())), shape=(len(points),) * 2)
    both = sparse.coo_array(one_way.tocsr() + one_way.T.tocsr())
    return _Pulls(both.row, both.col, both.data / both.data.sum())


class _Pushing:
    """The pushes of all songs on each, by a grid whose kernels are kept."""

    def __init__(self) -> None:
        self.size = 0
        self.kernels: list[Waves] = []

    def at(self, places: Plane) -> Plane:
        """Return what pushes each song, divided by what all pushes together weigh."""
        low = places.min(0) - SPACING
        self._fit(int(np.ceil((places.max(0) - low).max() / SPACING)) + 2)
        cells = (places - low) / SPACING
        corner = cells.astype(np.int64)
        right, down = (cells - corner).T
        flat = corner[:, 0] * self.size + corner[:, 1]
        corners = (flat, flat + 1, flat + self.size, flat + self.size + 1)
        shares = (
            (1 - right) * (1 - down),
            (1 - right) * down,
            right * (1 - down),
            right * down,
        )
        crowd = np.bincount(
            np.concatenate(corners), np.concatenate(shares), self.size**2
        )
        turned = fft.rfft2(
            crowd.reshape(self.size, self.size).astype(np.float32), (self.size * 2,) * 2
        )
        weight, across, along = (
            self._read(turned * kernel, corners, shares) for kernel in self.kernels
        )
        # Each song weighs one upon itself, which isn't a push.
        total = max(float(weight.sum()) - len(places), 1.0)
        return np.stack((across, along), 1) / total

    def _fit(self, size: int) -> None:
        """Make the kernels for a grid of at least this size."""
        if size <= self.size:
            return
        self.size = -(-size // GROWS_BY) * GROWS_BY
        steps = fft.fftfreq(2 * self.size, 1 / (2 * self.size)) * SPACING
        across, along = np.meshgrid(steps, steps, indexing="ij")
        weight = 1 / (1 + across**2 + along**2)
        kernels = (weight, weight**2 * across, weight**2 * along)
        self.kernels = [fft.rfft2(kernel.astype(np.float32)) for kernel in kernels]

    def _read(
        self,
        turned: Waves,
        corners: tuple[NDArray[np.int64], ...],
        shares: tuple[NDArray[np.float64], ...],
    ) -> NDArray[np.float64]:
        field = fft.irfft2(turned, (self.size * 2,) * 2)[: self.size, : self.size]
        flat = np.ascontiguousarray(field).ravel()
        pairs = zip(corners, shares, strict=True)
        return np.asarray(sum(share * flat[corner] for corner, share in pairs))
