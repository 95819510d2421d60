"""Reads orders in which songs take turns: "alternate fast and slow", "no artist twice in a row"."""

from __future__ import annotations

import re

from chat.agent.understanding.clauses import Clause
from chat.agent.understanding.lexicon import comparative_words, mood_words
from chat.agent.understanding.moods import Mood
from chat.agent.understanding.reading import TakeTurns
from chat.agent.understanding.spans import Named
from chat.agent.understanding.wish import Wanted

_ARTIST = r"(?:artists?|bands?|singers?|groups?|people|person|_{2,})"
_RUN = (
    r"(?:in a row|in succession|back[- ]to[- ]back|next to (?:each other|one another)|side by side"
    r"|(?:right )?(?:after|behind) (?:each other|one another)|consecutive(?:ly)?"
    r"|one after (?:the other|another)|running)"
)
_NO = (
    r"(?:no|not|don't|do not|never|avoid|without|stop|nothing|shouldn't|can't|mustn't)"
)
_SPREADS = re.compile(
    rf"\b{_NO}\b.{{0,50}}\b{_ARTIST}.{{0,50}}\b{_RUN}|\b{_NO}\b.{{0,50}}\b{_RUN}.{{0,50}}\b{_ARTIST}"
    rf"|\b(?:spread|space|separate|scatter|distribute|mix up|alternate|vary)(?: out| up)? (?:the |all the |between )*{_ARTIST}"
    r"(?: out| apart| up| more| better| evenly)*$"
    rf"|\bkeep (?:the )?(?:same )?{_ARTIST} apart\b|\b(?:don't|do not) (?:bunch|clump|cluster|group)\b.{{0,50}}\b{_ARTIST}"
)
_TURNS = re.compile(
    r"\balternat(?:e|es|ing)\b|\btak(?:e|ing) turns\b|\b(?:by|in) turns?\b"
    r"|\b(?:switch|swap|go|flip) back and forth\b"
    r"|^(?:please |always |make it )*(?:one|an?) (?:\S+ ){1,3}?(?:then |and |and then |, ?)?(?:one|an?) \S+"
    r"(?: (?:one|song|and so on|etc|again|in turns?))*$"
)


def is_spreading(plain: str) -> bool:
    """Say whether songs of an artist are to stand apart. plain: names blanked."""
    return _SPREADS.search(plain) is not None


def turns_read(clause: Clause, plain: str, wanted: Wanted) -> TakeTurns | None:
    """Read two kinds of songs of the list that are to take turns."""
    if not _TURNS.search(plain) or wanted.count is not None:
        return None
    kinds = tuple(kind for n in clause.named if (kind := _kind_of(n)) is not None)
    return TakeTurns(kinds[0], kinds[1]) if len(kinds) == 2 else None


def _kind_of(named: Named) -> Wanted | None:
    match named.kind:
        case "mood":
            leanings = mood_words().get(named.key) or comparative_words().get(
                named.key, named.leanings
            )
            return Wanted(moods=(Mood(named.text.lower(), leanings),))
        case "artist":
            return Wanted(artists=(int(named.key),))
        case "genre":
            return Wanted(genres=(named.key,))
        case _:
            return None
