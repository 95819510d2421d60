"""Which names in a message are refused: "no X", "anything but X", "tired of X or Y"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from chat.agent.understanding.tokens import Span, Token, words_of

_REFUSALS = words_of(
    "no not without except excluding exclude minus less fewer nothing never none hate",
    "hates hated avoid skip dont doesnt didnt isnt arent wasnt cant cannot wont neither",
    "nor stop dislike sans ban zero despise non lacking lacks devoid aint excludes omit",
    "unlike dislikes loathe loathes too",
)
# Phrases that refuse what follows them, and the longer ones that turn them round.
_REFUSING = frozenset(
    tuple(phrase.split())
    for phrase in (
        "tired of", "sick of", "bored of", "bored with", "bored by", "fed up with",
        "enough of", "enough with", "other than", "rather than", "instead of",
        "apart from", "aside from", "away from", "anything but", "everything but",
        "cant stand", "cannot stand", "cant bear", "cannot bear", "allergic to",
        "all but", "hold the", "free of", "opposite of", "fed up of", "done with",
        "im over", "am over", "so over",
    )
)  # fmt: skip
_WELCOMING = frozenset(
    {("get", "enough", "of"), ("cant", "get", "enough"), ("not", "tired", "of")}
)
_TURNED_BY_NEXT = frozenset({"only", "just", "but"})
_JOINTS = frozenset({"or", "and", "nor", "any", "a", "an", "the"})
_FILLERS = words_of(
    "any more so very really that much want wanna like of the a an by from all to",
    "hear hearing feel feeling enough super overly in mood for into play playing add",
    "adding include put give me listen listening fan big you it this be sound make",
    "other kind sort songs song music tracks track stuff anything something interested",
    "particularly necessarily exactly sounding harsh annoying typical usual generic",
    "need use care quite as ever such i get getting to with have has having contain",
    "most looking searching fit fits",
)
_OPENINGS = words_of("ok okay alright thats now and but well please right")
# "It doesn't have to be jazz" neither asks for jazz nor refuses it.
_DONTS = words_of("dont doesnt didnt not")
_NO_NEEDS = words_of("neednt")
_NEEDS = frozenset({("have", "to"), ("has", "to"), ("need", "to"), ("needs", "to")})
# How many words a refusal reaches over: "don't want to hear any of that".
REACH = 6
# How many names a row may have that a refusal goes on over.
_ROW = 12
_STOPS = re.compile(r"[.,;:!?\n]")


class Placed(Protocol):
    """Anything that stands at a span of the message."""

    @property
    def span(self) -> Span: ...


def refused(
    text: str, tokens: tuple[Token, ...], named: Sequence[Placed]
) -> list[bool]:
    """Say of each name, in the order of the message, whether it is refused.

    In a row the refusal goes on: "no jazz, blues or metal", and not in "no jazz, soul".
    """
    flags: list[bool] = []
    for i, name in enumerate(named):
        is_refused = is_refused_at(text, tokens, name.span)
        if not is_refused and flags and flags[-1]:
            is_refused = _goes_on(text, tokens, named, i)
        flags.append(is_refused)
    return flags


def _goes_on(
    text: str, tokens: tuple[Token, ...], named: Sequence[Placed], i: int
) -> bool:
    gap = tokens[named[i - 1].span.last : named[i].span.first]
    if any(token.key not in _JOINTS for token in gap):
        return False
    if gap:
        return True
    # A bare comma goes on only where the row ends in "or" or "and".
    for k in range(i, min(len(named), i + _ROW)):
        after = named[k].span.last
        if after >= len(tokens):
            return False
        if tokens[after].key in ("or", "and", "nor"):
            return tokens[after].key != "and" or not _is_whole(tokens, named, i)
        if k + 1 == len(named) or named[k + 1].span.first != after:
            return False
    return False


def _is_whole(tokens: tuple[Token, ...], named: Sequence[Placed], i: int) -> bool:
    """Say whether what stands before a comma is all that is refused.

    "Nothing explicit, fun and danceable" asks for fun; "nothing slow, sad and boring"
    is as likely, but who means it says "or".
    """
    first = named[i - 1].span.first
    return first > 0 and tokens[first - 1].key == "nothing"


def is_refused_at(text: str, tokens: tuple[Token, ...], span: Span) -> bool:
    """Say whether what stands there is refused."""
    return _refusal_before(text, tokens, span) is not None


def refusals_said(
    text: str, tokens: tuple[Token, ...], refused_at: Iterable[Span]
) -> tuple[str, ...]:
    """Return refusals as they were said, from "not" to what is refused: "not too loud"."""
    found: list[str] = []
    for span in refused_at:
        before = _refusal_before(text, tokens, span)
        first = span.first if before is None else before
        while first and tokens[first - 1].key in _REFUSALS:
            first -= 1  # "Nothing too slow".
        start = tokens[first].start
        found.append(text[start : tokens[span.last - 1].end])
    return tuple(found)


def _refusal_before(text: str, tokens: tuple[Token, ...], span: Span) -> int | None:
    """Walk back over filler words to a word of refusal, if there is one.

    Returns where the refusal begins, in tokens.
    """
    for i in range(span.first - 1, max(-1, span.first - 1 - REACH), -1):
        if _STOPS.search(text, tokens[i].end, tokens[i + 1].start):
            return None
        key = tokens[i].key
        tail = tuple(token.key for token in tokens[max(0, i - 2) : i + 1])
        if tail in _WELCOMING:
            return None
        if tail in _REFUSING or tail[-2:] in _REFUSING:
            return i - (len(tail) if tail in _REFUSING else 2) + 1
        if key == "enough" and i + 1 == span.first and _begins(tokens, i):
            return i
        if key in _REFUSALS:
            is_turned = tokens[i + 1].key in _TURNED_BY_NEXT
            return None if is_turned or _is_no_need(tokens, i) else i
        if key not in _FILLERS and key not in ("but", "only", "just"):
            return None
    return None


def _begins(tokens: tuple[Token, ...], i: int) -> bool:
    """Say whether a word begins what is said: "enough Queen", and not "fast enough"."""
    return all(token.key in _OPENINGS for token in tokens[:i])


def is_let_go_at(text: str, tokens: tuple[Token, ...], span: Span) -> bool:
    """Say whether what stands there is said to be no need: "needn't be jazz"."""
    for i in range(span.first - 1, max(-1, span.first - 1 - REACH), -1):
        if _STOPS.search(text, tokens[i].end, tokens[i + 1].start):
            return False
        if tokens[i].key in _NO_NEEDS or _is_no_need(tokens, i):
            return True
        if tokens[i].key not in _FILLERS:
            return False
    return False


def _is_no_need(tokens: tuple[Token, ...], i: int) -> bool:
    after = tuple(token.key for token in tokens[i + 1 : i + 3])
    return tokens[i].key in _DONTS and after in _NEEDS
