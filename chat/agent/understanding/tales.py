"""Tells wishes from stories: what in a message names music, and what only tells."""

from __future__ import annotations

import re
from dataclasses import replace

from chat.agent.constraints import TAGGED
from chat.agent.understanding.clauses import Clause
from chat.agent.understanding.reading import (
    Act,
    AddSome,
    Ask,
    KeepOnly,
    ReplaceWith,
    SmallTalk,
    TakeOut,
)
from chat.agent.understanding.smalltalk import is_statement
from chat.agent.understanding.wish import (
    Wanted,
)

SEEKS_SONGS = re.compile(
    r"\b(?:songs?|music|tracks?|tunes?|something|anything|playlist|list|play|find|give"
    r"|want|need|hear|listen|looking|show|hits|artists|bands|_+)\b"
)


def leaves_words(act: Act) -> bool:
    """Say whether an act holds words that mean nothing known, or names nobody."""
    match act:
        case (
            Ask(wanted=wanted)
            | AddSome(wanted=wanted)
            | TakeOut(wanted=wanted)
            | KeepOnly(wanted=wanted)
            | ReplaceWith(wanted=wanted)
        ):
            return bool(wanted.words or wanted.unknown_names)
        case SmallTalk(kind="off_topic"):
            return True
        case _:
            return False


# How a story begins, and no wish.
_TELLS = re.compile(
    r"^(?:and |but |so )*(?:i|we|my|our|it|he|she|they|there|the|when|once)\b"
    r"(?! (?:want|need|would|like|love|'d|wanna|am looking|'m looking))"
)


def untagged(wanted: Wanted) -> Wanted:
    """Leave out instruments and places, which are of many things beside music."""
    return replace(
        wanted,
        constraints=tuple(c for c in wanted.constraints if c.kind not in TAGGED),
    )


def is_hearsay(clause: Clause, act: Act) -> bool:
    """Say whether a clause tells a story in which nothing names music.

    It asks for something only where it stands alone.
    """
    if not isinstance(act, Ask):
        return False
    is_told = is_statement(clause.text) or (
        _TELLS.match(clause.text) and not SEEKS_SONGS.search(clause.masked)
    )
    moods = tuple(mood for mood in act.wanted.moods if mood.leanings)
    rest = replace(untagged(act.wanted), moods=moods, words=(), unknown_names=())
    return bool(is_told) and rest.is_empty


def without_small_names(act: Act) -> Act:
    """Leave out names that a story holds in small letters: "the long way home"."""
    if not isinstance(act, Ask):
        return act
    names = tuple(n for n in act.wanted.unknown_names if n != n.lower())
    return replace(act, wanted=replace(act.wanted, unknown_names=names))
