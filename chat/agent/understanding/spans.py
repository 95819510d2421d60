"""Finds what a message names: artists and titles, and around them what describes music.

Longer names win over shorter ones; of equally long ones a catalog artist wins over a
word of the lexicon only where the words around it say so ("by Blue", "more from Air").
What is no name is read by `descriptors`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from catalog.genres import genre_spellings
from catalog.names import name_key
from chat.agent.understanding.collisions import is_known_word, makes_command
from chat.agent.understanding.descriptors import DescriptorSpan, described_in
from chat.agent.understanding.descriptors.degrees import compared_word
from chat.agent.understanding.learned import LearnedKind, learned_names
from chat.agent.understanding.lexicon import (
    Leaning,
    command_words,
    comparative_words,
    idioms,
    mood_words,
)
from chat.agent.understanding.negation import refused
from chat.agent.understanding.numbers import NUMBER_WORDS
from chat.agent.understanding.reading import Taken
from chat.agent.understanding.tagging.labels import Tag
from chat.agent.understanding.tokens import (
    Span,
    Token,
    ngrams,
    span_between,
    span_text,
    words_of,
)

Kind = Literal[
    "artist",
    "title",
    "genre",
    "mood",
    "instrument",
    "place",
    "unknown artist",
    "unknown work",
]
NAMES: frozenset[Kind] = frozenset(
    {"artist", "title", "unknown artist", "unknown work"}
)

_POINTERS = frozenset({"by", "from", "artist", "band", "singer", "like"})
_CALLINGS = frozenset({"artist", "band", "singer", "group"})
_PLAYS = frozenset({"play", "hear"})
_LIKERS = words_of("i we would really also do you id feel feeling")
_TITLE_POINTERS = words_of(
    "play called song track hear add remove put move delete drop insert include replace"
    " swap skip queue"
)
_ENDS = words_of("start open begin end close finish")
# A place, a time or a manner may stand behind a title: "add … at the end".
_BEHIND_TITLES = words_of(
    "by please and at to on in from as first last next now again before after right with"
    " instead too twice"
)
_SMALL_WORDS = words_of("a an the of in on to and for at with")
_QUOTES = frozenset({'""', "''", "“”", "‘’", "«»", "„“"})
_ROW = re.compile(r"[,;:]")
# As they are written, in small letters.
_ROW_OF_SONGS = re.compile(r"(?:the )?(?:first|last) (?:two|three|four|five|few|one)")
_PRONOUNS = words_of("him her them he she they his hers theirs")
_SONGS = words_of("songs tracks tunes music stuff hits")


@dataclass(frozen=True)
class Named:
    """A name in the message: where it stands, what kind, what it refers to.

    span is in tokens of the message, start and end in characters. key: the lexicon's
    or taxonomy's key, or the artist's or track's id as text. leanings: where a mood or
    an instrument puts the attributes. An occasion counts as a mood here.
    """

    span: Span
    start: int
    end: int
    kind: Kind
    key: str
    text: str
    is_negated: bool = False
    is_respelled: bool = False
    leanings: tuple[Leaning, ...] = ()


@dataclass(frozen=True)
class Mentioned:
    """A song that is named with its artists, and the characters that name it."""

    start: int
    end: int
    track_id: int


@dataclass(frozen=True)
class KnownNames:
    """Catalog names by name key: ids of artists, and of the best known such title.

    mentioned: songs of the message that are certain, in their order. faint: keys of
    little known artists who go by an everyday word: "Day".
    """

    artists: Mapping[str, int]
    titles: Mapping[str, int]
    mentioned: tuple[Mentioned, ...] = ()
    faint: frozenset[str] = frozenset()


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
    *,
    this_year: int,
) -> tuple[Named, ...]:
    """Find all names and descriptors, in the order of the message, none overlapping.

    tags: names that the tagger found; those that the catalog lacks become "unknown".
    times: where a decade or year is said, which is no name ("turn of the millennium").
    """
    names = names_in(text, tokens, known, tags, times)
    spans = described_in(
        text, this_year=this_year, tokens=tokens, names=[n.span for n in names]
    )
    described = (named for span in spans for named in _described(span, tokens))
    found = sorted((*names, *described), key=lambda named: named.span.first)
    flags = refused(text, tokens, found)
    return tuple(
        replace(named, is_negated=flag) if named.kind in NAMES else named
        for named, flag in zip(found, flags, strict=True)
    )


def names_in(
    text: str,
    tokens: tuple[Token, ...],
    known: KnownNames,
    tags: Sequence[Tag] = (),
    times: Sequence[Span] = (),
) -> list[Named]:
    """Find artists and titles: the catalog's, and those that the tagger found."""
    taken: set[int] = set()
    found: list[Named] = []
    lexicon: list[Span] = list(times)
    for mention in known.mentioned:
        span = span_between(tokens, mention.start, mention.end)
        if len(span):
            start, end, key = mention.start, mention.end, str(mention.track_id)
            found.append(Named(span, start, end, "title", key, text[start:end]))
            taken.update(range(span.first, span.last))
    for span, keys in ngrams(tokens):
        words = range(span.first, span.last)
        if not taken.isdisjoint(words):
            continue
        if keys[0] in idioms():
            taken.update(words)
            continue
        is_of_lexicon = _is_of_lexicon(text, tokens, span, keys[0])
        named = _named(text, tokens, span, keys, known, is_of_lexicon)
        if named is not None:
            found.append(named)
            taken.update(words)
        elif is_of_lexicon:
            lexicon.append(span)
            taken.update(words)
    return _with_learned(text, tokens, found, tags, known, lexicon)


def _described(
    descriptor: DescriptorSpan, tokens: tuple[Token, ...]
) -> Iterator[Named]:
    """Yield what a descriptor is to the acts; of a whole phrase, what it leans on."""
    if descriptor.parts:
        for part in descriptor.parts:
            yield from _described(part, tokens)
        return
    said = name_key(descriptor.text)
    genre = genre_spellings().get(said, "")
    kind: Kind
    match descriptor.kind:
        case "genre" if descriptor.key:
            kind, key = "genre", descriptor.key
        case "instrument" | "place" if genre and said not in mood_words():
            # "Orchestral", "Arabic": kinds of music too, which songs are known by.
            kind, key = "genre", genre
        case "instrument" if said not in mood_words():
            kind, key = "instrument", descriptor.key
        case "place":
            kind, key = "place", descriptor.key
        case "context" if descriptor.key and said not in mood_words():
            yield from _occasion(descriptor, tokens)
            return
        case "mood" if said.endswith("est") and not (
            said in mood_words() or _are_several(tokens, descriptor.span)
        ):
            return  # "The saddest one" points at a song, "the saddest songs" at none.
        case "mood" | "instrument" | "context" if descriptor.key:
            kind, key = "mood", said
        case _:
            return
    yield Named(
        descriptor.span,
        descriptor.start,
        descriptor.end,
        kind,
        key,
        descriptor.text,
        is_negated=descriptor.polarity == "-",
        leanings=descriptor.leanings,
    )


def _are_several(tokens: tuple[Token, ...], span: Span) -> bool:
    before = tokens[span.first - 1].key if span.first else ""
    after = tokens[span.last].key if span.last < len(tokens) else ""
    return after in _SONGS and before not in NUMBER_WORDS and not before.isdigit()


def _occasion(descriptor: DescriptorSpan, tokens: tuple[Token, ...]) -> Iterator[Named]:
    """Yield the moods in an occasion's words, or the whole where none is in them."""
    first = descriptor.span.first
    here = tokens[first : descriptor.span.last]
    taken: set[int] = set()
    for part, keys in ngrams(here):
        words = range(part.first, part.last)
        if keys[0] in mood_words() and taken.isdisjoint(words):
            taken.update(words)
            inside = replace(
                descriptor,
                kind="mood",
                span=Span(first + part.first, first + part.last),
                start=here[part.first].start,
                end=here[part.last - 1].end,
                text=_part_of(descriptor, here, part),
            )
            yield from _described(inside, tokens)
    if not taken and not descriptor.is_told:
        whole = replace(descriptor, kind="mood")
        yield from _described(whole, tokens)


def _part_of(descriptor: DescriptorSpan, here: tuple[Token, ...], part: Span) -> str:
    start = here[part.first].start - descriptor.start
    return descriptor.text[start : here[part.last - 1].end - descriptor.start]


def _with_learned(
    text: str,
    tokens: tuple[Token, ...],
    found: list[Named],
    tags: Sequence[Tag],
    known: KnownNames,
    lexicon: Sequence[Span],
) -> list[Named]:
    """Add learned names. lexicon: spans of genres, moods and times."""
    learned = learned_names(
        text,
        tokens,
        tags,
        catalog=[n.span for n in found],
        lexicon=[*(n.span for n in found), *lexicon],
    )
    kept = list(found)
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


def taken_words(
    named: tuple[Named, ...], written: tuple[Token, ...], tokens: tuple[Token, ...]
) -> tuple[Taken, ...]:
    """Return which words that describe music are read as ones spelt otherwise.

    written: the words as they were written; tokens: as they were read.
    """
    return tuple(
        Taken(name.text, word=" ".join(token.key for token in tokens[first:last]))
        for name in named
        for first, last in ((name.span.first, name.span.last),)
        if name.kind not in NAMES and written[first:last] != tokens[first:last]
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
    is_of_lexicon: bool,
) -> Named | None:
    artist = next((known.artists[k] for k in keys if k in known.artists), None)
    title = next((known.titles[k] for k in keys if k in known.titles), None)
    if artist is None and title is None:
        return None
    said = span_text(text, tokens, span)
    if said in _PRONOUNS or _ROW_OF_SONGS.fullmatch(said):
        return None  # "One more by him" is of nobody who goes by "The Him".
    start, end = tokens[span.first].start, tokens[span.last - 1].end
    is_common = is_of_lexicon or keys[0] in command_words() or keys[0] in known.faint
    is_artist = artist is not None and (
        not (is_common or makes_command(said)) or _is_meant(text, tokens, span, said)
    )
    if is_artist and not _goes_on(text, tokens, span):
        return Named(span, start, end, "artist", str(artist), said)
    if title is not None and _is_title(text, tokens, span, said, is_common):
        return Named(span, start, end, "title", str(title), said)
    return None


def _is_of_lexicon(text: str, tokens: tuple[Token, ...], span: Span, key: str) -> bool:
    """Say whether words are a genre, a mood, or compared ("more beat")."""
    is_of_it = (
        key in genre_spellings()
        or key in mood_words()
        or (key in comparative_words() and key.endswith("er"))
        or compared_word(tokens, span, key) is not None
    )
    # Names may hold a comma, kinds don't: "folk, punk" is no folk punk.
    return is_of_it and not _ROW.search(span_text(text, tokens, span))


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
    if is_common or all(is_known_word(word.key) for word in words):
        return False
    before = [token.key for token in tokens[max(0, span.first - 2) : span.first]]
    after = tokens[span.last].key if span.last < len(tokens) else ""
    is_of_ends = before[-1:] == ["with"] and not _ENDS.isdisjoint(before)
    if len(span) < 2:
        return is_of_ends and not after  # "End with Imagine."
    if len(span) >= 4:
        return True
    capitals = [
        w[:1].isupper() for w in said.split() if w.casefold() not in _SMALL_WORDS
    ]
    if said[:1].isupper() and all(capitals):
        return True
    is_pointed = is_of_ends or not _TITLE_POINTERS.isdisjoint(before[-1:])
    return is_pointed and (not after or after in _BEHIND_TITLES)
