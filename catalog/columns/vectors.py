"""Vectors of a space by row, and the nearest of them among any rows.

Measuring every row costs as much as the catalog is large. Past a few thousand rows each
vector therefore has a *sketch*: which side of so many random planes it lies on, a bit
each. Two sketches differ in as many bits as their vectors lie apart in angle (Charikar,
"Similarity estimation techniques from rounding algorithms", STOC 2002), up to chance,
and counting them costs a fiftieth. The best few thousand by sketch are then measured
exactly. A filter only shortens the way: there is no graph that it could cut.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from catalog.columns.least import least
from catalog.columns.postings import Rows

Floats = NDArray[np.float32]

# Up to so many rows all are measured: about as quick as their sketches.
ALWAYS_EXACT = 4_000
# How many by sketch are measured exactly, and at least how many for each one asked.
MEASURED, MEASURED_EACH = 2_000, 10
# So many vectors are kept in half precision, which takes half the memory. Of unit
# vectors it shifts a cosine by a thousandth at most.
HALF_FROM = 50_000
# Long sketches are looked at twice: by so many words, which leaves so many for each one
# that is measured, and by all of them.
FIRST_WORDS, FIRST_EACH = 3, 12
# Below this share of all, sketches are picked out.
SPARSE = 0.3
# Further apart than any two sketches.
NEVER = np.iinfo(np.uint16).max
# Rows at a time, so that what is computed on the way stays in the processor's cache.
BLOCK = 32_768
# A segment's sketches lean on its own middle, drawn from so many rows.
MIDDLE_ROWS = 20_000
WORD_BITS = 64


def matrix_type(count: int) -> type[np.floating]:
    """Return in which precision so many vectors are kept."""
    return np.float16 if count >= HALF_FROM else np.float32


@dataclass(frozen=True)
class Sketches:
    """words: (w, m) uint64, a word of every vector after the other; middle: (d,)."""

    words: NDArray[np.uint64]
    middle: Floats

    @classmethod
    def of(cls, matrix: NDArray[np.floating]) -> Sketches:
        """Sketch (m, d) vectors. About 5 µs each."""
        step = max(1, len(matrix) // MIDDLE_ROWS)
        middle = np.asarray(matrix[::step], np.float32).mean(axis=0)
        planes = _planes(matrix.shape[1])
        words = np.empty((len(planes) // WORD_BITS, len(matrix)), np.uint64)
        for start in range(0, len(matrix), BLOCK):
            block = np.asarray(matrix[start : start + BLOCK], np.float32)
            words[:, start : start + BLOCK] = _sides(block - middle, planes).T
        return cls(words, middle)

    def distances(
        self, vector: Floats, places: Rows | None, *, words: int | None = None
    ) -> NDArray[np.uint16]:
        """Return in how many bits the vectors at places (all: None) differ from one.

        words: how many are compared, all where it isn't told.
        """
        planes = _planes(len(vector))
        sides = np.einsum("ij,j->i", planes, vector - self.middle) > 0
        wanted = np.packbits(sides, bitorder="little").view(np.uint64)
        count = self.words.shape[1] if places is None else len(places)
        found = np.zeros(count, np.uint16)
        for start in range(0, count, BLOCK):
            block = found[start : start + BLOCK]
            for word, side in zip(self.words[:words], wanted[:words], strict=True):
                if places is None:
                    ours = word[start : start + BLOCK]
                else:
                    ours = word[places[start : start + BLOCK]]
                block += np.bitwise_count(ours ^ side)
        return found

    def nearest(self, may: NDArray[np.bool_], vector: Floats, *, limit: int) -> Rows:
        """Return the `limit` places that may come whose sketches are nearest to one.

        may: (m,), more than `limit` of them. As many more come as are equally near.
        """
        first = FIRST_EACH * limit
        count = np.count_nonzero(may)
        # Few are soon looked at whole, and miss more by a first look.
        is_few = count <= first or count < SPARSE * len(may)
        if len(self.words) <= FIRST_WORDS or is_few:
            return self._nearest(may, vector, words=None, limit=limit)
        places = self._nearest(may, vector, words=FIRST_WORDS, limit=first)
        return places[least(self.distances(vector, places), limit)]

    def _nearest(
        self,
        may: NDArray[np.bool_],
        vector: Floats,
        *,
        words: int | None,
        limit: int,
    ) -> Rows:
        count = np.count_nonzero(may)
        if count < SPARSE * len(may):
            places = np.flatnonzero(may).astype(np.int32)
            apart = self.distances(vector, places, words=words)
            return places[least(apart, limit)]
        # One after the other they are read faster than picked out.
        apart = self.distances(vector, None, words=words)
        if count < len(may):
            np.copyto(apart, NEVER, where=~may)
        return least(apart, limit)


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
        self, may_come: NDArray[np.bool_], vector: Floats, *, limit: int
    ) -> tuple[Rows, Floats]:
        """Return up to `limit` rows near a vector, in no order, with their cosines.

        may_come: (n,) of the segment's rows. Exact among few rows; else the best by
        sketch are measured, and one in a hundred of the nearest may be missed.
        """
        has_all = len(self.rows) == len(may_come)
        may = may_come if has_all else may_come[self.rows]
        count = int(np.count_nonzero(may))
        best = max(MEASURED, MEASURED_EACH * limit)
        if self.sketches is None or count <= max(ALWAYS_EXACT, best):
            places = np.flatnonzero(may).astype(np.int32)
        else:
            places = self.sketches.nearest(may, vector, limit=best)
        cosines = self.measured(places, vector)
        if len(places) > limit:
            nearest = np.argpartition(-cosines, limit)[:limit]
            places, cosines = places[nearest], cosines[nearest]
        return self.rows[places], cosines


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


def _sides(vectors: Floats, planes: Floats) -> NDArray[np.uint64]:
    """Return on which side of each plane vectors lie: (n, d) to (n, w) words."""
    bits = np.packbits(vectors @ planes.T > 0, axis=1, bitorder="little")
    return bits.view(np.uint64)


@lru_cache(maxsize=8)
def _planes(dimensions: int) -> Floats:
    """Return normals of random planes, the same everywhere: (64 w, d), w words.

    They are orthogonal as far as there are dimensions, which spreads them better than
    chance does (Ji et al., "Super-bit locality-sensitive hashing", NIPS 2012).
    """
    # As many as dimensions, in whole words.
    count = -(-dimensions // WORD_BITS) * WORD_BITS
    chance = np.random.default_rng(dimensions)
    rounds: list[NDArray[np.float64]] = []
    while len(rounds) * dimensions < count:
        square = chance.normal(size=(dimensions, dimensions))
        rounds.append(np.linalg.qr(square)[0].T)
    return np.concatenate(rounds)[:count].astype(np.float32)
