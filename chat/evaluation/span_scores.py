"""How well found spans agree with the right ones: micro-averaged precision, recall, F1."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from chat.agent.understanding.tagging.labels import Tag

Rows = Sequence[Collection[Tag]]


@dataclass(frozen=True)
class Agreement:
    """Counts over all sentences: what was right, what was found, what was there."""

    right_found: int
    right_there: int
    found: int
    there: int

    def as_json(self) -> dict[str, float | int]:
        """Return the figures, each a fraction with four places, and the gold's count."""
        precision = self.right_found / self.found if self.found else 0.0
        recall = self.right_there / self.there if self.there else 0.0
        both = precision + recall
        return {
            "f1": round(2 * precision * recall / both, 4) if both else 0.0,
            "precision": round(precision, 4),
            "recall": round(recall, 4),
            "spans": self.there,
        }


def strict(gold: Rows, found: Rows, *, kind: str = "") -> Agreement:
    """Count spans of the same kind and the same edges."""
    right = there = said = 0
    for right_ones, found_ones in zip(gold, found, strict=True):
        wanted, got = set(_of(right_ones, kind)), set(_of(found_ones, kind))
        right += len(wanted & got)
        there += len(wanted)
        said += len(got)
    return Agreement(right, right, said, there)


def relaxed(gold: Rows, found: Rows, *, kind: str = "") -> Agreement:
    """Count spans of the same kind that share a character with one of the other side."""
    right_found = right_there = there = said = 0
    for right_ones, found_ones in zip(gold, found, strict=True):
        wanted, got = _of(right_ones, kind), _of(found_ones, kind)
        right_there += sum(any(_meet(tag, other) for other in got) for tag in wanted)
        right_found += sum(any(_meet(tag, other) for other in wanted) for tag in got)
        there += len(wanted)
        said += len(got)
    return Agreement(right_found, right_there, said, there)


def _of(tags: Collection[Tag], kind: str) -> list[Tag]:
    return [tag for tag in tags if not kind or tag.kind == kind]


def _meet(one: Tag, other: Tag) -> bool:
    is_same_kind = one.kind == other.kind
    return is_same_kind and one.start < other.end and other.start < one.end
