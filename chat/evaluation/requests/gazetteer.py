"""The baseline: words marked in other requests, and a window of negation before them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from chat.evaluation.requests.rows import Marked, Request

FOLDS = 5
_NEGATIONS = frozenset(
    [
        "no",
        "not",
        "without",
        "dont",
        "doesnt",
        "isnt",
        "arent",
        "nothing",
        "never",
        "non",
        "except",
        "minus",
        "less",
    ]
)
_WINDOW_WORDS = 3
_MAX_WORDS = 6


def gazetteer_read(requests: Sequence[Request]) -> list[frozenset[Marked]]:
    """Mark each request with the words of the four other folds, longest first."""
    folds = [_fold(request.query) for request in requests]
    types = [
        _types([r for r, fold in zip(requests, folds, strict=True) if fold != left_out])
        for left_out in range(FOLDS)
    ]
    return [
        _marked(request.query, types[fold])
        for request, fold in zip(requests, folds, strict=True)
    ]


def _fold(query: str) -> int:
    return hashlib.sha256(query.encode()).digest()[1] % FOLDS


def _types(requests: Sequence[Request]) -> dict[str, str]:
    counts: dict[str, Counter[str]] = {}
    for request in requests:
        for mark in request.marked:
            counts.setdefault(mark.text, Counter())[mark.type] += 1
    return {text: types.most_common(1)[0][0] for text, types in counts.items()}


def _marked(query: str, types: dict[str, str]) -> frozenset[Marked]:
    words = query.lower().split()
    found: set[Marked] = set()
    i = 0
    while i < len(words):
        size = next(
            (
                n
                for n in range(_MAX_WORDS, 0, -1)
                if " ".join(words[i : i + n]) in types
            ),
            0,
        )
        if size:
            text = " ".join(words[i : i + size])
            before = words[max(0, i - _WINDOW_WORDS) : i]
            polarity = "+" if _NEGATIONS.isdisjoint(before) else "-"
            found.add(Marked(types[text], text, polarity))
        i += size or 1
    return frozenset(found)
