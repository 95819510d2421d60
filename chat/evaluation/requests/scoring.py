"""Precision, recall and F1 of exact spans, over all types and for each."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence

from chat.evaluation.requests.rows import TYPES, Marked

Found = Sequence[frozenset[Marked]]


def figures_of(found: Found, gold: Found) -> dict[str, object]:
    """Return the figures of one reading of the requests, ready for JSON.

    micro: type and words. with_polarity: these and +, - or ~. refused: only those
    marked "-", on either side.
    """
    return {
        "micro": _figures(found, gold, lambda mark: mark.bare),
        "with_polarity": _figures(found, gold, lambda mark: mark),
        "refused": _figures(
            [_refused(marks) for marks in found],
            [_refused(marks) for marks in gold],
            lambda mark: mark,
        ),
        "types": {
            name: _figures(
                [_of_type(marks, name) for marks in found],
                [_of_type(marks, name) for marks in gold],
                lambda mark: mark.bare,
            )
            for name in TYPES.values()
        },
    }


def _figures(
    found: Sequence[Iterable[Marked]],
    gold: Sequence[Iterable[Marked]],
    what: Callable[[Marked], Hashable],
) -> dict[str, float | int]:
    right = wrong = missed = 0
    for ours, theirs in zip(found, gold, strict=True):
        here, there = set(map(what, ours)), set(map(what, theirs))
        right += len(here & there)
        wrong += len(here - there)
        missed += len(there - here)
    return {
        "precision": _share(right, right + wrong),
        "recall": _share(right, right + missed),
        "f1": _share(2 * right, 2 * right + wrong + missed),
        "marked": right + missed,
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _refused(marks: Iterable[Marked]) -> list[Marked]:
    return [mark for mark in marks if mark.polarity == "-"]


def _of_type(marks: Iterable[Marked], name: str) -> list[Marked]:
    return [mark for mark in marks if mark.type == name]
