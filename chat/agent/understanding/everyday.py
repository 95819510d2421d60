"""Whether an everyday word that names a genre too is meant as one: "house", "soul"."""

from __future__ import annotations

from catalog.genres import genre_spellings
from chat.agent.understanding.tokens import Span, Token, words_of

MUSIC_WORDS = words_of(
    "music song songs track tracks tune tunes beat beats stuff playlist vibe vibes hit",
    "hits banger bangers classic classics set mix records record bands band artists",
    "ones numbers albums album anthems",
)
# An everyday word behind one of these is the thing itself: "in the house", "my garage".
_THING_BEFORE = words_of("the my our your his her this that a an at on")
_QUALITIES = words_of(
    "good great nice cool sick heavy big deep strong killer solid fat fancy really very"
)
_GENRE_CALLED_FOR = words_of(
    "remove delete drop lose ditch rid keep only add cut out more less love like play hear",
    "replace swap exchange want listen no hate without except enough tired sick bored",
)


def is_genre_meant(
    tokens: tuple[Token, ...],
    span: Span,
    *,
    music_words: frozenset[str] = MUSIC_WORDS,
) -> bool:
    """Say so from the words beside it."""
    if span.last < len(tokens):
        after = tokens[span.last].key
        if after in music_words or after in genre_spellings():
            return True
        if after in ("from", "of") and _tells_time(tokens[span.last + 1 :][:2]):
            return True  # "The rock from the 70s".
    before = [token.key for token in tokens[max(0, span.first - 4) : span.first]]
    # "A good bassline".
    while len(before) > 1 and before[-1] in _QUALITIES:
        before.pop()
    if not before or before[-1] not in _THING_BEFORE:
        return True
    return before[-1] in ("the", "that") and not _GENRE_CALLED_FOR.isdisjoint(before)


def _tells_time(tokens: tuple[Token, ...]) -> bool:
    return any(
        token.key[:1].isdigit() or token.key.endswith("ties") for token in tokens
    )
