"""What plain retrieval finds: BM25, nearest vectors, and both fused.

Documents are "title by artists from album". A query is the last message, or all so far.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chat.evaluation.cpcd.dialogues import Asked, Song

# What bm25s takes unless told otherwise: Lucene's BM25 with these figures, words of two
# letters and more, and Lucene's English stop words.
K1, B = 1.5, 0.75
_WORD = re.compile(r"(?u)\b\w\w+\b")
_STOP = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "but",
        "by",
        "for",
        "if",
        "in",
        "into",
        "is",
        "it",
        "no",
        "not",
        "of",
        "on",
        "or",
        "such",
        "that",
        "the",
        "their",
        "then",
        "there",
        "these",
        "they",
        "this",
        "to",
        "was",
        "will",
        "with",
    ]
)
# Cormack, Clarke & Buettcher, SIGIR 2009.
RRF_K = 60
# So many of each list are fused.
FUSED: Final = 1000

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
Scores = NDArray[np.float32]


def document(song: Song) -> str:
    """Return a song as plain retrieval sees it."""
    by = f" by {', '.join(song.artists)}" if song.artists else ""
    return f"{song.title}{by}{f' from {song.album}' if song.album else ''}"


class BM25:
    """Okapi BM25 over a fixed corpus, as Lucene has it."""

    def __init__(self, documents: Sequence[str]) -> None:
        """Count the words of all documents."""
        counts = [Counter(_words(document)) for document in documents]
        lengths = np.array([count.total() for count in counts], np.float32)
        penalty = K1 * (1 - B + B * lengths / max(1.0, float(lengths.mean())))
        rows: dict[str, list[int]] = {}
        times: dict[str, list[int]] = {}
        for row, count in enumerate(counts):
            for word, occurs in count.items():
                rows.setdefault(word, []).append(row)
                times.setdefault(word, []).append(occurs)
        self._size = len(documents)
        self._of: dict[str, tuple[NDArray[np.int64], Scores]] = {}
        for word, having in rows.items():
            known, occur = np.array(having), np.array(times[word], np.float32)
            others = self._size - len(having)
            rarity = np.log(1 + (others + 0.5) / (len(having) + 0.5))
            self._of[word] = known, rarity * occur / (penalty[known] + occur)

    def scores(self, text: str) -> Scores:
        """Return (documents,)."""
        found = np.zeros(self._size, np.float32)
        for word in _words(text):
            if word in self._of:
                rows, weights = self._of[word]
                found[rows] += weights
        return found


class Baselines:
    """Rankings of clusters by plain retrieval, by the baseline's name."""

    def __init__(self, songs: Mapping[str, Song], encode: Encode) -> None:
        """songs: by cluster. encode: texts to unit vectors."""
        self._clusters = list(songs)
        self._row = {cluster: row for row, cluster in enumerate(self._clusters)}
        documents = [document(song) for song in songs.values()]
        self._words = BM25(documents)
        self._encode = encode
        self._vectors = encode(documents)

    def rankings(
        self, turn: Asked, last: str, all_said: str
    ) -> Iterator[tuple[str, list[str]]]:
        """Yield each baseline's ranking. all_said: the words of all turns up to this."""
        for name, text in (("last", last), ("all", all_said)):
            by_words = self._order(self._words.scores(text), turn)
            by_meaning = self._order(self._vectors @ self._encode([text])[0], turn)
            yield f"bm25_{name}", self._named(by_words)
            yield f"dense_{name}", self._named(by_meaning)
            yield f"rrf_{name}", self._named(_fused(by_words, by_meaning))

    def _order(self, scores: Scores, turn: Asked) -> list[int]:
        """Return rows, the best first, without the seeds."""
        scores = scores.copy()
        scores[[self._row[seed] for seed in turn.liked]] = -np.inf
        rows = np.argsort(-scores, kind="stable")[:FUSED]
        found: list[int] = rows.tolist()
        return found

    def _named(self, rows: Sequence[int]) -> list[str]:
        return [self._clusters[row] for row in rows]


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.lower()) if word not in _STOP]


def _fused(*orders: Sequence[int]) -> list[int]:
    scores: dict[int, float] = {}
    for order in orders:
        for rank, row in enumerate(order):
            scores[row] = scores.get(row, 0.0) + 1 / (RRF_K + rank + 1)
    return sorted(scores, key=lambda row: (-scores[row], row))
