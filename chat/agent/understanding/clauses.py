"""Cuts a message into clauses that each ask for one thing."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from chat.agent.understanding.references import PLACES
from chat.agent.understanding.rows import BREATHS
from chat.agent.understanding.spans import NAMES, Named
from chat.agent.understanding.tokens import Token, lowered

# Nobody asks for more than this at once; a long story has its wish at an end.
MAX_CLAUSES = 40

_POLITE = (
    r"(?:please |also |then |maybe |now |can you |could you |can we |could we |let's "
    r"|lets |just |i want to |i'd like to |perhaps |finally )*"
)
_COMMAND = (
    _POLITE + r"(?:add|remove|delete|drop|take|get rid|throw|put|include|mix|make|undo"
    r"|call|rename|name|keep|more|less|fewer|not|no|nothing|without|only|give|play|skip"
    r"|shorten|replace|swap|cut|trim|slow|speed|turn|lose|ditch|kick|bring|raise|lower"
    r"|tone|i like|i love|i hate|i don|i want|show|find|a bit|a little|much|slightly"
    r"|start over|save|faster|slower|calmer|happier|sadder|darker|softer|louder|longer"
    r"|shorter|warmer|quieter|why|shuffle|sort|reverse|move|switch|start with|end with|insert"
    r"|order (?:it|them|the|by))"
)
_BREAK = re.compile(
    rf"[.!?;\n]+(?=\s|$|[\"'”’])|\s[-–—]\s|,\s*(?:and |but |then )?"
    rf"|\s+(?:and then|then|and also|but also)\s+"
    rf"|\s+(?:but|and|&)\s+(?={_COMMAND}\b)|\s+but\s+(?=(?!number\b)\w+er\b)"
    r"|\s+and\s+(?=\d+ \S+ (?:songs|tracks)\b)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\"[^\"\n]{1,120}\"|“[^”\n]{1,120}”|(?<!\w)'[^'\n]{1,120}'(?!\w)")
# How a piece begins that lets through some of what the one before refuses.
_EXCEPTS = re.compile(
    r"(?:but |though |only )?(?:except|apart from|aside from|other than|unless|besides"
    r"|save for|not counting|with the exception of)\b"
    r"|(?:but |though )?_[_ ]*(?:(?:,| and | or ) ?_[_ ]*)*"
    r"(?:is|are|can|may|would be)\b.*\b(?:fine|ok|okay|good|great|allowed|welcome|alright"
    r"|all right|cool|acceptable|stay|exception)\b"
)
# A comma goes on with the row of names before it, if only these stand in between.
_JOINTS = frozenset({"and", "or", "nor", "the", "a", "an", "&"})


@dataclass(frozen=True)
class Clause:
    """Part of a message.

    text: lower case, straight apostrophes. masked: the same with every name blanked,
    so that patterns of commands don't match inside a title. named: the names in it.
    """

    text: str
    masked: str
    start: int
    tokens: tuple[Token, ...]
    named: tuple[Named, ...]

    def cut_at(self, place: int) -> tuple[Clause, Clause]:
        """Cut in two at a character of the clause's own text."""
        at = self.start + place
        return (
            Clause(
                self.text[:place],
                self.masked[:place],
                self.start,
                tuple(t for t in self.tokens if t.start < at),
                tuple(n for n in self.named if n.start < at),
            ),
            Clause(
                self.text[place:],
                self.masked[place:],
                at,
                tuple(t for t in self.tokens if t.start >= at),
                tuple(n for n in self.named if n.start >= at),
            ),
        )


def clauses_of(
    text: str, tokens: tuple[Token, ...], named: tuple[Named, ...]
) -> tuple[Clause, ...]:
    """Cut a message where one wish ends and another begins, never within a name."""
    lower = lowered(text)
    masked = _masked(lower, named)
    starts = [token.start for token in tokens]
    name_starts = [name.start for name in named]
    clauses: list[Clause] = []
    places = list(_rows_joined(_pieces(masked), masked, tokens, named))
    half = MAX_CLAUSES // 2
    if len(places) > MAX_CLAUSES:
        places = [*places[:half], *places[-half:]]
    for start, end in places:
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        clauses.append(
            Clause(
                text=lower[start:end],
                masked=masked[start:end],
                start=start,
                tokens=tokens[first:last],
                named=named[
                    bisect_left(name_starts, start) : bisect_left(name_starts, end)
                ],
            )
        )
    return tuple(clauses)


def _pieces(masked: str) -> Iterator[tuple[int, int]]:
    """Yield the places of what stands between breaks, without white space around."""
    whole = [
        match.span()
        for pattern in (_QUOTED, PLACES, BREATHS)
        for match in pattern.finditer(masked)
    ]
    whole.sort()
    edges = [0]
    at = 0
    for match in _BREAK.finditer(masked):
        while at < len(whole) and whole[at][1] <= match.start():
            at += 1
        if at < len(whole) and whole[at][0] <= match.start():
            continue
        edges.extend(match.span())
    edges.append(len(masked))
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        said = masked[start:end]
        if said.strip():
            start += len(said) - len(said.lstrip())
            yield start, start + len(said.strip())


def _rows_joined(
    pieces: Iterator[tuple[int, int]],
    masked: str,
    tokens: tuple[Token, ...],
    named: tuple[Named, ...],
) -> Iterator[tuple[int, int]]:
    """Join pieces that only go on with a row: "no jazz | blues or metal"."""
    starts = [token.start for token in tokens]
    inside = {i for name in named for i in range(name.span.first, name.span.last)}
    held: tuple[int, int] | None = None
    for start, end in pieces:
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        is_row = any(i in inside for i in range(first, last)) and all(
            i in inside or tokens[i].key in _JOINTS for i in range(first, last)
        )
        if held and is_row and first - 1 in inside and "," in masked[held[1] : start]:
            held = (held[0], end)
            continue
        if held and _EXCEPTS.match(masked, start, end) and _refuses(named, held):
            held = (held[0], end)
            continue
        if held:
            yield held
        held = (start, end)
    if held:
        yield held


def _refuses(named: tuple[Named, ...], place: tuple[int, int]) -> bool:
    first, last = (bisect_left(named, at, key=lambda name: name.start) for at in place)
    return any(name.kind == "genre" and name.is_negated for name in named[first:last])


def _masked(text: str, named: tuple[Named, ...]) -> str:
    """Blank names and genres; what else describes music stays, as commands are made of it."""
    parts: list[str] = []
    at = 0
    for name in named:
        if name.kind in NAMES or name.kind == "genre":
            parts.extend((text[at : name.start], "_" * (name.end - name.start)))
            at = name.end
    return "".join((*parts, text[at:]))
