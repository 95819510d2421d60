"""Names that stand where an artist or a title stands, and that the catalog lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from chat.agent.understanding.clauses import Clause
from chat.agent.understanding.lexicon import command_words, place_words
from chat.agent.understanding.tokens import words_of

_SOUNDS = (
    r"(?:songs?|music|tracks?|tunes?|something|anything|everything|stuff|more|some|hits"
    r"|bands?|artists?|singers?|groups?|albums?|ones?|sounds?|much|\d+|all|nothing|is)"
)
# What is written in capitals after these is a name.
_BEFORE_CAPITALS = re.compile(
    r"\b(?:by|from|like|similar to|such as|artist|band|style of|vein of|listen to|hear"
    r"|(?:add in|add|play|include|have|get|need|try|want|enjoy|love|remove|delete|drop|and some"
    r"|how about|what about|no more|more|not|without)"
    r"(?: (?:some|more|any|a few|a bit of|the|all|\d+))*)\s+",
)
# Whatever case it is written in: what is "by" or "similar to" someone is by a name.
_BEFORE_ANY = re.compile(
    rf"\b(?:{_SOUNDS} by|by the (?:band|artist|group|singer)|similar to|in the style of"
    r"|in the vein of|(?:bands?|artists?|singers?|groups?) (?:like|such as)"
    r"|(?:something|songs?|music|stuff|sounds?|more|anything) like)\s+"
)
_NAME = re.compile(
    r"(?:[A-Z][\w'’.&-]*)(?:\s+(?:(?:of|the|and|&|de|la|du|von|van|y)\s+)?[A-Z][\w'’.&-]*)*"
)
_NEXT_WORDS = re.compile(
    r"(?:the )?[^\W_][\w'’.&-]*(?: (?!(?:or|and) )[^\W_][\w'’.&-]*){0,4}"
)
_OR = re.compile(r"\s*,?\s*(?:\bor\b|\band\b|&|,)\s*")
_QUOTED = re.compile(r"[\"“]([^\"”\n]{2,80})[\"”]")
_GROUPS = words_of(
    "artists singers bands women men musicians groups composers people female male",
    "anyone someone everyone him her them me my myself a an this that these those it",
    "same other different various new old song track",
)


@dataclass(frozen=True)
class Unknown:
    """A name the catalog lacks, and its place in the message."""

    name: str
    start: int
    end: int
    kind: Literal["artist", "work"] = "artist"


def unknown_in(clause: Clause, text: str) -> tuple[Unknown, ...]:
    """Find such names in a clause of a message: learned ones, else by pattern."""
    learned = tuple(_learned(clause))
    return learned or unknown_by_pattern(clause, text)


def _learned(clause: Clause) -> Iterator[Unknown]:
    for named in clause.named:
        if named.kind in ("unknown artist", "unknown work"):
            kind: Literal["artist", "work"] = (
                "artist" if named.kind == "unknown artist" else "work"
            )
            yield Unknown(_bare(named.text), named.start, named.end, kind)


def unknown_by_pattern(clause: Clause, text: str) -> tuple[Unknown, ...]:
    """Find such names by how they are written and what stands before them."""
    if any(n.kind in ("artist", "title") for n in clause.named):
        return ()
    written = text[clause.start : clause.start + len(clause.text)]
    found = tuple(_quoted(clause, written))
    if not found and not written.isupper():
        found = tuple(_capital(clause, written))
    return found or tuple(_any_case(clause, written))


def _quoted(clause: Clause, written: str) -> Iterator[Unknown]:
    for match in _QUOTED.finditer(written):
        start, end = match.span(1)
        if not _is_named(clause, start, end):
            yield _placed(clause, match[1], start)


def _capital(clause: Clause, written: str) -> Iterator[Unknown]:
    for pointer in _BEFORE_CAPITALS.finditer(clause.masked):
        at = pointer.end()
        while match := _NAME.match(written, at):
            words = match.group().split()
            is_name = not all(map(_is_ordinary, words)) and not _is_command(words[0])
            if is_name and not _is_named(clause, match.start(), match.end()):
                yield _placed(clause, match.group(), match.start())
            joint = _OR.match(written, match.end())
            if joint is None:
                break
            at = joint.end()


def _any_case(clause: Clause, written: str) -> Iterator[Unknown]:
    for pointer in _BEFORE_ANY.finditer(clause.masked):
        match = _NEXT_WORDS.match(clause.masked, pointer.end())
        if match is None:
            continue
        words = match.group().split()
        while words and _ends_no_name(words[-1]):
            words.pop()
        name = " ".join(words)
        end = match.start() + len(name)
        first = (
            words[1] if words[:1] == ["the"] and len(words) > 1 else "".join(words[:1])
        )
        if any(char.isdigit() for char in first):
            continue
        if not name or first in _GROUPS or words[-1] in _GROUPS or _is_ordinary(first):
            continue
        if not _is_named(clause, match.start(), end):
            yield _placed(clause, written[match.start() : end], match.start())


def _ends_no_name(word: str) -> bool:
    return word.strip("'’.&-") in ("please", "pls", "thanks", "too", "songs", "song", "music", "now",
                    "tracks", "instead", "there", "in", "to", "for", "then", "today")  # fmt: skip


def _is_command(word: str) -> bool:
    return word.strip("'’.&-").casefold() in command_words()


def _is_ordinary(word: str) -> bool:
    plain = word.strip("'’.&-").casefold()
    return plain in command_words() or plain in place_words() or plain in ("i'm", "i'd")


def _is_named(clause: Clause, start: int, end: int) -> bool:
    first, last = clause.start + start, clause.start + end
    return any(n.start < last and first < n.end for n in clause.named)


def _placed(clause: Clause, name: str, start: int) -> Unknown:
    start += clause.start
    return Unknown(_bare(name), start, start + len(name))


def _bare(name: str) -> str:
    return re.sub(r"['’]s$", "", name.strip(" .'’"))
