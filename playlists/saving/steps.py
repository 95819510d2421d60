"""The few steps that turn one list into another.

Moving as few blocks as can be is hard in general; from the top down, each step here
brings the longest run that is wanted next, which is the fewest for what people do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from playlists.edits import common_order

AT_ONCE = 100


@dataclass(frozen=True)
class Remove:
    """Take these out, wherever they stand."""

    refs: tuple[str, ...]


@dataclass(frozen=True)
class Move:
    """Move `length` entries that begin at `start` to before the entry at `before`."""

    start: int
    length: int
    before: int


@dataclass(frozen=True)
class Insert:
    """Put these in at a position."""

    position: int
    refs: tuple[str, ...]


@dataclass(frozen=True)
class Replace:
    """Put these, AT_ONCE at most, in the place of everything."""

    refs: tuple[str, ...]


@dataclass(frozen=True)
class Cut:
    """Take out `length` entries that begin at `start`."""

    start: int
    length: int


Step = Remove | Move | Insert | Replace | Cut


def steps_between(
    now: Sequence[str], wanted: Sequence[str], *, may_replace: bool = True
) -> list[Step]:
    """Return the steps from one list to another, for a service that takes out by name.

    What stands there more often than is wanted goes out at all of its places, and in
    again. One step is one call: no more than AT_ONCE refs stand in each. may_replace:
    whether all that is wanted can be put anew.
    """
    changes = _changes(list(now), wanted)
    whole = _anew(wanted)
    # A change leaves the others' date of adding as it was.
    return whole if may_replace and len(whole) < len(changes) else changes


def steps_by_place(now: Sequence[str], wanted: Sequence[str]) -> list[Step]:
    """Return such steps for a service that takes entries out by their place.

    Where all is put anew, it goes in before what was there goes out: no song of the
    listener's is ever nowhere.
    """
    held = list(now)
    stays, _ = _matched(held, wanted)
    cuts = _cuts(held, stays)
    changes = [*cuts, *_filled(held, wanted)]
    whole: list[Step] = [*_inserts(0, wanted), Cut(len(wanted), len(now))]
    return whole if len(whole) < len(changes) else changes


def _matched(held: Sequence[str], wanted: Sequence[str]) -> tuple[set[int], set[int]]:
    """Return the places of what stays, as it is held and as it is wanted.

    As much as can be stays where it is in the order; the rest is to be moved.
    """
    stays, filled = common_order(held, wanted)
    moves = Counter(ref for place, ref in enumerate(held) if place not in stays)
    moves &= Counter(ref for place, ref in enumerate(wanted) if place not in filled)
    return stays | _firsts(held, stays, moves), filled | _firsts(wanted, filled, moves)


def _firsts(refs: Sequence[str], taken: set[int], counts: Counter[str]) -> set[int]:
    """Return the first places of refs, as many of each as are counted, but those taken."""
    left = counts.copy()
    found = set()
    for place, ref in enumerate(refs):
        if place not in taken and left[ref] > 0:
            left[ref] -= 1
            found.add(place)
    return found


def _cuts(held: list[str], stays: set[int]) -> list[Step]:
    """Take out all but some places, from the end; the list is changed."""
    steps: list[Step] = []
    end = len(held)
    while end > 0:
        start = end
        while start > 0 and start - 1 not in stays:
            start -= 1
        if start < end:
            steps.append(Cut(start, end - start))
            del held[start:end]
        end = start - 1
    return steps


def _anew(wanted: Sequence[str]) -> list[Step]:
    first = Replace(tuple(wanted[:AT_ONCE]))
    return [first, *_inserts(AT_ONCE, wanted[AT_ONCE:])]


def _changes(held: list[str], wanted: Sequence[str]) -> list[Step]:
    gone = tuple(Counter(held) - Counter(wanted))
    out = set(gone)
    held = [ref for ref in held if ref not in out]
    parts = range(0, len(gone), AT_ONCE)
    removed: list[Step] = [Remove(gone[at : at + AT_ONCE]) for at in parts]
    return [*removed, *_filled(held, wanted)]


def _filled(held: list[str], wanted: Sequence[str]) -> list[Step]:
    """Order a list of which all is wanted, then put in what it lacks, from the top."""
    _, filled = _matched(held, wanted)
    steps = _moves(held, [wanted[place] for place in sorted(filled)])
    at = 0
    while at < len(wanted):
        end = at
        while end < len(wanted) and end not in filled:
            end += 1
        steps += _inserts(at, wanted[at:end])
        at = end + 1
    return steps


def _moves(held: list[str], wanted: list[str]) -> list[Step]:
    """Bring a list into another order of the same entries; it is changed."""
    steps: list[Step] = []
    for at, ref in enumerate(wanted):
        if held[at] == ref:
            continue
        start, length = held.index(ref, at), 1
        while wanted[at : at + length + 1] == held[start : start + length + 1]:
            length += 1
            if start + length >= len(held):
                break
        run = held[start : start + length]
        del held[start : start + length]
        held[at:at] = run
        steps.append(Move(start, length, at))
    return steps


def _inserts(position: int, refs: Sequence[str]) -> list[Step]:
    return [
        Insert(position + at, tuple(refs[at : at + AT_ONCE]))
        for at in range(0, len(refs), AT_ONCE)
    ]


def step_applied(refs: Sequence[str], step: Step) -> list[str]:
    """Return a list after a step."""
    held = list(refs)
    match step:
        case Remove(refs=gone):
            return [ref for ref in held if ref not in gone]
        case Move(start=start, length=length, before=before):
            run = held[start : start + length]
            del held[start : start + length]
            at = before if before <= start else before - length
            return [*held[:at], *run, *held[at:]]
        case Insert(position=at, refs=new):
            return [*held[:at], *new, *held[at:]]
        case Replace(refs=new):
            return list(new)
        case Cut(start=start, length=length):
            return [*held[:start], *held[start + length :]]
