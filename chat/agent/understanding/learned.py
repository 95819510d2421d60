"""Names that the tagger finds, beside those that the catalog and the lexicon know.

The catalog's exact names win over learned ones. A word or phrase of the lexicon wins
where it is the whole of a learned name ("play something calm" names nobody), unless
"by" stands before it; within a longer name it is part of that name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from chat.agent.understanding.collisions import is_known_word, makes_command
from chat.agent.understanding.eras import era_said
from chat.agent.understanding.tagging.labels import Tag
from chat.agent.understanding.tagging.tagger import Tagging
from chat.agent.understanding.tokens import (
    OTHER_SCRIPT,
    Span,
    Token,
    is_gibberish,
    span_between,
    span_text,
)

# Below this a sentence isn't surely a command to a player, and is read as talk.
COMMAND_SURE = 0.9
# A name is spoken of this briefly; longer ones are a whole sentence taken for a title.
MAX_WORDS = 12
_POINTERS = frozenset({"by", "artist", "band", "singer", "called", "named", "titled"})
_SLOT_NAMES = {"artist": "artist", "title": "work", "album": "work"}

LearnedKind = Literal["unknown artist", "unknown work"]


@dataclass(frozen=True)
class Learned:
    """A name that the tagger found: its words by index, and what it seems to be."""

    span: Span
    kind: LearnedKind


def names_tagged(tagging: Tagging) -> tuple[Tag, ...]:
    """Return the artists and works of a sentence, from the head that knows its sort.

    Commands to a player ("put X on my Y list") have a head of their own.
    """
    if tagging.intent in ("add", "play") and tagging.sureness >= COMMAND_SURE:
        return tuple(
            Tag(_SLOT_NAMES[tag.kind], tag.start, tag.end)
            for tag in tagging.slots
            if tag.kind in _SLOT_NAMES
        )
    return tagging.names


def years_in(
    text: str, tokens: tuple[Token, ...], *, this_year: int
) -> tuple[Span, ...]:
    """Return where a message says a time of release: a year is no name."""
    era = era_said(text.lower().replace("’", "'"), this_year=this_year)
    return (span_between(tokens, era.start, era.end),) if era else ()


def learned_names(
    text: str,
    tokens: tuple[Token, ...],
    tags: Sequence[Tag],
    *,
    catalog: Sequence[Span],
    lexicon: Sequence[Span],
) -> tuple[Learned, ...]:
    """Return the learned names that stand beside the catalog's and the lexicon's.

    catalog: spans of its artists and titles; lexicon: those of genres, moods and times.
    """
    is_telling_case = not (text.isupper() or text.istitle())
    found: list[Learned] = []
    for tag in tags:
        span = span_between(tokens, tag.start, tag.end)
        is_name_long = 1 <= len(span) <= MAX_WORDS
        if not is_name_long or any(_meet(span, taken) for taken in catalog):
            continue
        if is_telling_case:
            span = _grown(text, tokens, span)
        if _means_what_it_says(text, tokens, span, lexicon):
            continue
        kind: LearnedKind = "unknown artist" if tag.kind == "artist" else "unknown work"
        found.append(Learned(span, kind))
    return tuple(_joined(text, tokens, found))


def _joined(
    text: str, tokens: tuple[Token, ...], found: list[Learned]
) -> Iterator[Learned]:
    """Yield names, those that only a space parts as one: nobody names two so."""
    held: Learned | None = None
    for name in sorted(found, key=lambda name: name.span.first):
        if held is not None and held.span.last == name.span.first:
            between = text[
                tokens[name.span.first - 1].end : tokens[name.span.first].start
            ]
            if between == " ":
                held = Learned(Span(held.span.first, name.span.last), held.kind)
                continue
        if held is not None:
            yield held
        held = name
    if held is not None:
        yield held


def _means_what_it_says(
    text: str, tokens: tuple[Token, ...], span: Span, lexicon: Sequence[Span]
) -> bool:
    """Say whether words are no name: a mood, a genre, a time, a command, or no words."""
    said = span_text(text, tokens, span)
    if OTHER_SCRIPT.search(said) or makes_command(said):
        return True
    words = [token.key for token in tokens[span.first : span.last]]
    if all(map(is_gibberish, words)):
        return True
    known = [len(other) for other in lexicon if _meet(span, other)]
    if known and max(known) > len(span):
        return True
    if span.first and tokens[span.first - 1].key in _POINTERS:
        return False
    return bool(known and max(known) == len(span)) or all(map(is_known_word, words))


def _grown(text: str, tokens: tuple[Token, ...], span: Span) -> Span:
    """Take in capital words that go on with a capital name: "Zorblax" of "Zorblax Ensemble"."""
    last = span.last
    while (
        last < len(tokens)
        and text[tokens[last - 1].start].isupper()
        and text[tokens[last].start].isupper()
        and text[tokens[last - 1].end : tokens[last].start] == " "
        and not is_known_word(tokens[last].key)
    ):
        last += 1
    return Span(span.first, last)


def _meet(one: Span, other: Span) -> bool:
    return one.first < other.last and other.first < one.last
