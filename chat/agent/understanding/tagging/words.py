"""A text's words as the tagger counts them, each with its place."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\s,;:!?\"“”()\[\]|<>]+")
_EDGES = ".'’‘…-–—*_"
_OWNED = ("'s", "’s")

Place = tuple[int, int]


def word_places(text: str) -> list[Place]:
    """Return where each word starts and ends, in characters.

    White space and marks part words, save those inside ("AC/DC", "a$ap", "don't"). A
    possessive 's belongs to no word, so that a name ends before it.
    """
    places = (_trimmed(text, *match.span()) for match in _WORD.finditer(text))
    return [place for place in places if place[0] < place[1]]


def _trimmed(text: str, start: int, end: int) -> Place:
    while start < end and text[start] in _EDGES:
        start += 1
    while start < end and text[end - 1] in _EDGES:
        end -= 1
    if end - start > 2 and text[start:end].lower().endswith(_OWNED):
        end -= 2
    return start, end
