"""Whether a phrase of the vocabulary is meant as a descriptor where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from chat.agent.understanding.descriptors.matching import OCCASION_AFTER, Match
from chat.agent.understanding.descriptors.words import HEADS, INTROS, JOINERS, PLAIN
from chat.agent.understanding.everyday import (
    MUSIC_WORDS,
    is_genre_meant,
)
from chat.agent.understanding.tokens import Span, Token, words_of

# Whole sentences about music say more words of it, and more places, than requests do.
_MUSIC_WORDS = MUSIC_WORDS | words_of("rhythm rhythms genre sound influences")
_PURPOSES = words_of("for to while when during at before after on")
_NO_OCCASION_AFTER = words_of("like of about by i you be from")
# How loud one instrument is, is no mood: "heavy bass", "a strong beat".
_FORCES = words_of("heavy strong hard deep intense dirty loud big odd weird fast slow")
_SOUNDED = words_of(
    "bass beat beats sound sounds drums drum guitar guitars drop drops riff riffs synth",
    "synths kick 808 808s bassline basslines fuzz",
)
# What parts the moods of a row.
_ROW_JOINTS = words_of("and or but yet")
_REACH = 5
_DEGREES = words_of(
    "so very really just always often quite pretty too super feeling in"
)
_OWN = frozenset(
    (who, verb)
    for who in ("i", "we", "hes", "shes")
    for verb in (
        "am",
        "was",
        "were",
        "feel",
        "felt",
        "have",
        "get",
        "got",
        "been",
        "had",
    )
)
# "Empty the playlist" calls no playlist empty.
_POINTERS = words_of("the my your this that these those our his her their")


def is_meant(
    tokens: tuple[Token, ...],
    match: Match,
    matched: AbstractSet[int],
    first: int,
    last: int,
) -> bool:
    """Say so from the words around it; matched: all places of phrases in the segment."""
    span = match.span
    if match.word.kind == "genre":
        return not match.word.is_wide or is_genre_meant(
            tokens, span, music_words=_MUSIC_WORDS
        )
    if match.word.kind == "context":
        return _is_occasion(tokens, span, matched, first, last)
    if match.word.kind != "mood":
        return True
    after = tokens[span.last].key if span.last < last else ""
    if is_force(tokens, span):
        return False
    if _is_of_listener(tokens, span, first) and after not in HEADS:
        return False
    return not match.word.is_wide or _is_said_of_music(
        tokens, span, matched, first, last
    )


def is_force(tokens: tuple[Token, ...], span: Span) -> bool:
    """Say whether a word tells the force of one sound, which is no mood: "heavy bass"."""
    after = tokens[span.last].key if span.last < len(tokens) else ""
    return tokens[span.first].key in _FORCES and after in _SOUNDED


def rows_meant(
    tokens: tuple[Token, ...], matches: Sequence[Match], meant: AbstractSet[Match]
) -> Iterator[Match]:
    """Yield the moods that stand in a row with one that is meant: "sad and spiteful"."""
    row: list[Match] = []
    for match in (*matches, None):
        is_mood = match is not None and match.word.kind == "mood"
        if row and not (is_mood and match and _is_beside(tokens, row[-1], match)):
            if not meant.isdisjoint(row):
                yield from row
            row = []
        if is_mood and match is not None:
            row.append(match)


def _is_beside(tokens: tuple[Token, ...], one: Match, other: Match) -> bool:
    between = tokens[one.span.last : other.span.first]
    return len(between) <= 1 and all(token.key in _ROW_JOINTS for token in between)


def _is_of_listener(tokens: tuple[Token, ...], span: Span, first: int) -> bool:
    """Say whether a feeling is the listener's own: "I was happy to find these"."""
    before = [token.key for token in tokens[max(first, span.first - 4) : span.first]]
    while before and before[-1] in _DEGREES:
        before.pop()
    return before[-1:] in (["im"], ["ive"]) or tuple(before[-2:]) in _OWN


def stands_before_music(
    tokens: tuple[Token, ...], at: int, matched: AbstractSet[int], last: int
) -> bool:
    """Say whether nothing but other descriptors stands between here and a music word."""
    for i in range(at, min(last, at + _REACH)):
        key = tokens[i].key
        if key in HEADS:
            return True
        if key in _POINTERS:
            return False
        if i not in matched and key not in JOINERS and key not in PLAIN:
            return False
    return False


def _is_occasion(
    tokens: tuple[Token, ...],
    span: Span,
    matched: AbstractSet[int],
    first: int,
    last: int,
) -> bool:
    before = [token.key for token in tokens[max(first, span.first - 3) : span.first]]
    after = tokens[span.last].key if span.last < last else ""
    if before and before[-1] in _NO_OCCASION_AFTER:
        return False
    if not _PURPOSES.isdisjoint(before) or after in OCCASION_AFTER:
        return True
    if span.first == first:
        return True
    at = span.first - 1
    is_behind_music = tokens[at].key in HEADS or at in matched
    return span.last == last and is_behind_music


def _is_said_of_music(
    tokens: tuple[Token, ...],
    span: Span,
    matched: AbstractSet[int],
    first: int,
    last: int,
) -> bool:
    if span.first > first and tokens[span.first - 1].key in INTROS:
        return True
    if stands_before_music(tokens, span.last, matched, last):
        return True
    goes_on = span.first - 1 in matched or span.first - first <= 1
    return goes_on and last - span.last <= 1
