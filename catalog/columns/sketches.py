"""Sketches of vectors, and which of them are nearest to one.

A *sketch* tells on which side of so many random planes a vector lies, a bit each. Two
differ in as many bits as their vectors lie apart in angle (Charikar, "Similarity
estimation techniques from rounding algorithms", STOC 2002), up to chance, and counting
them costs a fiftieth of measuring.

Among very many, only those are counted that lie in the *cells* nearest to the vector
(an inverted file; Sivic & Zisserman, "Video Google", ICCV 2003): every vector belongs to
the nearest of some centres. Cells are looked through until enough of what a filter
keeps was seen, so that a filter only lengthens the way: there is no graph to cut.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog.columns.least import least
from catalog.columns.postings import Rows

Floats = NDArray[np.float32]
Words = NDArray[np.uint64]
Cells = NDArray[np.int64]
Mask = NDArray[np.bool_]
# What may come: a mask (n,), or ascending numbers of rows or places.
Among = NDArray[Any]

# Rows at a time, so that what is computed on the way stays in the processor's cache.
BLOCK, COUNTED_BLOCK = 32_768, 8_192
WORD_BITS = 64
# Sketches lean on the middle of all, and centres are found, from so many rows.
SAMPLE_ROWS = 20_000
# Of all that may come, at least so many and such a share are counted.
COUNTED, COUNTED_SHARE = 40_000, 0.05
# Below this share of all, places are picked out one by one, as that costs more than to
# pass over those that may not come.
SPARSE = 0.3
# Rounds of k-means: centres hardly move any more.
ROUNDS = 6


@dataclass(frozen=True)
class Sketches:
    """Sketches of (m, d) vectors, cell after cell.

    words: (m, w) uint64. middle: (d,). centres: (k, d) of unit length. starts: (k + 1,), where a cell's sketches begin. places: (m,),
    whose each sketch is; position_of: (m,), where a place's sketch is; cell_of:
    (m,), in which cell.
    """

    words: Words
    middle: Floats
    centres: Floats
    starts: NDArray[np.int64]
    places: Rows
    position_of: Rows
    cell_of: NDArray[np.int16]

    @classmethod
    def of(cls, matrix: NDArray[np.floating]) -> Sketches:
        """Sketch (m, d) vectors of unit length. About 5 µs each, 20 of a million."""
        step = max(1, len(matrix) // SAMPLE_ROWS)
        sample = np.asarray(matrix[::step], np.float32)
        middle, centres = sample.mean(axis=0), _centres(sample, _cells(len(matrix)))
        planes = _planes(matrix.shape[1])
        words = np.empty((len(matrix), len(planes) // WORD_BITS), np.uint64)
        cell_of = np.empty(len(matrix), np.int16)
        for start in range(0, len(matrix), BLOCK):
            block = np.asarray(matrix[start : start + BLOCK], np.float32)
            words[start : start + BLOCK] = _sides(block - middle, planes)
            cell_of[start : start + BLOCK] = _nearest_of(centres, block)
        places = np.argsort(cell_of, kind="stable").astype(np.int32)
        position_of = np.empty(len(places), np.int32)
        position_of[places] = np.arange(len(places), dtype=np.int32)
        sizes = np.bincount(cell_of, minlength=len(centres))
        starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        words = words.take(places, axis=0)
        return cls(words, middle, centres, starts, places, position_of, cell_of)

    def nearest(
        self, among: Among, vector: Floats, *, limit: int
    ) -> tuple[Rows, NDArray[np.uint16]]:
        """Return the `limit` places that may come whose sketches are nearest to one.

        among: which places may come, more than `limit` of them. In no order, with the bits in which they differ; as many more come as are
        equally near.
        """
        among = picked_out(among)
        count = int(np.count_nonzero(among)) if is_mask(among) else len(among)
        wanted = max(COUNTED, int(COUNTED_SHARE * count), limit)
        if count <= wanted:
            found = self.position_of[places_in(among)]
        else:
            cells = np.argsort(-np.einsum("ij,j->i", self.centres, vector))
            look = self._in_near_cells if is_mask(among) else self._of_near_cells
            found = look(among, cells, wanted)
        apart = self._distances(found, vector)
        best = least(apart, limit)
        return self.places[found[best]], apart[best]

    def _of_near_cells(self, places: Rows, cells: Cells, wanted: int) -> Rows:
        """Return where sketches of `wanted` of few places are.

        cells: all, the nearest first.
        """
        cell_of = self.cell_of[places]
        seen = np.cumsum(np.bincount(cell_of, minlength=len(cells))[cells])
        is_near = np.zeros(len(cells), bool)
        is_near[cells[: int(np.searchsorted(seen, wanted)) + 1]] = True
        found: Rows = self.position_of[places[is_near[cell_of]]]
        return found

    def _in_near_cells(self, may: Mask, cells: Cells, wanted: int) -> Rows:
        """Return the same where most may come: cell by cell, as they lie together."""
        share = np.count_nonzero(may) / len(may)
        seen = np.cumsum(np.diff(self.starts)[cells])
        found: list[Rows] = []
        first = kept = 0
        while kept < wanted:
            # As far as it takes where the filter keeps the same share everywhere.
            far = (seen[first - 1] if first else 0) + (wanted - kept) / share
            last = min(int(np.searchsorted(seen, far)) + 1, len(cells))
            positions = self._positions_in(cells[first:last])
            if share < 1:
                positions = positions[may[self.places[positions]]]
            found.append(positions)
            kept += len(positions)
            first = last
        return np.concatenate(found)

    def _positions_in(self, cells: Cells) -> Rows:
        starts, ends = self.starts[cells].tolist(), self.starts[cells + 1].tolist()
        ranges = zip(starts, ends, strict=True)
        return np.concatenate([np.arange(*span, dtype=np.int32) for span in ranges])

    def _distances(self, positions: Rows, vector: Floats) -> NDArray[np.uint16]:
        """Return in how many bits the sketches at positions differ from a vector's."""
        wanted = _sides((vector - self.middle)[None], _planes(len(vector)))[0]
        found = np.zeros(len(positions), np.uint16)
        for start in range(0, len(positions), COUNTED_BLOCK):
            here = self.words.take(positions[start : start + COUNTED_BLOCK], axis=0)
            block = found[start : start + COUNTED_BLOCK]
            for word, side in zip(here.T, wanted, strict=True):
                block += np.bitwise_count(word ^ side)
        return found


def is_mask(among: Among) -> bool:
    """Say whether what may come is told by a mask, and not by numbers."""
    return bool(among.dtype == bool)


def picked_out(among: Among) -> Among:
    """Return the places of a mask's few; a mask that keeps much as it is."""
    if is_mask(among) and np.count_nonzero(among) < SPARSE * len(among):
        return places_in(among)
    return among


def places_in(among: Among) -> Rows:
    """Return which places may come, ascending."""
    return np.flatnonzero(among).astype(np.int32) if is_mask(among) else among


def _cells(count: int) -> int:
    """Return into how many cells so many vectors are put."""
    return 1 if count <= COUNTED else int(np.sqrt(count))


def _centres(sample: Floats, count: int) -> Floats:
    """Return so many centres of vectors of unit length, by spherical k-means."""
    chance = np.random.default_rng(count)
    centres = sample[chance.choice(len(sample), count, replace=False)]
    for _ in range(ROUNDS if count > 1 else 0):
        nearest = _nearest_of(centres, sample)
        order = np.argsort(nearest, kind="stable")
        # A centre that nothing is nearest to stays where it is.
        used, starts = np.unique(nearest[order], return_index=True)
        sums = np.add.reduceat(sample[order], starts, axis=0)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        centres[used] = sums / np.maximum(lengths, 1e-6)
    return centres


def _nearest_of(centres: Floats, vectors: Floats) -> NDArray[np.int16]:
    """Return the nearest centre of each vector: (n,)."""
    found: NDArray[np.int16] = np.argmax(vectors @ centres.T, axis=1).astype(np.int16)
    return found


def _sides(vectors: Floats, planes: Floats) -> Words:
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
