"""Turn a new map so that songs stay where people know them.

Neighbourhoods say nothing of up, down, left and right: two drawings of one catalog may
be mirrored or turned against each other. Orthogonal Procrustes finds the turn that
brings the songs of both nearest together (Schönemann, "A generalized solution of the
orthogonal Procrustes problem", Psychometrika 1966).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float64]

# A hair's breadth around all songs, in parts of the square.
MARGIN = 0.02


def aligned(new: Plane, old: Plane, *, shared: NDArray[np.int64]) -> Plane:
    """Return the new places turned, mirrored, scaled and moved towards the old ones.

    new: (n, 2); shared: places among them of songs that the old map had; old: (m, 2),
    where these were. Fewer than three tell nothing.
    """
    if len(shared) < 3:
        return new
    here, there = new[shared], old
    middle, aim = here.mean(0), there.mean(0)
    left, values, right = np.linalg.svd((here - middle).T @ (there - aim))
    spread = ((here - middle) ** 2).sum()
    if spread == 0:
        return new
    turned: Plane = (new - middle) @ (left @ right) * (values.sum() / spread) + aim
    return turned


def framed(places: Plane) -> Plane:
    """Return places inside the unit square, as they are where they fit already.

    Else the square is laid anew around them; both axes keep one scale.
    """
    low, high = places.min(0), places.max(0)
    if low.min() >= 0 and high.max() <= 1 and (high - low).max() > 0.5:
        return places
    size = (high - low).max() * (1 + 2 * MARGIN)
    if size == 0:
        return np.full_like(places, 0.5)
    inside: Plane = (places - (low + high) / 2) / size + 0.5
    return inside
