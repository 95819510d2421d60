"""Finds what a message names: artists, genres, moods and times, each with its place.

Longer names win over shorter ones; of equally long ones a catalog artist wins over a
word of the lexicon only where the words around it say so ("by Blue", "more from Air").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from catalog.genres import everyday_spellings, genre_spellings
from catalog.names import name_key
from chat.agent.understanding.collisions import is_known_word, makes_command
from chat.agent.understanding.everyday import MUSIC_WORDS, is_genre_meant
from chat.agent.understanding.learned import LearnedKind, learned_names
from chat.agent.understanding.lexicon import (
    command_words,
    comparative_words,
    idioms,
    mood_words,
)
from chat.agent.understanding.negation import refused
from chat.agent.understanding.reading import Taken
from chat.agent.understanding.tagging.labels import Tag
from chat.agent.understanding.tokens import Span, Token, ngrams, span_text, words_of

Kind = Literal["artist", "title", "genre", "mood", "unknown artist", "unknown work"]

_POINTERS = frozenset({"by", "from", "artist", "band", "singer", "like"})
_CALLINGS = frozenset({"artist", "band", "singer", "group"})
_PLAYS = frozenset({"play", "hear"})
_LIKERS = words_of("i we would really also do you id feel feeling")
_TITLE_POINTERS = frozenset(
    {"play", "called", "song", "track", "hear", "add", "remove"}
)
_SMALL_WORDS = words_of("a an the of in on to and for at with")
_QUOTES = frozenset({'""', "''", "“”", "‘’", "«»", "„“"})
_ROW = re.compile(r"[,;:]")
_DEGREES = words_of("more less too so much as not little bit enough")


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
    is_respelled: bool = False


@dataclass(frozen=True)
class KnownNames:
    """Catalog names by name key: ids of artists, and of the best known such title."""

    artists: Mapping[str, int]
    titles: Mapping[str, int]


LookUp = Callable[[set[str]], KnownNames]
# Given names as written, returns those that are nearly one of the catalog, as written.
LookUpNear = Callable[[set[str]], KnownNames]


def name_keys(tokens: tuple[Token, ...]) -> set[str]:
    """Return every key under which the message could name something."""
    return {key for _, keys in ngrams(tokens) for key in keys if key}


def named_in(
    text: str,
    tokens: tuple[Token, ...],
    known: KnownNames,
    tags: Sequence[Tag] = (),
    times: Sequence[Span] = (),
) -> tuple[Named, ...]:
    """Find all names, in the order of the message, none overlapping another.

    tags: names that the tagger found; those that the catalog lacks become "unknown".
    times: where a decade or year is said, which is no name ("turn of the millennium").
    """
    taken: set[int] = set()
    found: list[Named] = []
    for span, keys in ngrams(tokens):
        words = range(span.first, span.last)
        if not taken.isdisjoint(words):
            continue
        if keys[0] in idioms():
            taken.update(words)
            continue
        named = _named(text, tokens, span, keys, known)
        if named is not None:
            found.append(named)
            taken.update(words)
    found = _with_learned(text, tokens, found, tags, known, times)
    found.sort(key=lambda named: named.span.first)
    flags = refused(text, tokens, found)
    return tuple(
        replace(named, is_negated=flag)
        for named, flag in zip(found, flags, strict=True)
    )


def _with_learned(
    text: str,
    tokens: tuple[Token, ...],
    found: list[Named],
    tags: Sequence[Tag],
    known: KnownNames,
    times: Sequence[Span],
) -> list[Named]:
    """Add learned names, and drop moods and genres that are only part of one.

    "Happy" is a mood, and a song where the tagger says so and the catalog has it.
    """
    learned = learned_names(
        text,
        tokens,
        tags,
        catalog=[n.span for n in found if n.kind in ("artist", "title")],
        lexicon=[*(n.span for n in found), *times],
    )
    inside = {i for name in learned for i in range(name.span.first, name.span.last)}
    kept = [n for n in found if inside.isdisjoint(range(n.span.first, n.span.last))]
    for name in learned:
        said = span_text(text, tokens, name.span)
        start = tokens[name.span.first].start
        kind, key = _kind_and_key(name.kind, said, known)
        kept.append(Named(name.span, start, start + len(said), kind, key, said))
    return kept


def _kind_and_key(
    learned: LearnedKind, said: str, known: KnownNames
) -> tuple[Kind, str]:
    key = name_key(said)
    if learned == "unknown artist" and key in known.artists:
        return "artist", str(known.artists[key])
    if learned == "unknown work" and key in known.titles:
        return "title", str(known.titles[key])
    return learned, said


def respelled(named: tuple[Named, ...], near: LookUpNear) -> tuple[Named, ...]:
    """Take unknown names that are misspelt ones of the catalog for those.

    near: asked once, and not where nothing is unknown.
    """
    lacked = {n.text for n in named if n.kind in ("unknown artist", "unknown work")}
    return _taken(named, near(lacked)) if lacked else named


def nothing_near(names: set[str]) -> KnownNames:
    """Know no name that is nearly one of these."""
    return KnownNames({}, {})


def taken_names(named: tuple[Named, ...]) -> tuple[Taken, ...]:
    """Return which names are read as ones that are spelt otherwise."""
    return tuple(
        Taken(name.text, artist=int(name.key))
        if name.kind == "artist"
        else Taken(name.text, track=int(name.key))
        for name in named
        if name.is_respelled
    )


def _taken(named: tuple[Named, ...], near: KnownNames) -> tuple[Named, ...]:
    taken: list[Named] = []
    for name in named:
        artist, title = near.artists.get(name.text), near.titles.get(name.text)
        if name.kind == "unknown artist" and artist is not None:
            name = replace(name, kind="artist", key=str(artist), is_respelled=True)
        elif name.kind == "unknown work" and title is not None:
            name = replace(name, kind="title", key=str(title), is_respelled=True)
        elif name.kind == "unknown work" and artist is not None:
            name = replace(name, kind="artist", key=str(artist), is_respelled=True)
        taken.append(name)
    return tuple(taken)


def _named(
    text: str,
    tokens: tuple[Token, ...],
    span: Span,
    keys: tuple[str, ...],
    known: KnownNames,
) -> Named | None:
    key = keys[0]
    # Names may hold a comma, kinds don't: "folk, punk" is no folk punk.
    is_row = _ROW.search(span_text(text, tokens, span)) is not None
    genre = None if is_row else genre_spellings().get(key)
    is_mood = not is_row and _is_mood(tokens, span, key)
    artist = next((known.artists[k] for k in keys if k in known.artists), None)
    title = next((known.titles[k] for k in keys if k in known.titles), None)
    if genre is None and not is_mood and artist is None and title is None:
        return None
    said = span_text(text, tokens, span)
    start, end = tokens[span.first].start, tokens[span.last - 1].end
    is_common = is_mood or genre is not None or key in command_words()
    is_artist = artist is not None and (
        not (is_common or makes_command(said)) or _is_meant(text, tokens, span, said)
    )
    if is_artist and not _goes_on(text, tokens, span):
        return Named(span, start, end, "artist", str(artist), said)
    if title is not None and _is_title(text, tokens, span, said, is_common):
        return Named(span, start, end, "title", str(title), said)
    # "the slow ones": the article belongs to no mood and no genre.
    if len(span) > 1 and tokens[span.first].key == "the":
        return None
    is_compared = is_mood and _is_compared(tokens, span, key)
    if genre is not None and not is_compared and _is_genre(tokens, span, key):
        return Named(span, start, end, "genre", genre, said)
    if is_mood:
        return Named(span, start, end, "mood", key, said)
    return None


def _is_meant(text: str, tokens: tuple[Token, ...], span: Span, said: str) -> bool:
    """Say whether what surrounds everyday words, or a command's, makes them a name."""
    start, end = tokens[span.first].start, tokens[span.last - 1].end
    if text[max(0, start - 1) : start] + text[end : end + 1] in _QUOTES:
        return True
    # "By the" is never The The.
    if said.casefold() == "the":
        return False
    before = [token.key for token in tokens[max(0, span.first - 2) : span.first]]
    if before[-1:] == ["by"] or (
        before[-1:] and before[-1] in _CALLINGS and before[:-1] == ["the"]
    ):
        return True
    # "I like Jazz" likes the music.
    if before[-1:] == ["like"] and before[:-1] and before[0] in _LIKERS:
        return False
    is_pointed = bool(before) and (
        before[-1] in _POINTERS or (before[-1] in _PLAYS and makes_command(said))
    )
    return (
        is_pointed
        and not text.isupper()
        and all(
            word[:1].isupper()
            for word in said.split()
            if word.casefold() not in _SMALL_WORDS
        )
    )


def _goes_on(text: str, tokens: tuple[Token, ...], span: Span) -> bool:
    """Say whether one capital word is only the first of a name: "Air Supply"."""
    if len(span) > 1 or span.last >= len(tokens):
        return False
    this, after = tokens[span.first], tokens[span.last]
    return (
        text[this.start].isupper()
        and text[after.start].isupper()
        and not text.isupper()
        and text[this.end : after.start] == " "
        and not is_known_word(after.key)
    )


def _is_title(
    text: str, tokens: tuple[Token, ...], span: Span, said: str, is_common: bool
) -> bool:
    """Say whether words are meant as a song's title and not just happen to be one.

    Quoted, or written with capitals throughout where titles are capitalised, or long,
    or all that stands behind "play" and the like. "Play Sad Songs" names none.
    """
    start, end = tokens[span.first].start, tokens[span.last - 1].end
    if text[max(0, start - 1) : start] + text[end : end + 1] in _QUOTES:
        return True
    words = tokens[span.first : span.last]
    if is_common or len(span) < 2 or all(is_known_word(word.key) for word in words):
        return False
    if len(span) >= 4:
        return True
    capitals = [
        w[:1].isupper() for w in said.split() if w.casefold() not in _SMALL_WORDS
    ]
    if said[:1].isupper() and all(capitals):
        return True
    before = tokens[span.first - 1].key if span.first else ""
    after = tokens[span.last].key if span.last < len(tokens) else ""
    return before in _TITLE_POINTERS and after in ("", "by", "please", "and")


def _is_mood(tokens: tuple[Token, ...], span: Span, key: str) -> bool:
    """Say whether words are a mood, or one of "more beat": words that need a degree."""
    if key in mood_words():
        return True
    if key not in comparative_words():
        return False
    before = {token.key for token in tokens[max(0, span.first - 3) : span.first]}
    return key.endswith("er") or not _DEGREES.isdisjoint(before)


def _is_compared(tokens: tuple[Token, ...], span: Span, key: str) -> bool:
    """Say whether a genre's name is used as a quality: "less electronic"."""
    if key not in comparative_words() or not span.first:
        return False
    after = tokens[span.last].key if span.last < len(tokens) else ""
    return tokens[span.first - 1].key in _DEGREES and after not in MUSIC_WORDS


def _is_genre(tokens: tuple[Token, ...], span: Span, key: str) -> bool:
    """Say whether a word that is also an everyday one is meant as a genre."""
    return key not in everyday_spellings() or is_genre_meant(tokens, span)
