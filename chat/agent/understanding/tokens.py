"""A message as words with their places, so that spans can be found and kept apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from catalog.names import name_key

_WORD = re.compile(r"#?\w+(?:['’&+./-]\w+)*(?:['’](?=\s|$))?|&", re.UNICODE)
MAX_NGRAM = 7

# What is learned reads English; of other scripts it knows no letter.
OTHER_SCRIPT = re.compile(r"[^\W\d_\u0000-\u024f]")


@dataclass(frozen=True)
class Token:
    """One word: its name key and where it stands in the message.

    owner_key is the key without a possessive: "nina" for "Nina's". row: how many bars
    and line breaks stand before it, over which no name or phrase goes.
    """

    key: str
    owner_key: str
    start: int
    end: int
    row: int = 0


@dataclass(frozen=True)
class Span:
    """Some words in a row, by index: [first, last)."""

    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first


def words_of(*rows: str) -> frozenset[str]:
    """Return the words of some rows of text, as a set to ask."""
    return frozenset(word for row in rows for word in row.split())


def lowered(text: str) -> str:
    """Lower the case and straighten apostrophes, keeping every character's place."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lower.replace("’", "'")


@lru_cache(maxsize=16)
def tokenised(text: str) -> tuple[Token, ...]:
    """Cut a message into words. Contractions and hyphened words stay whole."""
    tokens: list[Token] = []
    row = at = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        row += text.count("|", at, start) + text.count("\n", at, start)
        key, owner_key = _keys(match.group())
        tokens.append(Token(key, owner_key, start, end, row))
        at = end
    return tuple(tokens)


@lru_cache(maxsize=4096)
def _keys(word: str) -> tuple[str, str]:
    # name_key drops "the", which counts here.
    key = "the" if word.casefold() == "the" else name_key(word)
    owned = word[-2:].casefold() in ("'s", "’s")
    return key, name_key(word[:-2]) if owned else key


@lru_cache(maxsize=16)
def ngrams(tokens: tuple[Token, ...]) -> tuple[tuple[Span, tuple[str, ...]], ...]:
    """Return every run of up to seven words of a row, longest first, with its name keys.

    There are two keys where the run ends in a possessive ("Nina Vale's"): as written
    first. The words' own keys are joined, which is what `name_key` makes of the run.
    """
    runs: list[tuple[Span, tuple[str, ...]]] = []
    keys = [token.key for token in tokens]
    rows = [token.row for token in tokens]
    for size in range(min(MAX_NGRAM, len(tokens)), 0, -1):
        for first in range(len(tokens) - size + 1):
            last = first + size
            if rows[first] != rows[last - 1]:
                continue
            key = " ".join(keys[first:last])
            owner = tokens[last - 1].owner_key
            found: tuple[str, ...] = (_bare(key),)
            if owner != keys[last - 1]:
                found = (*found, _bare(" ".join((*keys[first : last - 1], owner))))
            runs.append((Span(first, last), found))
    return tuple(runs)


def _bare(key: str) -> str:
    return key.removeprefix("the ")


def span_between(tokens: tuple[Token, ...], start: int, end: int) -> Span:
    """Return the words that have a character in [start, end); perhaps none."""
    inside = [i for i, t in enumerate(tokens) if t.start < end and start < t.end]
    return Span(inside[0], inside[-1] + 1) if inside else Span(0, 0)


def span_text(text: str, tokens: tuple[Token, ...], span: Span) -> str:
    """Return the words of a span as they were written."""
    return text[tokens[span.first].start : tokens[span.last - 1].end]


_ROWS = ("qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "zxcvbnm")
_NO_WORD = re.compile(r"[bcdfghjklmnpqrstvwxz]{6}|(.)\1{3}")


def is_gibberish(key: str) -> bool:
    """Say whether Latin letters make no word: "asdfgh", "qwerty", "hhhhhh"."""
    if len(key) < 4 or not key.isascii():
        return False
    if any(key in row or key[::-1] in row for row in _ROWS):
        return True
    return _NO_WORD.search(key) is not None
