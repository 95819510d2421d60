"""Reads songs of the list in the place of others: "swap 2 with 5", "put 3 in place of 5"."""

from __future__ import annotations

import re
from dataclasses import replace

from chat.agent.understanding.clauses import Clause
from chat.agent.understanding.moving import (
    CARDINAL,
    ORDINAL,
    of_playlist,
    pointed_in,
)
from chat.agent.understanding.pointing import Place, Reference
from chat.agent.understanding.reading import ReplaceWith, SwapPlaces
from chat.agent.understanding.wish import Wanted

# One song by its place, and nothing more: "3 more", "two by Queen" are others.
_ONE = (
    rf"(?:(?:number|no\.?|song|track|#) ?{CARDINAL}|\d{{1,3}}"
    rf"|(?:the )?(?:{ORDINAL})(?: (?:one|song|track))?)"
)
_PLEASE = r"(?:please |can you |could you |ok |and |now |then |just )*"
_END = r"(?: please)?[.!]*$"
_EXCHANGES = (
    re.compile(rf"^{_PLEASE}replace (?P<old>{_ONE}) (?:with|by) (?P<new>{_ONE}){_END}"),
    re.compile(
        rf"^{_PLEASE}(?:put|use|have|play|move|substitute) (?P<new>{_ONE})"
        rf" (?:in (?:the )?place of|instead of|in for) (?P<old>{_ONE}){_END}"
    ),
)
_SWAP = r"(?:swap|switch|exchange|trade|flip)"
_PLACES = r"(?:place|places|position|positions|spot|spots)"
# Behind these two songs are named, that change places.
_SWAPPED = re.compile(
    rf"\b{_SWAP}(?: (?:the )?{_PLACES}(?: (?:of|between))?)? (?P<both>.+)$"
    rf"|^{_PLEASE}(?:have |let |make )?(?P<two>.+?) (?:should |must )?(?:{_SWAP}|change) {_PLACES}{_END}"
)
_BOTH = re.compile(
    rf"^(?P<old>{_ONE}),? (?:with|for|and|&) (?P<new>{_ONE})(?: around| over)?{_END}"
)
_NEW_ONE = re.compile(
    r"\b(?:something|anything|another|other|else|some|more|a|an|new|different)\b"
)


def exchanged_in_list(
    clause: Clause, plain: str, references: tuple[Reference, ...]
) -> ReplaceWith | SwapPlaces | None:
    """Read two songs of the list that change places, or one that takes another's."""
    for pattern in _EXCHANGES:
        match = pattern.match(plain)
        if match is not None:
            old, new = _pointed(clause, match)
            return ReplaceWith(old, Wanted(), Wanted(), coming=new)
    return _swapped(clause, plain, references)


def _swapped(
    clause: Clause, plain: str, references: tuple[Reference, ...]
) -> SwapPlaces | None:
    match = _SWAPPED.search(plain)
    if match is None:
        return None
    which = "both" if match["both"] else "two"
    both = _BOTH.match(match[which])
    if both is not None:
        old, new = _pointed(clause, both, match.start(which))
        return SwapPlaces(old[0], new[0])
    two = tuple(place for r in references for place in _each_of_two(r))
    if len(two) != 2 or _NEW_ONE.search(match[which]):
        return None
    first, second = map(of_playlist, two)
    return SwapPlaces(first, second)


def _pointed(
    clause: Clause, match: re.Match[str], at: int = 0
) -> tuple[tuple[Reference, ...], tuple[Reference, ...]]:
    """Return what goes and what comes. at: where the matched text begins in the clause."""
    return (
        pointed_in(clause, at + match.start("old"), match["old"]),
        pointed_in(clause, at + match.start("new"), match["new"]),
    )


def _each_of_two(reference: Reference) -> tuple[Reference, ...]:
    """Return both places of "the last two", and any other reference as it is."""
    if isinstance(reference, Place) and reference.count == 2:
        first = replace(reference, count=1)
        return first, replace(first, position=reference.position + 1)
    return (reference,)
