"""Whether a descriptor is wanted, refused, or only near to what is wanted."""

from __future__ import annotations

from collections.abc import Sequence

from chat.agent.understanding.descriptors.span import Polarity
from chat.agent.understanding.negation import Placed, refused
from chat.agent.understanding.tokens import Token, words_of

_INFLUENCES = words_of(
    "influence influences influenced inspired elements touch touches hints"
)


def polarities(
    text: str, tokens: tuple[Token, ...], found: Sequence[Placed]
) -> list[Polarity]:
    """Return the polarity of each, in order."""
    return [
        "-" if is_refused else ("~" if _is_touch(tokens, placed) else "+")
        for placed, is_refused in zip(found, refused(text, tokens, found), strict=True)
    ]


def _is_touch(tokens: tuple[Token, ...], placed: Placed) -> bool:
    after = placed.span.last
    before = [t.key for t in tokens[max(0, placed.span.first - 3) : placed.span.first]]
    if after < len(tokens) and tokens[after].key in _INFLUENCES:
        return True
    return "influenced" in before or before[-2:] == ["a", "little"]
