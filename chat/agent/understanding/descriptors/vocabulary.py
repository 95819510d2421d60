"""The words that describe music, of every kind, in one dictionary by name key."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from catalog.genres import everyday_spellings, genre_spellings
from catalog.names import name_key
from chat.agent.understanding.descriptors.span import Kind
from chat.agent.understanding.lexicon import (
    Leaning,
    comparative_words,
    grouped_rows,
    manner_of,
    mood_words,
)


@dataclass(frozen=True)
class Word:
    """One meaning of a phrase. is_wide: only a meaning where the words around say so."""

    kind: Kind
    key: str
    leanings: tuple[Leaning, ...] = ()
    is_wide: bool = False


_ABOUT_VOICES = re.compile(
    r"(?:(?:no|without|with|non) .*(?:voc|voic|sing|lyric|words|rap).*|(?:fe)?male .*)"
)
# Verbs and nouns as often as moods: "I love", "hard work", "love songs".
_VERBS = frozenset(
    {
        "love",
        "hurt",
        "hard",
        "easy",
        "alone",
        "celebration",
        "winter",
        "spring",
        "broken",
    }
)


@lru_cache(maxsize=1)
def vocabulary() -> Mapping[str, tuple[Word, ...]]:
    """Return the meanings of each phrase, by its name key; the likeliest first."""
    found: dict[str, dict[Kind, Word]] = {}
    for phrase, word in _all_words():
        found.setdefault(phrase, {}).setdefault(word.kind, word)
    return {phrase: tuple(words.values()) for phrase, words in found.items()}


@lru_cache(maxsize=1)
def longest_phrase() -> int:
    """Return how many words the longest phrase has."""
    return max(phrase.count(" ") + 1 for phrase in vocabulary())


def _all_words() -> Iterator[tuple[str, Word]]:
    everyday = everyday_spellings()
    for key, leanings, phrases in grouped_rows("instruments.tsv"):
        for phrase in phrases:
            yield name_key(phrase), Word("instrument", key, leanings)
    for key, _, phrases in grouped_rows("places.tsv", has_leanings=False):
        for phrase in phrases:
            yield name_key(phrase), Word("place", key)
    for spelling, genre in genre_spellings().items():
        yield spelling, Word("genre", genre, is_wide=spelling in everyday)
    for key, leanings, phrases in grouped_rows("contexts.tsv"):
        for phrase in phrases:
            yield name_key(phrase), Word("context", key, leanings, is_wide=True)
    for phrase, leanings in mood_words().items():
        # "No vocals" refuses an instrument, and is read as that.
        if not _ABOUT_VOICES.fullmatch(phrase):
            is_wide = manner_of(phrase) in ("aside", "occasion") or phrase in _VERBS
            yield phrase, Word("mood", phrase, leanings, is_wide=is_wide)
    for _, leanings, phrases in grouped_rows("wide_moods.tsv", has_key=False):
        for phrase in map(name_key, phrases):
            yield phrase, Word("mood", phrase, leanings, is_wide=True)
    for phrase, leanings in comparative_words().items():
        if phrase.endswith("er"):
            yield phrase, Word("mood", phrase, leanings, is_wide=True)
