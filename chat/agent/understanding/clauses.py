"""Cuts a message into clauses that each ask for one thing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chat.agent.understanding.spans import Named
from chat.agent.understanding.tokens import Token

_COMMAND = (
    r"(?:please |also |then |maybe |now |can you |could you |just )*"
    r"(?:add|remove|delete|drop|take|get rid|throw|put|include|mix|make|undo|call|"
    r"rename|name|keep|more|less|fewer|not|no|without|only|give|play|skip|shorten|"
    r"replace|cut|trim|slow|speed|turn|i like|i love|i hate|i don|show|find|a bit|"
    r"a little|much|slightly|faster|slower|calmer|happier|sadder|darker|softer|louder)"
)
_BREAK = re.compile(
    rf"[.!?;\n]+(?=\s|$)|,\s*(?:and |but |then )?|\s+(?:and then|then|and also)\s+"
    rf"|\s+(?:but|and)\s+(?={_COMMAND}\b)|\s+but\s+(?=\w+er\b)",
    re.IGNORECASE,
)


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


def clauses_of(
    text: str, tokens: tuple[Token, ...], named: tuple[Named, ...]
) -> tuple[Clause, ...]:
    """Cut a message where one wish ends and another begins, never within a name."""
    lower = _lowered(text)
    masked = _masked(lower, named)
    edges = [0]
    for match in _BREAK.finditer(masked):
        edges.extend((match.start(), match.end()))
    edges.append(len(lower))
    clauses = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        said = lower[start:end]
        if not said.strip():
            continue
        start += len(said) - len(said.lstrip())
        end = start + len(said.strip())
        clauses.append(
            Clause(
                text=lower[start:end],
                masked=masked[start:end],
                start=start,
                tokens=tuple(t for t in tokens if start <= t.start and t.end <= end),
                named=tuple(n for n in named if start <= n.start and n.end <= end),
            )
        )
    return tuple(clauses)


def _lowered(text: str) -> str:
    """Lower the case and straighten apostrophes, keeping every character's place."""
    lowered = (c.lower() if len(c.lower()) == 1 else c for c in text)
    return "".join(lowered).replace("’", "'")


def _masked(text: str, named: tuple[Named, ...]) -> str:
    """Blank the names; moods stay readable, since commands are made of them."""
    masked = text
    for name in named:
        if name.kind != "mood":
            blank = "_" * (name.end - name.start)
            masked = masked[: name.start] + blank + masked[name.end :]
    return masked
