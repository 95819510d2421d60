"""Vectors of a space by row, and the nearest of them among any rows.

Measuring every row costs as much as the catalog is large. Past a few thousand rows the
best few thousand by sketch (`sketches.py`) are therefore measured, and no others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog.columns.postings import Rows
from catalog.columns.sketches import (
    BLOCK,
    Among,
    Floats,
    Sketches,
    is_mask,
    places_in,
)

# Up to so many rows all are measured: about as quick as their sketches.
ALWAYS_EXACT = 4_000
# How many by sketch are measured exactly, and at least how many for each one asked.
MEASURED, MEASURED_EACH = 2_000, 10
# How many times as many where they tell little, and by how many of the nearest it shows.
AGAIN, NEAREST_FEW, SEVERAL = 4, 10, 2
# So many vectors are kept in half precision, which takes half the memory. Of unit
# vectors it shifts a cosine by a thousandth at most.
HALF_FROM = 50_000


def matrix_type(count: int) -> type[np.floating]:
    """Return in which precision so many vectors are kept."""
    return np.float16 if count >= HALF_FROM else np.float32


@dataclass(frozen=True)
class Vectors:
    """The vectors that a segment has of a space.

    matrix: (m, d) of unit length. rows: (m,) ascending, whose they are. place_of:
    (n,), where a row's vector is, -1 for none. sketches: None where there are so few
    that all are measured.
    """

    rows: Rows
    place_of: Rows
    matrix: NDArray[np.floating]
    sketches: Sketches | None

    @classmethod
    def of(cls, count: int, rows: Rows, matrix: NDArray[np.floating]) -> Vectors:
        """Build for a segment of `count` rows; rows ascending."""
        place_of = np.full(count, -1, np.int32)
        place_of[rows] = np.arange(len(rows), dtype=np.int32)
        sketches = Sketches.of(matrix) if len(rows) > ALWAYS_EXACT else None
        return cls(rows, place_of, matrix, sketches)

    def measured(self, places: Rows, vector: Floats) -> Floats:
        """Return the cosines of the vectors at places with one: (len(places),).

        By einsum, since BLAS wakes its threads for so little and then waits for them:
        a tenth of the time for two thousand vectors.
        """
        found = np.empty(len(places), np.float32)
        for start in range(0, len(places), BLOCK):
            block = _floats(self.matrix[places[start : start + BLOCK]])
            found[start : start + BLOCK] = np.einsum("ij,j->i", block, vector)
        return found

    def nearest(
        self, among: Among, vector: Floats, *, limit: int
    ) -> tuple[Rows, Floats]:
        """Return up to `limit` rows near a vector, in no order, with their cosines.

        among: which of the segment's rows may come. Exact among few rows; else the best by sketch are measured, and one in a hundred of
        the nearest may be missed.
        """
        if len(self.rows) < len(self.place_of):
            among = self._places_of(among)
        count = int(np.count_nonzero(among)) if is_mask(among) else len(among)
        best = max(MEASURED, MEASURED_EACH * limit)
        if self.sketches is None or count <= max(ALWAYS_EXACT, best):
            places = places_in(among)
            cosines = self.measured(places, vector)
        else:
            places, cosines = self._by_sketches(self.sketches, among, vector, best)
        if len(places) > limit:
            nearest = np.argpartition(-cosines, limit)[:limit]
            places, cosines = places[nearest], cosines[nearest]
        return self.rows[places], cosines

    def _places_of(self, among: Among) -> Among:
        """Return the same of places, where some rows have no vector."""
        if is_mask(among):
            return among[self.rows]
        places = self.place_of[among]
        return places[places >= 0]

    def _by_sketches(
        self, sketches: Sketches, among: Among, vector: Floats, best: int
    ) -> tuple[Rows, Floats]:
        """Return the `best` places by sketch, with their cosines.

        `AGAIN` times as many where sketches tell little, as all that may come is far
        away: where several of the nearest few are in the latter half by sketch.
        """
        places, apart = sketches.nearest(among, vector, limit=best * AGAIN)
        places = places[np.argsort(apart, kind="stable")]
        cosines = self.measured(places[:best], vector)
        nearest = np.argpartition(-cosines, NEAREST_FEW)[:NEAREST_FEW]
        if np.count_nonzero(nearest >= best // 2) >= SEVERAL:
            rest = self.measured(places[best:], vector)
            cosines = np.concatenate([cosines, rest])
        return places[: len(cosines)], cosines


def _floats(numbers: NDArray[np.floating]) -> Floats:
    """Return finite numbers in single precision.

    Halves by shifting their bits into a float's place, which is exact, and a quarter of
    numpy's time for 2,000 vectors.
    """
    if numbers.dtype != np.float16:
        return numbers.astype(np.float32)
    bits = numbers.view(np.int16).astype(np.int32)
    bits <<= 13
    # The sign stays, and what its extension left beside it goes.
    bits &= np.int32(-0x70000001)
    floats = bits.view(np.float32)
    # A half's exponent counts from 15, a float's from 127.
    floats *= np.float32(2.0**112)
    return floats
