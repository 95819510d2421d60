"""The commonest words of a segment, as a bit of each row.

A word that a third of all documents have says little and takes long to look up. Which of
the commonest a row has stands in one number instead, so that what all of them together
are worth is looked up at once, eight of them in a table of what each 256 sets are worth.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog.columns.postings import Postings, Rows

# As many as a number has bits; rarer words than this share of rows are looked up soon.
MOST_WORDS, LEAST_SHARE = 64, 1 / 64
# (256, 8): which bits are set in each byte, the lowest first.
_SETS = np.unpackbits(
    np.arange(256, dtype=np.uint8)[:, None], axis=1, bitorder="little"
)


@dataclass(frozen=True)
class CommonWords:
    """bit_of: a word's bit, by its key. bits: (n,) uint64, little-endian."""

    bit_of: Mapping[int, int]
    bits: NDArray[np.uint64]

    @classmethod
    def of(cls, words: Postings, count: int) -> CommonWords:
        """Mark the commonest words of `count` rows. About 50 ms for a million."""
        sizes = np.diff(words.starts)
        most = np.argsort(-sizes, kind="stable")[:MOST_WORDS]
        keys = words.keys[most[sizes[most] >= LEAST_SHARE * count]].tolist()
        bits = np.zeros(count, "<u8")
        for bit, key in enumerate(keys):
            bits[words.rows_of(key)] |= np.uint64(1 << bit)
        return cls({key: bit for bit, key in enumerate(keys)}, bits)

    def worth(self, rows: Rows, worth: Mapping[int, float]) -> NDArray[np.float32]:
        """Return what those of some words that each row has are worth together: (n,).

        worth: by the words' keys; other words than the common ones aren't asked for.
        """
        weights = np.zeros((8, 8), np.float32)
        for key, weight in worth.items():
            weights.flat[self.bit_of[key]] = weight
        found = np.zeros(len(rows), np.float32)
        bytes_of = self.bits[rows].view(np.uint8).reshape(-1, 8)
        for eight, sets in zip(weights, bytes_of.T, strict=True):
            if eight.any():
                found += (_SETS @ eight)[sets]
        return found
