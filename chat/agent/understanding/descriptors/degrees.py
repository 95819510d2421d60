"""Words that are compared, and say a quality then: "more beat", "less electronic"."""

from __future__ import annotations

from catalog.genres import genre_spellings
from chat.agent.understanding.descriptors.vocabulary import Word
from chat.agent.understanding.everyday import MUSIC_WORDS
from chat.agent.understanding.lexicon import comparative_words, mood_words
from chat.agent.understanding.tokens import Span, Token, words_of

_DEGREES = words_of("more less too so much as not little bit enough")
_REACH = 3


def compared_word(tokens: tuple[Token, ...], span: Span, key: str) -> Word | None:
    """Return the quality that a word of the comparatives has behind a degree.

    A genre's name is one too, unless a music word follows: "less electronic", and not
    "less electronic music".
    """
    leanings = comparative_words().get(key)
    if leanings is None or key in mood_words() or not span.first:
        return None
    before = [t.key for t in tokens[max(0, span.first - _REACH) : span.first]]
    if _DEGREES.isdisjoint(before):
        return None
    after = tokens[span.last].key if span.last < len(tokens) else ""
    if key in genre_spellings() and (
        before[-1] not in _DEGREES or after in MUSIC_WORDS
    ):
        return None
    return Word("mood", key, leanings)
