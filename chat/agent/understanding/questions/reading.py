"""Reads a clause as questions, or as words to a player, before it is read as a wish."""

from __future__ import annotations

import re
from dataclasses import replace

from chat.agent.understanding.asked import OfSong
from chat.agent.understanding.clauses import Clause
from chat.agent.understanding.questions.catalog import catalog_question
from chat.agent.understanding.questions.lists import list_question
from chat.agent.understanding.questions.past import past_question
from chat.agent.understanding.questions.plainly import (
    Plain,
    bared,
    is_mere_lead,
    plainly,
    questions_of,
)
from chat.agent.understanding.questions.playing import player_word
from chat.agent.understanding.questions.songs import song_question
from chat.agent.understanding.reading import Act

# Nobody asks in more words than these; a story isn't looked through.
MOST_CHARS = 160
_OF_CATALOG = re.compile(
    r"\b(?:(?:do|have|can) you|you (?:have|know|got)|catalog(?:ue)?|library|collection|database|ever|of all time)\b"
)


def asked_in(clause: Clause, text: str, *, this_year: int) -> tuple[Act, ...]:
    """Return what a clause asks; () where it, or part of it, is no question.

    Some tenths of a millisecond.
    """
    if len(clause.text) > MOST_CHARS:
        return ()
    plain = plainly(clause, text)
    found: list[Act] = []
    for part in questions_of(plain):
        act = _first_asked(part, text, this_year)
        if act is None:
            whole = _first_asked(plain, text, this_year)
            return () if whole is None else (whole,)
        found = [*found, act] if not found else _joined(found, act)
    return tuple(found)


def leads_up(clause: Clause, text: str) -> bool:
    """Say whether a clause only leads up to a question: "hey, quick question"."""
    return len(clause.text) <= MOST_CHARS and is_mere_lead(plainly(clause, text))


def _first_asked(plain: Plain, text: str, this_year: int) -> Act | None:
    tried = (_asked(part, text, this_year) for part in bared(plain))
    return next((act for act in tried if act is not None), None)


def _asked(plain: Plain, text: str, this_year: int) -> Act | None:
    if not plain.text:
        return None
    said = player_word(plain) or past_question(plain)
    if said is not None:
        return said
    if _OF_CATALOG.search(plain.text):
        of_catalog = catalog_question(plain, text, this_year)
        if of_catalog is not None:
            return of_catalog
    return (
        list_question(plain, text, this_year)
        or catalog_question(plain, text, this_year)
        or song_question(plain)
    )


def _joined(found: list[Act], act: Act) -> list[Act]:
    """Add a question; of two about the same song one is made."""
    last = found[-1]
    if isinstance(last, OfSong) and isinstance(act, OfSong):
        is_same = (act.references, act.name) == (last.references, last.name)
        if act.is_it or is_same:
            return [*found[:-1], replace(last, about=(*last.about, *act.about))]
    return [*found, act]
