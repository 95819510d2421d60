"""What a message asks of the model to be done, and whether it has been.

A model that says "here are ten songs" and calls no tool has done nothing; one that
broke off in the middle has done a part. What is left is the built-in planner's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from chat.agent.builtin.desk import Desk
from chat.agent.builtin.pinning import pointed_at
from chat.agent.changes import middle
from chat.agent.understanding.reading import (
    Act,
    AddSome,
    Ask,
    MoreLike,
    Reading,
    Shift,
)

Effect = Literal[
    "brought", "took", "moved", "renamed", "undone", "reacted", "found nothing"
]

# What counts as having done an act.
_NEEDS: dict[type, frozenset[Effect]] = {
    Ask: frozenset({"brought", "took", "found nothing"}),
    MoreLike: frozenset({"brought", "found nothing"}),
    Shift: frozenset({"brought", "took", "moved", "found nothing"}),
    AddSome: frozenset({"brought", "found nothing"}),
}


class Owed:
    """The acts of the model's share that ask for something that can be done."""

    def __init__(self, desk: Desk, reading: Reading) -> None:
        self._desk = desk
        self._requests = [act for act in reading.acts if _is_request(desk, act)]
        leanings = [a.leanings[0] for a in self._requests if isinstance(a, Shift)]
        self._middles = {
            leaning.attribute: self._middle(leaning.attribute) for leaning in leanings
        }

    def left(self, effects: set[Effect]) -> Reading:
        """Return the acts that nothing has been done about. Blocks."""
        return Reading(
            tuple(act for act in self._requests if not self._is_done(act, effects))
        )

    def _is_done(self, act: Act, effects: set[Effect]) -> bool:
        if _needs(act).isdisjoint(effects):
            return False
        if isinstance(act, Shift) and "found nothing" not in effects:
            return self._has_moved(act)
        return True

    def _has_moved(self, act: Shift) -> bool:
        """Say whether the list went the way that was asked for first of all."""
        leaning = act.leanings[0]
        before, now = self._middles[leaning.attribute], self._middle(leaning.attribute)
        if before is None or now is None or not leaning.step:
            return True
        return (now - before) * leaning.step > 0

    def _middle(self, attribute: str) -> float | None:
        tracks = self._desk.tools.tracks()
        return middle(list(self._desk.tools.songs(tracks).values()), attribute)


def _needs(act: Act) -> frozenset[Effect]:
    if isinstance(act, Ask) and act.is_fresh:
        return _NEEDS[Ask] - {"took"}
    if isinstance(act, AddSome) and act.playlist:
        return frozenset()  # No tool of the model's reaches another list.
    return _NEEDS[type(act)]


def _is_request(desk: Desk, act: Act) -> bool:
    """Say whether an act asks for something to be done that can be.

    Words alone may be talk, unless they speak of music; so may a name nobody knows.
    Of things that can't be at once it has to be asked which one holds.
    """
    match act:
        case Ask(wanted=wanted):
            if wanted.contradictions:
                return False
            if wanted.is_empty and not wanted.unknown_names:
                return True  # "Surprise me" names nothing.
            is_of_words = replace(wanted, words=()).is_empty
            return not is_of_words or (
                bool(wanted.words) and desk.tools.asks_for_music()
            )
        case MoreLike():
            return bool(pointed_at(act))
    return type(act) in _NEEDS
