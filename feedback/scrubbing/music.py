"""What of a message the catalog knows, which stays: artists and titles.

A name that a person may bear as well ("Sarah", a band of two songs; "Jolene", a title)
stays only where it is said as music is. What many know ("Adele", "Tom Waits") stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from catalog.names import name_key
from catalog.search.known_names import NamedBy
from feedback.scrubbing import cues
from feedback.scrubbing.given_names import everyday_words, given_names

# Given the keys of a message, returns which of them name something.
LookUp = Callable[[Collection[str]], NamedBy]

_WORD = re.compile(r"\w+(?:['’&+./-]\w+)*\.?(?=\s+[A-Z]\w)|\w+(?:['’&+./-]\w+)*|&")
# "La fête d'Amélie", "l'amico".
_ELIDED = re.compile(r"(?:[dljmtscn]|qu|all|dell|nell)['’](?=\w)")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]+")
MAX_WORDS = 7
MAX_SIGNS = 10


@dataclass(frozen=True)
class Word:
    """A word of a message and its name key; without a possessive where it has one."""

    text: str
    key: str
    start: int
    end: int

    @property
    def is_capital(self) -> bool:
        """Say whether it begins as names do."""
        return self.text[0].isupper()


@dataclass(frozen=True)
class Music:
    """Characters [start, end) that name music. is_sure: nobody could mean a person."""

    start: int
    end: int
    is_sure: bool


def words_in(text: str) -> list[Word]:
    """Cut a message into words."""
    words = []
    for match in _WORD.finditer(text):
        elided = _ELIDED.match(match.group())
        start = match.start() + (elided.end() if elided else 0)
        said = re.sub(r"['’]s?$", "", text[start : match.end()]).rstrip(".")
        words.append(Word(said, name_key(said), start, start + len(said)))
    return words


def music_in(text: str, words: list[Word], look_up: LookUp) -> list[Music]:
    """Find what the catalog knows, longest first, none overlapping. One query."""
    runs = [*_runs(words), *_unspaced(text)]
    known = look_up({key for key, *_ in runs})
    found: list[Music] = []
    unsure: list[tuple[int, int]] = []
    for key, start, end, size in runs:
        if any(m.start < end and start < m.end for m in found):
            continue
        is_artist = key in known.artists and key not in known.little_known
        if not is_artist and key not in known.artists and key not in known.titles:
            continue
        if size > 1 and not is_artist and _are_people(key):
            if _is_said_as_music(text, start, end):
                found.append(Music(start, end, is_sure=True))
        elif size > 1 and (is_artist or _is_title(text, start, key)):
            found.append(Music(start, end, is_sure=True))
        elif size == 1 and (is_artist or not _may_be_person(key)):
            found.append(Music(start, end, is_sure=not _may_be_person(key)))
        elif _is_said_as_music(text, start, end):
            found.append(Music(start, end, is_sure=False))
        elif size == 1:
            unsure.append((start, end))
    return _with_neighbours(text, found, unsure)


def _runs(words: list[Word]) -> list[tuple[str, int, int, int]]:
    """Return every run of words: its key, where it stands, and of how many, longest first."""
    return [
        (
            " ".join(w.key for w in words[first : first + size]).removeprefix("the "),
            words[first].start,
            words[first + size - 1].end,
            size,
        )
        for size in range(min(MAX_WORDS, len(words)), 0, -1)
        for first in range(len(words) - size + 1)
    ]


def _unspaced(text: str) -> list[tuple[str, int, int, int]]:
    """Return what may be a name in a script without spaces, longest first."""
    runs = [
        (
            name_key(match.group()[at : at + size]),
            match.start() + at,
            match.start() + at + size,
            2,
        )
        for match in _UNSPACED.finditer(text)
        for size in range(2, MAX_SIGNS + 1)
        for at in range(len(match.group()) - size + 1)
    ]
    return sorted(runs, key=lambda run: run[1] - run[2])


def _may_be_person(key: str) -> bool:
    return key in given_names()


def _are_people(key: str) -> bool:
    """Say whether a title is of given names alone: "Carrie & Lowell", "Jack and Diane"."""
    return all(word in given_names() for word in key.split() if word != "and")


def _is_title(text: str, start: int, key: str) -> bool:
    """Say whether some words are a title, and not what anybody may say."""
    if not all(word in everyday_words() or word in _SMALL for word in key.split()):
        return True
    return text[start].isupper() or _is_asked_for(text, start)


def _is_asked_for(text: str, start: int) -> bool:
    return cues.MUSIC_BEFORE.search(cues.before(text, start)) is not None


def _is_said_as_music(text: str, start: int, end: int) -> bool:
    before, after = cues.before(text, start), cues.after(text, end)
    is_quoted = cues.QUOTED_BEFORE.search(before) and cues.QUOTED_AFTER.match(after)
    is_asked = _is_asked_for(text, start) or cues.MUSIC_AFTER.match(after)
    return bool(is_quoted or is_asked)


def _is_person(after: str) -> bool:
    return bool(cues.LIVES.match(after) or cues.DOES.match(after))


def _with_neighbours(
    text: str, found: list[Music], unsure: list[tuple[int, int]]
) -> list[Music]:
    """Add what stands in one row with music: "Veronica, Alison, Elvis Costello"."""
    for start, end in [*unsure, *reversed(unsure)]:
        if any(m.start <= start < m.end for m in found):
            continue
        for music in found:
            gap = (
                text[end : music.start]
                if end <= music.start
                else text[music.end : start]
            )
            if cues.JOINED.fullmatch(gap) and not _is_person(cues.after(text, end)):
                found.append(Music(start, end, is_sure=False))
                break
    return found


_SMALL = cues.words_of(
    "i im a an the my your me you we he she it for to of in on at and or is be this",
    "that with from name call not happy birthday friend girl wife party love",
)
