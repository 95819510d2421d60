"""Finds the words that describe music in a message, each with place and polarity.

Times first, since digits mean little else; then occasions, which are whole phrases;
then the longest phrases of the vocabulary; then adjectives before a music word that no
vocabulary has. Takes well under a millisecond for a sentence, linear in its length.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from chat.agent.understanding.descriptors.guesses import guessed
from chat.agent.understanding.descriptors.matching import Match, matches_in
from chat.agent.understanding.descriptors.meaning import (
    is_force,
    is_meant,
    rows_meant,
)
from chat.agent.understanding.descriptors.occasions import occasions_in
from chat.agent.understanding.descriptors.polarity import polarities
from chat.agent.understanding.descriptors.scopes import (
    names_closed,
    segments_of,
    topics_closed,
)
from chat.agent.understanding.descriptors.span import DescriptorSpan, Polarity
from chat.agent.understanding.descriptors.vocabulary import Word
from chat.agent.understanding.descriptors.voices import voices_joined, widened
from chat.agent.understanding.descriptors.words import HEADS, JOINERS
from chat.agent.understanding.eras import eras_said
from chat.agent.understanding.everyday import is_genre_meant
from chat.agent.understanding.lexicon import comparative_words, mood_words
from chat.agent.understanding.negation import is_let_go_at
from chat.agent.understanding.tokens import (
    Span,
    Token,
    lowered,
    span_text,
    tokenised,
    words_of,
)

_BEFORE_ERAS = words_of("the from in of year years and or era songs")
# Said of what is refused, and else of no music: "lyrics", "a singer".
_ONLY_REFUSED = words_of("lyrics lyric singer singers")
# Stands for a name in a row of descriptors.
_NAME = Word("genre", "")
# What may stand among words that describe, "like slow and sad jazz".
_SMALL = JOINERS | words_of("some a an the more less very old new good")


def descriptors_in(
    text: str,
    *,
    this_year: int,
    tokens: tuple[Token, ...] | None = None,
    names: Iterable[Span] = (),
) -> tuple[DescriptorSpan, ...]:
    """Find what a message says of music, in its order, none overlapping another.

    names: words that are known to be names, by index; nothing is read in them, and a
    row that is refused goes on over them: "no jazz, Blue or metal".
    """
    found = described_in(text, this_year=this_year, tokens=tokens, names=names)
    return tuple(span for span in found if not span.is_told)


def described_in(
    text: str,
    *,
    this_year: int,
    tokens: tuple[Token, ...] | None = None,
    names: Iterable[Span] = (),
) -> tuple[DescriptorSpan, ...]:
    """Find the same, and words that lean on something though music isn't spoken of."""
    tokens = tokenised(text) if tokens is None else tokens
    names = tuple(names)
    known = {i for name in names for i in range(name.first, name.last)}
    eras = [
        era for era in _eras(text, tokens, this_year) if known.isdisjoint(era.places)
    ]
    in_eras = {i for era in eras for i in era.places}
    called: set[int] = set()
    found: list[Match] = []
    for first, last in segments_of(text, tokens):
        here = range(first, last)
        closed = known.intersection(here) | in_eras.intersection(here)
        matches, names_here = _segment(tokens, first, last, closed)
        found.extend(matches)
        called |= names_here
    found.extend(era for era in eras if not _is_year_of_name(era, called))
    found.sort(key=lambda match: match.span.first)
    flags = _flags(text, tokens, found, names)
    return tuple(
        _described(text, tokens, m, flag)
        for m, flag in zip(found, flags, strict=True)
        if flag == "-"
        or not (_counts_only_refused(tokens, m) or is_let_go_at(text, tokens, m.span))
    )


def _flags(
    text: str, tokens: tuple[Token, ...], found: list[Match], names: tuple[Span, ...]
) -> list[Polarity]:
    named = (Match(name, _NAME) for name in names)
    row = sorted((*found, *named), key=lambda match: match.span.first)
    flags = polarities(text, tokens, row)
    return [f for m, f in zip(row, flags, strict=True) if m.word is not _NAME]


def _described(
    text: str, tokens: tuple[Token, ...], match: Match, flag: Polarity
) -> DescriptorSpan:
    return DescriptorSpan(
        kind=match.word.kind,
        span=match.span,
        start=tokens[match.span.first].start,
        end=tokens[match.span.last - 1].end,
        text=span_text(text, tokens, match.span),
        polarity=flag,
        key=match.word.key,
        leanings=match.word.leanings,
        year_from=match.year_from,
        year_to=match.year_to,
        is_told=match.is_told,
        parts=tuple(_described(text, tokens, part, flag) for part in match.parts),
    )


def _counts_only_refused(tokens: tuple[Token, ...], match: Match) -> bool:
    return len(match.span) == 1 and tokens[match.span.first].key in _ONLY_REFUSED


def _is_year_of_name(era: Match, names: set[int]) -> bool:
    """Say whether a year is part of a name: "songs like Doom 2016"."""
    return era.year_from == era.year_to and names.issuperset(era.places)


def _eras(text: str, tokens: tuple[Token, ...], this_year: int) -> Iterator[Match]:
    starts = [token.start for token in tokens]
    for era in eras_said(lowered(text), this_year=this_year):
        first = bisect_left(starts, era.start)
        last = bisect_left(starts, era.end)
        while last - first > 1 and tokens[first].key in _BEFORE_ERAS:
            first += 1
        while last - first > 1 and tokens[last - 1].key in HEADS:
            last -= 1
        if first < last:
            word = Word("era", f"{era.year_from or ''}-{era.year_to or ''}")
            yield Match(Span(first, last), word, era.year_from, era.year_to)


def _segment(
    tokens: tuple[Token, ...], first: int, last: int, closed: set[int]
) -> tuple[list[Match], set[int]]:
    """Return what describes music in a segment, and which words are names by pattern."""
    every = matches_in(tokens, first, last, closed)
    described = _described_words(tokens, first, last, every)
    names = names_closed(tokens, first, last, described)
    topics = topics_closed(tokens, first, last)
    stops = closed | topics | names | set(_stops(tokens, every))
    occasions = [
        _occasion(span, every) for span in occasions_in(tokens, first, last, stops)
    ]
    in_occasions = {i for occasion in occasions for i in occasion.places}
    free = [match for match in every if in_occasions.isdisjoint(match.places)]
    about = [match for match in free if not topics.isdisjoint(match.places)]
    said = [match for match in free if topics.isdisjoint(match.places)]
    matches = _outside_names(tokens, said, names, last)
    matched = {i for match in matches for i in match.places}
    meant = {m for m in matches if is_meant(tokens, m, matched, first, last)}
    meant |= set(rows_meant(tokens, matches, meant))
    found = [match for match in matches if match in meant]
    told = [_told(tokens, m) for m in (*matches, *about) if m not in meant]
    taken = {i for match in found for i in match.places}
    found = [widened(tokens, match, taken, first) for match in found]
    found = voices_joined(tokens, found)
    taken |= {i for match in found for i in match.places} | in_occasions
    untold = closed | topics | names | _forces(tokens, matches)
    for i in range(first, last):
        if i not in taken and i not in untold:
            word = guessed(tokens, i, taken, last)
            if word is not None:
                found.append(Match(Span(i, i + 1), word))
    taken |= {i for match in found for i in match.places}
    rest = (m for m in told if m is not None and taken.isdisjoint(m.places))
    return [*found, *rest, *occasions], names


def _forces(tokens: tuple[Token, ...], matches: Iterable[Match]) -> set[int]:
    """Return the words that say how loud an instrument is: "heavy bass"."""
    return {match.span.first for match in matches if is_force(tokens, match.span)}


def _described_words(
    tokens: tuple[Token, ...], first: int, last: int, every: Sequence[Match]
) -> dict[int, str]:
    words = {i: "small" for i in range(first, last) if tokens[i].key in _SMALL}
    return words | {i: match.word.kind for match in every for i in match.places}


def _stops(tokens: tuple[Token, ...], every: Sequence[Match]) -> Iterator[int]:
    """Yield where no occasion goes on: "for studying jazz" is for studying, and jazz."""
    for match in every:
        if match.word.kind == "genre" and (
            not match.word.is_wide or is_genre_meant(tokens, match.span)
        ):
            yield match.span.first


def _told(tokens: tuple[Token, ...], match: Match) -> Match | None:
    """Return a mood of the lexicon, or an occasion, that nothing says of the music."""
    key = " ".join(token.key for token in tokens[match.span.first : match.span.last])
    leanings = mood_words().get(key, comparative_words().get(key))
    if match.word.kind in ("mood", "context") and leanings is not None:
        return Match(match.span, Word("mood", key, leanings), is_told=True)
    return replace(match, is_told=True) if match.word.kind == "context" else None


def _outside_names(
    tokens: tuple[Token, ...], matches: list[Match], names: set[int], last: int
) -> list[Match]:
    """Leave out what is part of a name; genres may follow one.

    "Songs like X rock songs", "similar to X trip hop electronic".
    """
    kept: list[Match] = []
    for i, match in enumerate(matches):
        if names.isdisjoint(match.places):
            kept.append(match)
        elif match.word.kind == "genre" and not match.word.is_wide:
            after = match.span.last
            is_row = any(
                other.word.kind == "genre"
                and (other.span.first == after or other.span.last == match.span.first)
                for other in matches[max(0, i - 1) : i + 2]
            )
            if is_row or (after < last and tokens[after].key in HEADS):
                kept.append(match)
        elif (
            match.word.kind == "genre"
            and match.span.last < last
            and tokens[match.span.last].key in HEADS
        ):
            kept.append(match)
    return kept


def _occasion(span: Span, every: Sequence[Match]) -> Match:
    """Call an occasion by the first word in it that the vocabulary has."""
    parts = tuple(
        match
        for match in every
        if span.first < match.span.last
        and match.span.first < span.last
        and match.word.kind in ("mood", "context")
    )
    contexts = (match.word for match in parts if match.word.kind == "context")
    return Match(span, next(contexts, Word("context", "")), parts=parts)
