"""Finds the words that describe music in a message, each with place and polarity.

Times first, since digits mean little else; then occasions, which are whole phrases;
then the longest phrases of the vocabulary; then adjectives before a music word that no
vocabulary has. Takes well under a millisecond for a sentence, linear in its length.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from chat.agent.understanding.descriptors.guesses import guessed
from chat.agent.understanding.descriptors.matching import Match, matches_in
from chat.agent.understanding.descriptors.meaning import is_meant
from chat.agent.understanding.descriptors.occasions import occasions_in
from chat.agent.understanding.descriptors.polarity import polarities
from chat.agent.understanding.descriptors.scopes import (
    names_closed,
    segments_of,
    topics_closed,
)
from chat.agent.understanding.descriptors.span import DescriptorSpan
from chat.agent.understanding.descriptors.vocabulary import Word
from chat.agent.understanding.descriptors.voices import widened
from chat.agent.understanding.descriptors.words import HEADS
from chat.agent.understanding.eras import eras_said
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


def descriptors_in(
    text: str,
    *,
    this_year: int,
    tokens: tuple[Token, ...] | None = None,
    names: Iterable[Span] = (),
) -> tuple[DescriptorSpan, ...]:
    """Find all descriptors, in the order of the message, none overlapping another.

    names: words that are known to be names, by index; nothing is read in them.
    """
    tokens = tokenised(text) if tokens is None else tokens
    known = {i for name in names for i in range(name.first, name.last)}
    eras = [
        era for era in _eras(text, tokens, this_year) if known.isdisjoint(era.places)
    ]
    in_eras = {i for era in eras for i in era.places}
    closed = known | in_eras
    called: set[int] = set()
    found: list[Match] = []
    for first, last in segments_of(text, tokens):
        names_here = names_closed(tokens, first, last)
        found.extend(_segment(tokens, first, last, closed, names_here))
        called |= names_here
    found.extend(era for era in eras if not _is_year_of_name(era, called))
    found.sort(key=lambda match: match.span.first)
    flags = polarities(text, tokens, found)
    return tuple(
        DescriptorSpan(
            kind=m.word.kind,
            start=tokens[m.span.first].start,
            end=tokens[m.span.last - 1].end,
            text=span_text(text, tokens, m.span),
            polarity=flag,
            key=m.word.key,
            leanings=m.word.leanings,
            year_from=m.year_from,
            year_to=m.year_to,
        )
        for m, flag in zip(found, flags, strict=True)
        if flag == "-" or not _counts_only_refused(tokens, m)
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
    tokens: tuple[Token, ...], first: int, last: int, closed: set[int], names: set[int]
) -> list[Match]:
    here = closed.intersection(range(first, last))
    closed = here | topics_closed(tokens, first, last)
    occasions = [
        Match(span, _occasion(tokens, span))
        for span in occasions_in(tokens, first, last)
        if closed.isdisjoint(range(span.first, span.last))
        and names.isdisjoint(range(span.first, span.last))
    ]
    closed |= {i for occasion in occasions for i in occasion.places}
    matches = _outside_names(
        tokens, matches_in(tokens, first, last, closed), names, last
    )
    matched = {i for match in matches for i in match.places}
    found = [m for m in matches if is_meant(tokens, m, matched, first, last)]
    taken = {i for match in found for i in match.places}
    found = [widened(tokens, match, taken, first) for match in found]
    taken |= {i for match in found for i in match.places}
    for i in range(first, last):
        if i not in taken and i not in closed and i not in names:
            word = guessed(tokens, i, taken, last)
            if word is not None:
                found.append(Match(Span(i, i + 1), word))
    return [*found, *occasions]


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


def _occasion(tokens: tuple[Token, ...], span: Span) -> Word:
    """Call an occasion by the first word in it that the vocabulary has."""
    for match in matches_in(tokens, span.first, span.last, frozenset()):
        if match.word.kind == "context":
            return match.word
    return Word("context", "")
