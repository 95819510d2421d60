"""Scrub a message: what could tell who wrote it gives way to its kind in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from catalog.search.known_names import named_by
from feedback.scrubbing.codes import codes_in
from feedback.scrubbing.found import Found, Kind
from feedback.scrubbing.given_names import everyday_words, given_names
from feedback.scrubbing.music import LookUp, Music, Word, music_in, words_in
from feedback.scrubbing.people import people_in
from feedback.scrubbing.places import places_in

# What a curator is told: why a text is doubtful.
GUESSED, ARTIST_OR_PERSON, UNKNOWN_NAME, NUMBER_LEFT = (
    "guessed",
    "artist_or_person",
    "unknown_name",
    "number_left",
)
WEIGHTS = {GUESSED: 0.4, ARTIST_OR_PERSON: 0.3, UNKNOWN_NAME: 0.5, NUMBER_LEFT: 0.3}
# Numbers of so many digits are years, tempos and counts no more.
LONG_NUMBER = re.compile(r"\d{5,}")
ORDER = {kind: at for at, kind in enumerate(Kind)}


@dataclass(frozen=True)
class Scrubbed:
    """A text without what tells who wrote it, and where that stood in the original.

    doubt: 0 for none, to 1. doubts: codes of why, the weightiest first.
    """

    text: str
    found: tuple[Found, ...]
    doubt: float
    doubts: tuple[str, ...]


def scrub(text: str, *, look_up: LookUp = named_by) -> Scrubbed:
    """Take out of a message what could tell who wrote it.

    An artist of the catalog stays, by one query; of titles those that are asked for.
    Takes about 2 ms, the first time 0.7 s for the lists of names.
    """
    words = words_in(text)
    music = music_in(text, words, look_up)
    sure = [m for m in music if m.is_sure]
    codes = [f for f in (*codes_in(text), *places_in(text)) if not _is_inside(f, sure)]
    found = _apart([*codes, *people_in(text, words, music)])
    doubts = _doubts(text, words, music, found)
    left = 1.0
    for code in doubts:
        left *= 1.0 - WEIGHTS[code]
    return Scrubbed(_replaced(text, found), tuple(found), round(1.0 - left, 3), doubts)


def _is_inside(found: Found, music: Iterable[Music]) -> bool:
    """Say whether all of it is music: “867-5309”."""
    return any(m.start <= found.start and found.end <= m.end for m in music)


def _apart(found: list[Found]) -> list[Found]:
    """Return them in their order, one where several overlap: the kind that comes first.

    What another one holds beside it goes too.
    """
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (f.start, -f.end)):
        if kept and kept[-1].overlaps(one.start, one.end):
            last = kept.pop()
            kind = min(last.kind, one.kind, key=lambda kind: ORDER[kind])
            end, doubt = max(last.end, one.end), min(last.doubt, one.doubt)
            one = Found(last.start, end, kind, doubt)
        kept.append(one)
    return kept


def _replaced(text: str, found: list[Found]) -> str:
    for one in reversed(found):
        text = f"{text[: one.start]}[{one.kind}]{text[one.end :]}"
    return text


def _doubts(
    text: str, words: list[Word], music: list[Music], found: list[Found]
) -> tuple[str, ...]:
    """Say what a curator should look at."""
    said = set()
    if any(one.doubt for one in found):
        said.add(GUESSED)
    if any(not m.is_sure for m in music):
        said.add(ARTIST_OR_PERSON)
    gone = [(f.start, f.end) for f in found] + [(m.start, m.end) for m in music]
    left = [w for w in words if not any(s < w.end and w.start < e for s, e in gone)]
    if any(_is_unknown_name(word) for word in left):
        said.add(UNKNOWN_NAME)
    if any(LONG_NUMBER.search(word.text) for word in left):
        said.add(NUMBER_LEFT)
    return tuple(sorted(said, key=lambda code: -WEIGHTS[code]))


def _is_unknown_name(word: Word) -> bool:
    is_word = word.key in everyday_words() and word.key not in given_names()
    return word.is_capital and word.start > 0 and not is_word and len(word.key) > 2
