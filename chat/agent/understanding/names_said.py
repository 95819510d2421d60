"""What a message says, as a turn hears it where the catalog knows none of its names.

Artists and works with their places, and what describes music around them.
"""

from __future__ import annotations

from collections.abc import Callable

from chat.agent.understanding.clauses import Clause, clauses_of
from chat.agent.understanding.descriptors import DescriptorSpan, descriptors_in
from chat.agent.understanding.learned import names_tagged, years_in
from chat.agent.understanding.spans import KnownNames, named_in, names_in
from chat.agent.understanding.tagging.labels import Tag
from chat.agent.understanding.tagging.tagger import Tagger
from chat.agent.understanding.tokens import tokenised
from chat.agent.understanding.unknown import Unknown, unknown_by_pattern, unknown_in

_NO_NAMES = KnownNames({}, {})
# Where a time is said doesn't depend on it.
_ANY_YEAR = 2000


def names_said(text: str, *, by: Tagger) -> tuple[Tag, ...]:
    """Find names as a turn does, where the catalog knows none of them."""
    return _said(text, names_tagged(by.tag(text)), unknown_in)


def descriptors_said(
    text: str, *, by: Tagger, this_year: int
) -> tuple[DescriptorSpan, ...]:
    """Find what describes music, as a turn does: nothing within a name."""
    tokens = tokenised(text)
    times = years_in(text, tokens, this_year=this_year)
    names = names_in(text, tokens, _NO_NAMES, names_tagged(by.tag(text)), times)
    return descriptors_in(
        text, this_year=this_year, tokens=tokens, names=[n.span for n in names]
    )


def names_by_pattern(text: str) -> tuple[Tag, ...]:
    """Find names by capitals, quotes and the words before them, and nothing learned."""
    return _said(text, (), unknown_by_pattern)


def _said(
    text: str,
    tags: tuple[Tag, ...],
    found_in: Callable[[Clause, str], tuple[Unknown, ...]],
) -> tuple[Tag, ...]:
    tokens = tokenised(text)
    times = years_in(text, tokens, this_year=_ANY_YEAR)
    named = named_in(text, tokens, _NO_NAMES, tags, times, this_year=_ANY_YEAR)
    return tuple(
        Tag(name.kind, name.start, name.end)
        for clause in clauses_of(text, tokens, named)
        for name in found_in(clause, text)
    )
