"""What a message asks to be done, and whether it has been.

A model that says "here are ten songs" and calls no tool has done nothing; one that
broke off in the middle has done a part. What is left is the built-in planner's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from chat.agent.builtin.desk import Desk
from chat.agent.builtin.matching import artists_by_name, matching
from chat.agent.llm.pinning import pointed_at
from chat.agent.understanding.reading import (
    Act,
    AddSome,
    Arrange,
    Ask,
    DropRepeats,
    Follow,
    Further,
    GoBackTo,
    KeepOnly,
    MoreLike,
    MoveTo,
    ReactTo,
    Reading,
    RenameTo,
    ReplaceWith,
    Resize,
    Shift,
    ShiftYears,
    StartOver,
    SwapPlaces,
    TakeOut,
    Undo,
)
from chat.agent.understanding.wish import (
    Wanted,
)

Effect = Literal[
    "brought", "took", "moved", "renamed", "undone", "reacted", "found nothing"
]

# What counts as having done an act, for those that have no songs to be held against.
_NEEDS: dict[type, frozenset[Effect]] = {
    Ask: frozenset({"brought", "took", "found nothing"}),
    MoreLike: frozenset({"brought", "found nothing"}),
    Shift: frozenset({"brought", "took", "moved", "found nothing"}),
    Further: frozenset({"brought", "took", "moved", "found nothing"}),
    ShiftYears: frozenset({"brought", "took", "found nothing"}),
    AddSome: frozenset({"brought", "found nothing"}),
    TakeOut: frozenset({"took"}),
    KeepOnly: frozenset({"took"}),
    ReplaceWith: frozenset({"brought"}),
    Resize: frozenset({"brought", "took", "found nothing"}),
    MoveTo: frozenset({"moved"}),
    SwapPlaces: frozenset({"moved"}),
    Arrange: frozenset({"moved"}),
    Follow: frozenset({"moved", "brought"}),
    DropRepeats: frozenset({"took"}),
    GoBackTo: frozenset({"brought", "took", "moved"}),
    RenameTo: frozenset({"renamed"}),
    ReactTo: frozenset({"reacted"}),
    Undo: frozenset({"undone"}),
    StartOver: frozenset({"took", "brought"}),
}


class Owed:
    """The acts of a pinned reading that ask for something that can be done.

    must_go: for acts that take songs out, those that are to be gone at the end.
    """

    def __init__(self, desk: Desk, reading: Reading) -> None:
        self._desk = desk
        self._requests: list[tuple[Act, frozenset[int]]] = []
        for act in reading.acts:
            must_go = _must_go(desk, act)
            if _is_request(desk, act, must_go):
                self._requests.append((act, must_go))

    def left(self, effects: set[Effect]) -> Reading:
        """Return the acts that nothing, or not all, has been done about. Blocks."""
        tracks = frozenset(self._desk.tools.tracks())
        return Reading(
            tuple(
                act
                for act, must_go in self._requests
                if must_go & tracks or _needs(act).isdisjoint(effects)
            )
        )


def _needs(act: Act) -> frozenset[Effect]:
    if isinstance(act, Ask) and act.is_fresh:
        return _NEEDS[Ask] - {"took"}
    if isinstance(act, AddSome) and act.playlist:
        return frozenset()  # No tool of the model's reaches another list.
    return _NEEDS[type(act)]


def _must_go(desk: Desk, act: Act) -> frozenset[int]:
    tracks = desk.tools.tracks()
    match act:
        case TakeOut(wanted=wanted):
            return _meant(desk, act, wanted)
        case ReplaceWith(gone=gone):
            return _meant(desk, act, gone)
        case KeepOnly(wanted=wanted):
            stay = _meant(desk, act, wanted)
            return frozenset(tracks) - stay if stay else frozenset()
    return frozenset()


def _meant(desk: Desk, act: Act, wanted: Wanted) -> frozenset[int]:
    """Return the songs of the list that an act points at or names."""
    tracks = desk.tools.tracks()
    meant = set(pointed_at(act)).intersection(tracks)
    songs = desk.tools.songs(tracks)
    by_name = artists_by_name(wanted, songs)
    named = replace(wanted, artists=(*wanted.artists, *by_name))
    if not named.is_empty and not (isinstance(act, ReplaceWith) and meant):
        meant.update(t for t in tracks if matching(desk, songs[t], named))
    return frozenset(meant)


def _is_request(desk: Desk, act: Act, must_go: frozenset[int]) -> bool:
    """Say whether an act asks for something to be done that can be.

    Words alone may be talk, unless they speak of music; so may a name nobody knows.
    Of things that can't be at once it has to be asked which one holds.
    """
    match act:
        case Ask(wanted=wanted):
            if wanted.contradictions:
                return False
            is_of_words = replace(wanted, words=()).is_empty
            return not is_of_words or (
                bool(wanted.words) and desk.tools.asks_for_music()
            )
        case TakeOut() | KeepOnly() | ReplaceWith():
            return bool(must_go)
        case MoreLike() | ReactTo():
            return bool(pointed_at(act))
        case StartOver() | Arrange() | DropRepeats() | SwapPlaces() | MoveTo():
            return bool(desk.tools.tracks())
    return type(act) in _NEEDS
