"""Finds the words that describe music in a message, each with place and polarity.

Times first, since digits mean little else; then occasions, which are whole phrases;
then the longest phrases of the vocabulary; then adjectives before a music word that no
vocabulary has. Takes well under a millisecond for a sentence, linear in its length.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chat.agent.understanding.descriptors.everyday import is_genre_meant
from chat.agent.understanding.descriptors.guesses import guessed_mood
from chat.agent.understanding.descriptors.occasions import occasions_in
from chat.agent.understanding.descriptors.polarity import polarities
from chat.agent.understanding.descriptors.scopes import (
    names_closed,
    segments_of,
    topics_closed,
)
from chat.agent.understanding.descriptors.span import DescriptorSpan
from chat.agent.understanding.descriptors.vocabulary import (
    Word,
    longest_phrase,
    vocabulary,
)
from chat.agent.understanding.descriptors.words import HEADS, INTROS, JOINERS, PLAIN
from chat.agent.understanding.eras import eras_said
from chat.agent.understanding.lexicon import idioms
from chat.agent.understanding.tokens import (
    Span,
    Token,
    lowered,
    span_text,
    tokenised,
    words_of,
)

_PURPOSES = words_of("for to while when during at before after on")
_BEFORE_ERAS = words_of("the from in of year years and or era songs")


@dataclass(frozen=True)
class Match:
    """Words of the message and what they mean."""

    span: Span
    word: Word
    year_from: int | None = None
    year_to: int | None = None


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
    closed = {i for name in names for i in range(name.first, name.last)}
    eras = tuple(_eras(text, tokens, this_year))
    in_eras = {i for era in eras for i in range(era.span.first, era.span.last)}
    found: list[Match] = []
    for first, last in segments_of(text, tokens):
        found.extend(_segment(tokens, first, last, closed, in_eras))
    found.extend(era for era in eras if era.span.first not in closed)
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
    )


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
    tokens: tuple[Token, ...],
    first: int,
    last: int,
    known: set[int],
    in_eras: set[int],
) -> list[Match]:
    names = names_closed(tokens, first, last)
    closed = known | in_eras | topics_closed(tokens, first, last)
    occasions = [
        Match(span, _occasion(tokens, span))
        for span in occasions_in(tokens, first, last)
        if not closed.intersection(range(span.first, span.last))
        and not names.intersection(range(span.first, span.last))
    ]
    closed |= {i for o in occasions for i in range(o.span.first, o.span.last)}
    matches = [
        match
        for match in _matches(tokens, first, last, closed)
        if not names.intersection(range(match.span.first, match.span.last))
        or _is_beside_head(tokens, match, last)
    ]
    places = {i for m in matches for i in range(m.span.first, m.span.last)}
    found = [m for m in matches if _is_meant(tokens, m, places, first, last)]
    taken = {i for m in found for i in range(m.span.first, m.span.last)}
    for i in range(first, last):
        if i not in taken and i not in closed and i not in names:
            word = guessed_mood(tokens, i, taken, last)
            if word is not None:
                found.append(Match(Span(i, i + 1), word))
    return [*found, *occasions]


def _occasion(tokens: tuple[Token, ...], span: Span) -> Word:
    """Call an occasion by the first word in it that the vocabulary has."""
    for match in _matches(tokens, span.first, span.last, set()):
        if match.word.kind == "context":
            return match.word
    return Word("context", "")


def _matches(
    tokens: tuple[Token, ...], first: int, last: int, closed: set[int]
) -> list[Match]:
    found: list[Match] = []
    i = first
    while i < last:
        match = None if i in closed else _longest_at(tokens, i, last, closed)
        if match is not None and match.word.key:
            found.append(match)
        i = match.span.last if match is not None else i + 1
    return found


_IDIOM = Word("mood", "")
_TRIMMED = words_of("music song songs genre beats")


def _longest_at(
    tokens: tuple[Token, ...], i: int, last: int, closed: set[int]
) -> Match | None:
    for end in range(min(last, i + longest_phrase()), i, -1):
        if any(k in closed for k in range(i, end)):
            continue
        key = " ".join(token.key for token in tokens[i:end])
        if key in idioms():
            return Match(Span(i, end), _IDIOM)
        words = vocabulary().get(key)
        if words:
            word = _likeliest(tokens, Span(i, end), words)
            if word.kind == "genre" and end - i > 1 and tokens[end - 1].key in _TRIMMED:
                end -= 1
            return Match(Span(i, end), word)
    return None


_OCCASION_BEFORE = words_of("for to while when during at after on my a the this")
_OCCASION_AFTER = words_of(
    "playlist session playlists related time music songs song mix tunes tracks vibes vibe",
    "themed sort jams type anthems mixes sessions",
)


def _likeliest(tokens: tuple[Token, ...], span: Span, words: tuple[Word, ...]) -> Word:
    if len(words) == 1:
        return words[0]
    before = tokens[span.first - 1].key if span.first else ""
    after = tokens[span.last].key if span.last < len(tokens) else ""
    kinds = {word.kind: word for word in words}
    is_occasion = before in _OCCASION_BEFORE or after in _OCCASION_AFTER
    if "context" in kinds and "genre" not in kinds:
        others = [w for w in words if w.kind != "context"]
        return kinds["context"] if is_occasion else others[0]
    return words[0]


def _is_occasion(tokens: tuple[Token, ...], span: Span, first: int, last: int) -> bool:
    before = [token.key for token in tokens[max(first, span.first - 3) : span.first]]
    after = tokens[span.last].key if span.last < last else ""
    if before and before[-1] in ("like", "of", "about", "by", "i", "you", "be"):
        return False
    if not _PURPOSES.isdisjoint(before) or after in _OCCASION_AFTER:
        return True
    return span.first == first or span.last == last


def _is_beside_head(tokens: tuple[Token, ...], match: Match, last: int) -> bool:
    if match.word.kind != "genre" or match.span.last >= last:
        return False
    return tokens[match.span.last].key in HEADS


def _is_meant(
    tokens: tuple[Token, ...], match: Match, places: set[int], first: int, last: int
) -> bool:
    if not match.word.is_wide:
        return True
    span = match.span
    if match.word.kind == "genre":
        return is_genre_meant(tokens, span)
    if match.word.kind == "context":
        return _is_occasion(tokens, span, first, last)
    before = tokens[span.first - 1].key if span.first > first else ""
    if before in INTROS:
        return True
    i = span.last
    for _ in range(5):
        if i >= last:
            break
        key = tokens[i].key
        if key in HEADS:
            return True
        if i not in places and key not in JOINERS and key not in PLAIN:
            break
        i += 1
    return (
        span.first - first <= 1
        and last - span.last <= 1
        or (span.first - 1 in places and last - span.last <= 1)
    )
