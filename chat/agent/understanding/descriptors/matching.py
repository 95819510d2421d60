"""The longest phrases of the vocabulary in a row of words, each with its likeliest sense."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from chat.agent.understanding.descriptors.degrees import compared_word
from chat.agent.understanding.descriptors.vocabulary import (
    Word,
    longest_phrase,
    vocabulary,
)
from chat.agent.understanding.lexicon import idioms
from chat.agent.understanding.tokens import Span, Token, words_of

# "Rap songs" are rap.
_TRIMMED = words_of("music song songs genre beats pieces ballads track tracks")
_OCCASION_BEFORE = words_of("for to while when during at after on my a the this")
OCCASION_AFTER = words_of(
    "playlist session playlists related time music songs song mix tunes tracks vibes vibe",
    "themed sort jams type anthems mixes sessions",
)
_IDIOM = Word("mood", "")


@dataclass(frozen=True)
class Match:
    """Words of the message, by index, and what they mean; years for an era.

    is_told and parts are as in `DescriptorSpan`.
    """

    span: Span
    word: Word
    year_from: int | None = None
    year_to: int | None = None
    is_told: bool = False
    parts: tuple[Match, ...] = ()

    @property
    def places(self) -> range:
        """The indices of its words."""
        return range(self.span.first, self.span.last)


def matches_in(
    tokens: tuple[Token, ...], first: int, last: int, closed: AbstractSet[int]
) -> list[Match]:
    """Find phrases from left to right, none in closed words; at most 7n look-ups."""
    found: list[Match] = []
    i = first
    while i < last:
        match = None if i in closed else _longest_at(tokens, i, last, closed)
        if match is not None and match.word.key:
            found.append(match)
        i = match.span.last if match is not None else i + 1
    return found


def _longest_at(
    tokens: tuple[Token, ...], i: int, last: int, closed: AbstractSet[int]
) -> Match | None:
    limit = min(last, i + longest_phrase())
    limit = next((k for k in range(i, limit) if k in closed), limit)
    for end in range(limit, i, -1):
        key = " ".join(token.key for token in tokens[i:end])
        if key in idioms():
            return Match(Span(i, end), _IDIOM)
        span = Span(i, end)
        compared = compared_word(tokens, span, key)
        if compared is not None:
            return Match(span, compared)
        words = vocabulary().get(key)
        if words:
            return _trimmed(tokens, Match(span, _likeliest(tokens, span, words)))
    return None


def _trimmed(tokens: tuple[Token, ...], match: Match) -> Match:
    """Leave "music" off "folk music"; "piano music" is about the piano after all."""
    last = match.span.last - 1
    if (
        match.word.kind not in ("genre", "instrument")
        or last == match.span.first
        or tokens[last].key not in _TRIMMED
    ):
        return match
    span = Span(match.span.first, last)
    key = " ".join(token.key for token in tokens[span.first : span.last])
    for word in vocabulary().get(key, ()):
        if word.kind in ("instrument", "place"):
            return Match(span, word)
    return Match(span, match.word)


def _likeliest(tokens: tuple[Token, ...], span: Span, words: tuple[Word, ...]) -> Word:
    kinds = {word.kind: word for word in words}
    if "context" not in kinds or "genre" in kinds or len(words) == 1:
        return words[0]
    before = tokens[span.first - 1].key if span.first else ""
    after = tokens[span.last].key if span.last < len(tokens) else ""
    if before in _OCCASION_BEFORE or after in OCCASION_AFTER:
        return kinds["context"]
    return next(word for word in words if word.kind != "context")
