"""Finds what a message names: artists, genres, moods and times, each with its place.

Longer names win over shorter ones; of equally long ones a catalog artist wins over a
word of the lexicon only where the words around it say so ("by Blue", "more from Air").
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from catalog.genres import genre_spellings
from catalog.search.lists import STOP_WORDS
from chat.agent.understanding.lexicon import comparative_words, mood_words
from chat.agent.understanding.tokens import Span, Token, ngrams, span_text

Kind = Literal["artist", "title", "genre", "mood"]

_POINTERS = frozenset({"by", "from", "artist", "band", "singer", "like"})
_NEGATIONS = frozenset(
    [
        "no",
        "not",
        "without",
        "except",
        "excluding",
        "exclude",
        "minus",
        "less",
        "nothing",
        "never",
        "none",
        "hate",
        "hates",
        "avoid",
        "skip",
        "dont",
        "isnt",
        "arent",
        "wasnt",
        "cant",
        "wont",
        "neither",
        "nor",
        "dislike",
        "but",
    ]
)
_WEAK_NEGATIONS = frozenset({"but"})  # only in "anything but", "everything but"
_BETWEEN = frozenset({"or", "and", "nor", "any"})
_FILLERS = frozenset(
    [
        "any",
        "more",
        "too",
        "so",
        "very",
        "really",
        "that",
        "much",
        "want",
        "like",
        "of",
        "the",
        "a",
        "an",
        "any",
        "by",
        "from",
        "all",
        "anything",
        "to",
        "hear",
        "feel",
        "enough",
        "super",
        "overly",
        "in",
        "mood",
        "for",
        "into",
    ]
)
NEGATION_REACH = 5


@dataclass(frozen=True)
class Named:
    """A name in the message: where it stands, what kind, what it refers to.

    span is in tokens of the message, start and end in characters. key: the lexicon's
    or taxonomy's key, or the artist's or track's id as text.
    """

    span: Span
    start: int
    end: int
    kind: Kind
    key: str
    text: str
    is_negated: bool = False


@dataclass(frozen=True)
class KnownNames:
    """Catalog names by name key: ids of artists, and of the best known such title."""

    artists: Mapping[str, int]
    titles: Mapping[str, int]


LookUp = Callable[[set[str]], KnownNames]


def name_keys(text: str, tokens: tuple[Token, ...]) -> set[str]:
    """Return every key under which the message could name something."""
    return {key for _, key in ngrams(text, tokens) if key}


def named_in(
    text: str, tokens: tuple[Token, ...], known: KnownNames
) -> tuple[Named, ...]:
    """Find all names, in the order of the message, none overlapping another."""
    taken: set[int] = set()
    found: list[Named] = []
    for span, key in ngrams(text, tokens):
        words = range(span.first, span.last)
        if taken.intersection(words):
            continue
        named = _named(text, tokens, span, key, known)
        if named is not None:
            found.append(named)
            taken.update(words)
    found.sort(key=lambda named: named.span.first)
    return _with_negations(tokens, found)


def _named(
    text: str, tokens: tuple[Token, ...], span: Span, key: str, known: KnownNames
) -> Named | None:
    said = span_text(text, tokens, span)
    start, end = tokens[span.first].start, tokens[span.last - 1].end
    genre = genre_spellings().get(key)
    is_mood = key in mood_words() or key in comparative_words()
    is_common = is_mood or genre is not None or key in STOP_WORDS
    before = tokens[span.first - 1].key if span.first else ""
    if key in known.artists and (
        not is_common or (before in _POINTERS and said[:1].isupper())
    ):
        return Named(span, start, end, "artist", str(known.artists[key]), said)
    if key in known.titles and _is_title(text, tokens, span, said, is_common):
        return Named(span, start, end, "title", str(known.titles[key]), said)
    if genre is not None:
        return Named(span, start, end, "genre", genre, said)
    if is_mood:
        return Named(span, start, end, "mood", key, said)
    return None


def _is_title(
    text: str, tokens: tuple[Token, ...], span: Span, said: str, is_common: bool
) -> bool:
    """Say whether words are meant as a song's title and not just happen to be one.

    Quoted, or written with capitals throughout where titles are capitalised.
    """
    start, end = tokens[span.first].start, tokens[span.last - 1].end
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    if len(around) == 2 and around in ('""', "''", "“”", "‘’", "«»"):
        return True
    if is_common or len(span) < 2:
        return False
    small = {"a", "an", "the", "of", "in", "on", "to", "and", "for", "at", "with"}
    capitals = [w[:1].isupper() for w in said.split() if w.casefold() not in small]
    return said[:1].isupper() and all(capitals)


def _with_negations(tokens: tuple[Token, ...], found: list[Named]) -> tuple[Named, ...]:
    done: list[Named] = []
    for named in found:
        negated = _is_negated(tokens, named.span)
        if not negated and done and done[-1].is_negated:
            gap = tokens[done[-1].span.last : named.span.first]
            negated = bool(gap) and all(token.key in _BETWEEN for token in gap)
        done.append(replace(named, is_negated=negated))
    return tuple(done)


def _is_negated(tokens: tuple[Token, ...], span: Span) -> bool:
    """Walk back over filler words to a word of refusal, if there is one."""
    for i in range(span.first - 1, max(-1, span.first - 1 - NEGATION_REACH), -1):
        key = tokens[i].key
        if key in _NEGATIONS:
            if key in _WEAK_NEGATIONS:
                return i > 0 and tokens[i - 1].key in (
                    "anything",
                    "everything",
                    "nothing",
                    "all",
                )
            follows = tokens[i + 1].key if i + 1 < len(tokens) else ""
            return follows not in ("only", "just")
        if key not in _FILLERS:
            return False
    return False
