"""Labelled messages: what is to be scrubbed, and what is music and stays.

One a line: language, tab, message, in which `[kind:…]` is to be scrubbed, `{…}` is an
artist and `<…>` a title. A second file names what the catalog knows beside these.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from catalog.names import name_key
from catalog.search.known_names import NamedBy
from feedback.scrubbing.found import Kind

_MARK = re.compile(
    r"\[(?P<kind>[a-z]+):(?P<private>[^\]]+)\]|\{(?P<artist>[^}]+)\}|<(?P<title>[^>]+)>"
)
PARTS = ("develop", "held")


class UnreadableMessages(Exception):
    """A line is not what this file says. The text tells which."""


@dataclass(frozen=True)
class Labelled:
    """A message without its marks. private: where, and of what kind."""

    language: str
    text: str
    private: tuple[tuple[int, int, Kind], ...]
    artists: tuple[tuple[int, int], ...]
    titles: tuple[tuple[int, int], ...]

    @property
    def music(self) -> tuple[tuple[int, int], ...]:
        """Return where music is named."""
        return (*self.artists, *self.titles)

    @property
    def part(self) -> str:
        """Return which half it is of: by its text alone, so that none ever moves."""
        return PARTS[crc32(self.text.encode()) % 2]


@dataclass(frozen=True)
class Known:
    """A catalog of the names marked, and of others. Asked as the real one is."""

    artists: frozenset[str]
    titles: frozenset[str]
    faint: frozenset[str]

    def look_up(self, keys: Collection[str]) -> NamedBy:
        """Return what the keys name."""
        asked = set(keys)
        return NamedBy(
            dict.fromkeys(asked & (self.artists | self.faint), 1),
            dict.fromkeys(asked & self.titles, 1),
            frozenset(asked & self.faint - self.artists),
        )


def messages_read(path: Path) -> list[Labelled]:
    """Read labelled messages. Raises UnreadableMessages."""
    return [_labelled(line) for line in _lines(path)]


def known_read(path: Path, messages: Collection[Labelled]) -> Known:
    """Read what the catalog knows beside what is marked: kind, tab, name."""
    by_kind: dict[str, set[str]] = {"artist": set(), "title": set(), "faint": set()}
    for line in _lines(path):
        kind, _, name = line.partition("\t")
        if kind not in by_kind or not name:
            raise UnreadableMessages(f"{path.name}: {line!r} names no kind and name.")
        by_kind[kind].add(name_key(name))
    artists = {name_key(m.text[s:e]) for m in messages for s, e in m.artists}
    titles = {name_key(m.text[s:e]) for m in messages for s, e in m.titles}
    return Known(
        frozenset(by_kind["artist"] | artists),
        frozenset(by_kind["title"] | titles),
        frozenset(by_kind["faint"]),
    )


def _lines(path: Path) -> Iterator[str]:
    for line in path.read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line


def _labelled(line: str) -> Labelled:
    language, tab, marked = line.partition("\t")
    if not tab:
        raise UnreadableMessages(f"{line[:60]!r} has no tab behind its language.")
    text, at = "", 0
    private: list[tuple[int, int, Kind]] = []
    names: dict[str, list[tuple[int, int]]] = {"artist": [], "title": []}
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        start, group = len(text), match.lastgroup or ""
        text += match[group]
        if group in names:
            names[group].append((start, len(text)))
        else:
            private.append((start, len(text), _kind(match["kind"], line)))
        at = match.end()
    return Labelled(
        language,
        text + marked[at:],
        tuple(private),
        tuple(names["artist"]),
        tuple(names["title"]),
    )


def _kind(said: str, line: str) -> Kind:
    try:
        return Kind(said)
    except ValueError as unknown:
        raise UnreadableMessages(f"{line[:60]!r}: no kind is {said!r}.") from unknown
