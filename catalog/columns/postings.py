"""Which rows have a value: the inverted lists of a column with many values a row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int32]
Keys = NDArray[np.int64]

NO_ROWS: Rows = np.zeros(0, np.int32)


@dataclass(frozen=True)
class Postings:
    """Rows by key.

    keys: (k,) ascending, each once. starts: (k + 1,) where a key's rows begin. rows:
    (m,), ascending within a key.
    """

    keys: Keys
    starts: NDArray[np.int64]
    rows: Rows

    @classmethod
    def of(cls, keys: Keys, rows: Rows) -> Postings:
        """Build from pairs: (m,) keys and (m,) rows. A pair that comes twice counts once."""
        order = np.lexsort((rows, keys))
        keys, rows = keys[order], rows[order]
        if len(keys):
            is_new = np.ones(len(keys), bool)
            is_new[1:] = (keys[1:] != keys[:-1]) | (rows[1:] != rows[:-1])
            keys, rows = keys[is_new], rows[is_new]
        unique, starts = np.unique(keys, return_index=True)
        return cls(unique, np.append(starts, len(keys)), rows.astype(np.int32))

    def rows_of(self, key: int) -> Rows:
        """Return the rows that have a key, ascending; none for an unknown one."""
        place = int(np.searchsorted(self.keys, key))
        if place == len(self.keys) or self.keys[place] != key:
            return NO_ROWS
        return self.rows[self.starts[place] : self.starts[place + 1]]

    def rows_of_each(self, keys: NDArray[np.integer]) -> list[list[int]]:
        """Return the rows of each of n keys, as `rows_of` does."""
        if not len(self.keys):
            return [[] for _ in keys]
        places = np.searchsorted(self.keys, keys.astype(self.keys.dtype))
        places = np.minimum(places, len(self.keys) - 1)
        is_known = self.keys[places] == keys
        firsts, lasts = self.starts[places], self.starts[places + 1] * is_known
        return [
            self.rows[first:last].tolist()
            for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True)
        ]

    def pairs(self) -> tuple[Keys, Rows]:
        """Return what it was built from, each pair once: (m,) keys and (m,) rows."""
        return np.repeat(self.keys, np.diff(self.starts)), np.asarray(self.rows)


def text_key(text: str) -> int:
    """Return a key for a text, the same in every process and on every machine.

    63 bits of BLAKE2b: among a hundred million texts, two share one with a chance of
    one in two thousand. Never 0, which stands for no text.
    """
    digest = blake2b(text.encode(), digest_size=8).digest()
    return (int.from_bytes(digest, "little") & (2**63 - 1)) or 1


def text_keys(texts: Iterable[str]) -> Keys:
    """Return a key for each text; 0 for an empty one."""
    return np.array([text_key(text) if text else 0 for text in texts], np.int64)
