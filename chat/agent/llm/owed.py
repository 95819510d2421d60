"""What a message asks to be done, and whether it has been.

A model that says "here are ten songs" and calls no tool has done nothing; one that
broke off in the middle has done a part. What is left is the built-in planner's.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Literal

from chat.agent.builtin.desk import Desk
from chat.agent.understanding.reading import (
    Act,
    AddSome,
    Ask,
    KeepOnly,
    MoreLike,
    ReactTo,
    Reading,
    RenameTo,
    Resize,
    Shift,
    StartOver,
    TakeOut,
    Undo,
)

Effect = Literal[
    "brought", "took", "moved", "renamed", "undone", "reacted", "found nothing"
]

_NEEDS: dict[type, frozenset[Effect]] = {
    Ask: frozenset({"brought", "took", "found nothing"}),
    MoreLike: frozenset({"brought", "found nothing"}),
    Shift: frozenset({"brought", "took", "moved", "found nothing"}),
    AddSome: frozenset({"brought", "found nothing"}),
    TakeOut: frozenset({"took"}),
    KeepOnly: frozenset({"took"}),
    Resize: frozenset({"brought", "took", "found nothing"}),
    RenameTo: frozenset({"renamed"}),
    ReactTo: frozenset({"reacted"}),
    Undo: frozenset({"undone"}),
    StartOver: frozenset({"took", "brought"}),
}


def left_to_do(desk: Desk, reading: Reading, effects: Collection[Effect]) -> Reading:
    """Return what a message asks for and nothing has been done about."""
    return Reading(
        tuple(
            act
            for act in reading.acts
            if is_request(desk, act) and _needs(act).isdisjoint(effects)
        )
    )


def _needs(act: Act) -> frozenset[Effect]:
    if isinstance(act, Ask) and act.is_fresh:
        return _NEEDS[Ask] - {"took"}
    return _NEEDS[type(act)]


def is_request(desk: Desk, act: Act) -> bool:
    """Say whether an act asks for something to be done that can be.

    Words alone may be talk, unless they speak of music; so may a name nobody knows.
    """
    if type(act) not in _NEEDS:
        return False
    if isinstance(act, Ask) and act.wanted.contradictions:
        return False  # it has to be asked which one holds
    if isinstance(act, Ask):
        named = replace(act.wanted, words=())
        return not named.is_empty or (
            bool(act.wanted.words) and desk.tools.asks_for_music()
        )
    if isinstance(act, MoreLike | ReactTo):
        return bool(desk.resolve(act.references))
    if isinstance(act, TakeOut | KeepOnly | StartOver):
        return bool(desk.tools.tracks())
    return True
