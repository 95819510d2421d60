"""Words that are compared, and say a quality then: "more beat", "less electronic"."""

from __future__ import annotations

from functools import lru_cache

from catalog.genres import genre_spellings
from chat.agent.understanding.descriptors.vocabulary import Word, vocabulary
from chat.agent.understanding.everyday import MUSIC_WORDS
from chat.agent.understanding.lexicon import comparative_words, mood_words
from chat.agent.understanding.tokens import Span, Token, words_of

_DEGREES = words_of("more less too so much as not little bit enough")
_REACH = 3


@lru_cache(maxsize=1)
def _instruments() -> frozenset[str]:
    return frozenset(
        phrase
        for phrase, words in vocabulary().items()
        if any(word.kind == "instrument" for word in words)
    )


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
    if before[-1] == "not" and key in _instruments():
        return None  # "Talking, and not singing" refuses the voice.
    after = tokens[span.last].key if span.last < len(tokens) else ""
    if key in genre_spellings() and (
        before[-1] not in _DEGREES or after in MUSIC_WORDS
    ):
        return None
    return Word("mood", key, leanings)
