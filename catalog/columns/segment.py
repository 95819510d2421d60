"""A part of the catalog in arrays: built once, never changed.

What changes later comes in a newer segment, and its row here counts no more; small
segments are joined as they come (`view.py`). So readers need no lock, and a large one
may lie in files that all processes share.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog.columns.common import CommonWords
from catalog.columns.postings import Postings, Rows
from catalog.columns.vectors import Vectors, matrix_type

# Columns of numbers, in double precision as they are stored: a filter's end must not
# be rounded over. NaN where unknown.
NUMBERS = (
    *("year", "duration_ms", "popularity", "tempo_bpm", "loudness_lufs", "energy"),
    *("valence", "danceability", "acousticness", "instrumentalness", "liveness"),
)


# The other columns: of each row one small whole number.
FLAGS = (
    *("version", "explicit", "has_audio", "has_genre", "has_words", "song"),
    "length",
)
POSTINGS = ("artist", "album", "tag", "title", "language", "word")
# The other way round: the artists of a row.
CREDIT = "credit"


@dataclass(frozen=True)
class Segment:
    """(n,) rows, by ascending track id.

    numbers: float64 by name, see NUMBERS. flags by name, see FLAGS: version, int8, a
    place in `Track.Version.values`; explicit, int8, -1 unknown; has_audio, has_genre and
    has_words (any tag that is no genre), bool; song, int64, what versions of one song
    share, 0 for none; length, uint16, words of its document. postings by name, see
    POSTINGS: artist, album and tag by id; title, language and word (of the document)
    by `text_key`; besides, under CREDIT, the artists of each row. vectors by space id.
    """

    ids: NDArray[np.int64]
    numbers: Mapping[str, NDArray[np.float64]]
    flags: Mapping[str, NDArray[Any]]
    postings: Mapping[str, Postings]
    vectors: Mapping[int, Vectors]

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.ids)

    @cached_property
    def common_words(self) -> CommonWords:
        """Return the commonest words, found when they are first asked for."""
        return CommonWords.of(self.postings["word"], len(self))

    def words_worth(
        self, rows: Rows, worth: Mapping[int, float]
    ) -> NDArray[np.float32]:
        """Return what those of some words that each row has are worth together: (n,).

        worth: by the words' keys.
        """
        common = self.common_words
        others = np.zeros(len(self), np.float32)
        for key in worth.keys() - common.bit_of.keys():
            others[self.postings["word"].rows_of(key)] += np.float32(worth[key])
        known = {key: worth[key] for key in worth.keys() & common.bit_of.keys()}
        return others[rows] + common.worth(rows, known)


def joined(segments: Sequence[Segment], kept: Sequence[NDArray[np.bool_]]) -> Segment:
    """Return one segment of the rows of several that are kept.

    kept: (n,) for each segment. A track must be kept in no more than one of them.
    """
    ids = np.concatenate([s.ids[k] for s, k in zip(segments, kept, strict=True)])
    order = np.argsort(ids)
    # Where each old row comes to lie, -1 for those that go.
    moves: list[NDArray[np.int32]] = []
    before = 0
    place = np.empty(len(order), np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    for keeps in kept:
        move = np.full(len(keeps), -1, np.int32)
        count = int(keeps.sum())
        move[keeps] = place[before : before + count]
        before += count
        moves.append(move)

    def column(parts: Iterable[NDArray[Any]]) -> NDArray[Any]:
        return np.concatenate([p[k] for p, k in zip(parts, kept, strict=True)])[order]

    return Segment(
        ids=ids[order],
        numbers={name: column(s.numbers[name] for s in segments) for name in NUMBERS},
        flags={name: column(s.flags[name] for s in segments) for name in FLAGS},
        postings={
            **{
                name: _postings_joined([s.postings[name] for s in segments], moves)
                for name in POSTINGS
            },
            CREDIT: _credits_joined([s.postings[CREDIT] for s in segments], moves),
        },
        vectors={
            space: _vectors_joined([s.vectors[space] for s in segments], moves, order)
            for space in segments[0].vectors
            if all(space in s.vectors for s in segments)
        },
    )


def _postings_joined(
    parts: Sequence[Postings], moves: Sequence[NDArray[np.int32]]
) -> Postings:
    pairs = [part.pairs() for part in parts]
    keys = np.concatenate([keys for keys, _ in pairs])
    rows = np.concatenate(
        [move[rows] for move, (_, rows) in zip(moves, pairs, strict=True)]
    )
    stays = rows >= 0
    return Postings.of(keys[stays], rows[stays])


def _credits_joined(
    parts: Sequence[Postings], moves: Sequence[NDArray[np.int32]]
) -> Postings:
    pairs = [part.pairs() for part in parts]
    rows = np.concatenate(
        [move[rows] for move, (rows, _) in zip(moves, pairs, strict=True)]
    )
    artists = np.concatenate([artists for _, artists in pairs])
    stays = rows >= 0
    return Postings.of(rows[stays].astype(np.int64), artists[stays])


def _vectors_joined(
    parts: Sequence[Vectors],
    moves: Sequence[NDArray[np.int32]],
    order: NDArray[np.int64],
) -> Vectors:
    rows = np.concatenate(
        [move[part.rows] for move, part in zip(moves, parts, strict=True)]
    )
    size = max(part.matrix.shape[1] for part in parts)
    stays = np.flatnonzero(rows >= 0)
    stays = stays[np.argsort(rows[stays])]
    # Part by part, since a large one needn't be in memory twice.
    matrix = np.empty((len(stays), size), matrix_type(len(stays)))
    start = 0
    for part in parts:
        is_here = (stays >= start) & (stays < start + len(part.rows))
        matrix[is_here] = part.matrix[stays[is_here] - start]
        start += len(part.rows)
    return Vectors.of(len(order), rows[stays], matrix)
