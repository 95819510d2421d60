"""Names of people in a message, by lists of names and by the phrases they stand in.

A rule of this file: beside "my wife" or "my name is" a name goes, whoever else bears
it. Otherwise what the catalog knows stays, and what a list of names holds goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum

from feedback.scrubbing import cues
from feedback.scrubbing.found import Found, Kind
from feedback.scrubbing.given_names import (
    everyday_names,
    everyday_words,
    given_names,
    mere_words,
    surnames,
)
from feedback.scrubbing.music import Music, Word

# In so many of Faker's lists stands a name that is one also in small letters.
COMMON = 4
MIN_SMALL = 3
# Words of a name at most, and signs between two names of one row.
MAX_NAME, MAX_GAP = 6, 12
_PARTICLES = cues.words_of(
    "van von de der den del della da di dos la le bin ibn al el af av of",
)
_GAP = re.compile(r"\.? ?(?:['’\"“”]?)")
_PATTERNS = (
    cues.JAPANESE,
    cues.CHINESE,
    cues.KOREAN,
    cues.ARABIC,
    cues.FAMILY,
    cues.INITIAL,
)


class Sign(IntEnum):
    """How much stands beside a word that says it is a name."""

    NONE = 0
    LIKELY = 1
    SELF = 2
    DOES = 3
    LIVES = 4
    TITLED = 5
    RELATED = 6


DOUBTS = dict(zip(Sign, (0.4, 0.3, 0.3, 0.2, 0.1, 0.1, 0.0), strict=True))


def people_in(text: str, words: list[Word], music: list[Music]) -> list[Found]:
    """Find names of people. None overlaps what surely is music, but beside a relation."""
    found = [*_by_pattern(text, music)]
    at = 0
    while at < len(words):
        sign = _sign(text, words, at) if _may_be_name(words[at]) else Sign.NONE
        if _is_free(text, words[at], music, sign) and _is_name(text, words[at], sign):
            last = _last(text, words, at, music, sign)
            found.append(
                Found(words[at].start, words[last].end, Kind.NAME, DOUBTS[sign])
            )
            at = last
        at += 1
    return [*found, *_neighbours(text, words, found, music)]


def _may_be_name(word: Word) -> bool:
    """Say whether any sign could make a name of it."""
    return word.is_capital or any(
        p in given_names() for p in (word.key, *word.key.split())
    )


def _is_free(text: str, word: Word, music: list[Music], sign: Sign) -> bool:
    """Say whether a word may be a person's, for all that the catalog knows."""
    here = [m for m in music if m.start < word.end and word.start < m.end]
    if any(m.start < word.start and m.is_sure for m in here):
        return False  # Within a longer name: "Robinson" of “Mrs. Robinson”.
    if Sign.SELF <= sign < Sign.TITLED and not any(m.is_sure for m in here):
        return not here or not cues.MUSIC_BEFORE.search(cues.before(text, word.start))
    return not here or sign is Sign.RELATED


def _sign(text: str, words: list[Word], at: int) -> Sign:
    before = cues.before(text, words[at].start)
    after = cues.after(text, words[at].end)
    if any(cue.search(before) for cue in (cues.RELATED, cues.NAMED)):
        return Sign.RELATED
    if cues.TITLED.search(before):
        return Sign.TITLED
    last = _last_capital(text, words, at)
    behind = cues.after(text, words[last].end)
    if cues.LIVES.match(after) or cues.LIVES.match(behind):
        return Sign.LIVES
    if cues.DOES.match(after) or cues.DOES.match(behind):
        return Sign.DOES
    if cues.SIGNED.search(before) and not re.search(r"\w", behind):
        return Sign.DOES
    if at == 0 and after.startswith(":"):
        return Sign.LIVES  # Who speaks, in what was copied: "Raj: more tabla".
    if cues.SELF.search(before):
        return Sign.SELF
    return Sign.LIKELY if cues.LIKELY.search(before) else Sign.NONE


def _last_capital(text: str, words: list[Word], at: int) -> int:
    """Return the last word of a row that begin with capitals, as full names do."""
    last = at
    for after in range(at + 1, min(at + MAX_NAME, len(words))):
        gap = text[words[last].end : words[after].start]
        both = words[at].is_capital and words[after].is_capital
        if not both or not _GAP.fullmatch(gap):
            break
        last = after
    return last


def _is_name(text: str, word: Word, sign: Sign) -> bool:
    key = word.key
    parts = [key, *key.split()]
    is_given = any(part in given_names() for part in parts)
    is_word = key in everyday_names() or (not is_given and key in everyday_words())
    if len(key) < 2 or not word.text[0].isalpha() or cues.KIN.fullmatch(word.text):
        return False
    if cues.OWN.fullmatch(word.text) and cues.KIN.match(text[word.end :].lstrip()):
        return False
    if is_given and not is_word:
        is_common = given_names()[key] >= COMMON and len(key) >= MIN_SMALL
        return word.is_capital or sign >= Sign.SELF or is_common
    if is_word:
        return _is_name_and_word(word, sign, is_given=is_given)
    return word.is_capital and sign >= Sign.LIKELY


def _is_name_and_word(word: Word, sign: Sign, *, is_given: bool) -> bool:
    """Say it of "Rose", "will", "April": by what stands beside them alone."""
    if not is_given:
        return word.is_capital and sign is Sign.TITLED
    if not word.is_capital:
        return sign in (Sign.RELATED, Sign.LIVES) and word.key not in cues.SMALL
    least = Sign.DOES if word.key in mere_words() else Sign.LIKELY
    return sign >= least


def _last(text: str, words: list[Word], at: int, music: list[Music], sign: Sign) -> int:
    """Return the last word of a name: "Brandon Lee Hutchins", "Hugo van den Berg"."""
    last = at
    for after in range(at + 1, min(at + MAX_NAME, len(words))):
        word = words[after]
        gap = text[words[after - 1].end : word.start]
        if not _GAP.fullmatch(gap) or (_music_at(word, music) and sign < Sign.RELATED):
            break
        is_word = word.key in everyday_words() and word.key not in surnames()
        is_word = is_word and (len(word.text) > 1 or word.text == "I")
        if word.is_capital and words[at].is_capital and not is_word:
            last = after
        elif word.key not in _PARTICLES:
            is_small = not words[at].is_capital and word.key in surnames()
            if is_small and word.key not in everyday_words():
                last = after
            break
    return last


def _music_at(word: Word, music: list[Music]) -> bool:
    return any(m.start < word.end and word.start < m.end for m in music)


def _neighbours(
    text: str, words: list[Word], found: list[Found], music: list[Music]
) -> Iterator[Found]:
    """Find names in one row with names: "James, Priyanka and Kofi are coming"."""
    rows = [f for f in found if f.kind is Kind.NAME]
    sure = [m for m in music if m.is_sure]
    named = [word for word in words if _may_be_name(word)]
    for word in [*named, *reversed(named)]:
        if any(f.overlaps(word.start, word.end) for f in rows):
            continue
        is_listed = word.key in given_names()
        is_listed = is_listed and (word.is_capital or word.key not in everyday_names())
        is_new = word.is_capital and word.key not in everyday_words()
        if not (is_listed or is_new) or _music_at(word, sure) or len(word.key) < 2:
            continue
        if any(_are_joined(text, word, other) for other in rows):
            one = Found(word.start, word.end, Kind.NAME, DOUBTS[Sign.LIKELY])
            rows.append(one)
            yield one


def _are_joined(text: str, word: Word, other: Found) -> bool:
    first, last = sorted([(word.start, word.end), (other.start, other.end)])
    if last[0] - first[1] > MAX_GAP:
        return False
    return cues.JOINED.fullmatch(text[first[1] : last[0]]) is not None


def _by_pattern(text: str, music: list[Music]) -> Iterator[Found]:
    """Find names by what stands beside them, as in scripts without capital letters."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            name = next(n for n, said in match.groupdict().items() if said)
            start, end = match.span(name)
            is_music = any(m.start < end and start < m.end for m in music)
            if name == "kin" or not is_music:
                yield Found(start, end, Kind.NAME, DOUBTS[Sign.DOES])
