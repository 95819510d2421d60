"""Reads songs of the list in the place of others: "swap 2 with 5", "put 3 in place of 5"."""

from __future__ import annotations

import re

from chat.agent.understanding.clauses import Clause
from chat.agent.understanding.moving import CARDINAL, ORDINAL, pointed_in
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
_SWAP = re.compile(
    rf"^{_PLEASE}(?:swap|switch|exchange|trade|flip) (?P<old>{_ONE})"
    rf" (?:with|for|and) (?P<new>{_ONE})(?: around| over)?{_END}"
)


def exchanged_in_list(clause: Clause, plain: str) -> ReplaceWith | SwapPlaces | None:
    """Read two songs of the list that change places, or one that takes another's."""
    for pattern in (_SWAP, *_EXCHANGES):
        match = pattern.match(plain)
        if match is None:
            continue
        old, new = (
            pointed_in(clause, match.start(which), match[which])
            for which in ("old", "new")
        )
        if pattern is _SWAP:
            return SwapPlaces(old[0], new[0])
        return ReplaceWith(old, Wanted(), Wanted(), coming=new)
    return None
