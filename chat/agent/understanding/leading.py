"""A way from the like of one artist to the like of another: "start like X, end like Y"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from chat.agent.understanding.reading import Act, AddSome, Ask, MoveTo
from chat.agent.understanding.spans import Named

_LEADS = re.compile(
    r"\b(?:start|begin|open|kick)(?:s|ing)?\b(?P<first>.+?)"
    r"\b(?:end|finish|close|finishe|wind)(?:s|ing)?\b(?P<last>.+)"
    r"|\bfrom\b(?P<from>.+?)\bto\b(?P<to>.+)",
    re.IGNORECASE | re.DOTALL,
)
_WORDS_OF_WAY = frozenset(
    {"start", "starts", "starting", "begin", "begins", "beginning", "open", "opens"}
    | {"end", "ends", "ending", "finish", "finishes", "close", "closes", "like"}
    | {"kick", "kicks", "wind", "winds", "go", "goes", "going"}
)


def leading(
    acts: tuple[Act, ...], text: str, named: Sequence[Named]
) -> tuple[Act, ...]:
    """Let a request lead from some artists to others, where the message says so."""
    artists = [n for n in named if n.kind == "artist" and not n.is_negated]
    match = _LEADS.search(text) if len(artists) > 1 else None
    if match is None:
        return acts
    first, last = (
        _standing_in(artists, match.span(one if match[one] else other))
        for one, other in (("first", "from"), ("last", "to"))
    )
    if not (first and last):
        return acts
    for i, act in enumerate(acts):
        if isinstance(act, Ask):
            wanted = replace(
                act.wanted,
                words=tuple(w for w in act.wanted.words if w not in _WORDS_OF_WAY),
                artists=(),
                like_artists=(*first, *last),
                ends=(first, last),
            )
            # "And end with something like Y" adds nothing of its own.
            rest = (
                other
                for other in acts[i + 1 :]
                if not isinstance(other, AddSome | MoveTo)
            )
            return (*acts[:i], replace(act, wanted=wanted), *rest)
    return acts


def _standing_in(artists: Sequence[Named], place: tuple[int, int]) -> tuple[int, ...]:
    return tuple(int(a.key) for a in artists if place[0] <= a.start < place[1])
