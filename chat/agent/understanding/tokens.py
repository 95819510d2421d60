"""A message as words with their places, so that spans can be found and kept apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from catalog.names import name_key

_WORD = re.compile(r"#?\w+(?:['’&+./-]\w+)*(?:['’](?=\s|$))?|&", re.UNICODE)
MAX_NGRAM = 7


@dataclass(frozen=True)
class Token:
    """One word: its name key and where it stands in the message."""

    key: str
    start: int
    end: int


@dataclass(frozen=True)
class Span:
    """Some words in a row, by index: [first, last)."""

    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first


def tokenised(text: str) -> tuple[Token, ...]:
    """Cut a message into words. Contractions and hyphened words stay whole."""
    return tuple(
        Token(_word_key(match.group()), match.start(), match.end())
        for match in _WORD.finditer(text)
    )


def _word_key(word: str) -> str:
    # name_key drops "the", which counts here.
    return "the" if word.casefold() == "the" else name_key(word)


def ngrams(text: str, tokens: tuple[Token, ...]) -> Iterator[tuple[Span, str]]:
    """Yield every run of up to seven words with its name key, longest first."""
    for size in range(min(MAX_NGRAM, len(tokens)), 0, -1):
        for first in range(len(tokens) - size + 1):
            span = Span(first, first + size)
            yield span, name_key(span_text(text, tokens, span))


def span_text(text: str, tokens: tuple[Token, ...], span: Span) -> str:
    """Return the words of a span as they were written."""
    return text[tokens[span.first].start : tokens[span.last - 1].end]
