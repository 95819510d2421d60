"""Varies examples, so that the tagger learns how names stand and not which ones.

Names change places with others of their kind, and marks come and go: the public sets
are written without commas and full stops, and people write with them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from random import Random

from chat.agent.understanding.tagging.sets import Example, Segment

# Half the names stay, so that those known by MiniLM are learned as known.
SWAPPED = 0.4
# How often a bar or a gap between two names of a row gets a mark.
MARKED = 0.5
ENDED = 0.3

Pool = Mapping[str, Sequence[str]]


def name_pool(examples: Iterable[Example]) -> Pool:
    """Return every name of each kind, as often as it is said."""
    pool: defaultdict[str, list[str]] = defaultdict(list)
    for example in examples:
        for segment in example.segments:
            if segment.kind:
                pool[segment.kind].append(segment.text)
    return pool


def varied(example: Example, pool: Pool, chance: Random) -> Example:
    """Return an example with some names changed and some marks put in."""
    segments: list[Segment] = []
    for i, segment in enumerate(example.segments):
        if segment.kind:
            is_swapped = chance.random() < SWAPPED
            text = chance.choice(pool[segment.kind]) if is_swapped else segment.text
            segments.append(Segment(text, segment.kind))
            continue
        text = segment.text
        if " | " in text and chance.random() < MARKED:
            text = text.replace(" | ", chance.choice((". ", ", ", " - ", "? ")))
        elif text == " " and 0 < i < len(example.segments) - 1:
            is_row = example.segments[i - 1].kind == example.segments[i + 1].kind
            text = ", " if is_row and chance.random() < MARKED else text
        segments.append(Segment(text))
    if chance.random() < ENDED:
        segments.append(Segment(chance.choice((".", "?", "!", " please", "..."))))
    return replace(example, segments=tuple(segments))
