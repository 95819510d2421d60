"""Songs by what they are the most of: "the calmest song", "the two oldest ones"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chat.agent.understanding.numbers import NUMBER_WORDS, number_of
from chat.agent.understanding.pointing import (
    Order,
    Utmost,
)

SUPERLATIVES: tuple[tuple[str, Order, bool], ...] = (
    ("newest|latest|most recent|youngest", "year", True),
    ("oldest|earliest", "year", False),
    ("fastest|quickest", "tempo_bpm", True),
    ("slowest", "tempo_bpm", False),
    ("calmest|quietest|softest|mellowest|least energetic|gentlest", "energy", False),
    ("loudest|wildest|most energetic|hardest|heaviest|most intense", "energy", True),
    ("happiest|brightest|most cheerful", "valence", True),
    ("saddest|darkest|gloomiest", "valence", False),
    ("shortest", "duration", False),
    ("longest", "duration", True),
    ("most popular|best known|biggest|most famous", "popularity", True),
    ("most danceable", "danceability", True),
    ("least danceable", "danceability", False),
    ("most acoustic", "acousticness", True),
    ("most instrumental", "instrumentalness", True),
    ("least popular|least known|most obscure", "popularity", False),
)
_SEVERAL = "|".join(
    word for word, n in NUMBER_WORDS.items() if 1 < n <= 20 and " " not in word
)
# "The biggest hits" are songs to find; one song, or so many, are of the list.
_UTMOST = tuple(
    (
        re.compile(
            rf"\bthe (?:(?P<n>\d{{1,2}}|{_SEVERAL}) )?(?:{words}) "
            r"(?(n)(?:ones|songs|tracks|tunes)|(?:one|song|track|tune))\b"
            r"(?: (?:in|on|of) (?:the|this|my) (?:play)?list)?"
            r"|\bwhich (?:one|song|track|of (?:these|them|those|the songs))"
            rf"(?: here| in (?:the|this|my) (?:play)?list)? is the (?:{words})\b"
        ),
        order,
        is_descending,
    )
    for words, order, is_descending in SUPERLATIVES
)

# "Kick the three slowest", "put the fastest ones last": done to songs of the list.
_DONE_TO = (
    r"\b(?:remove|delete|drop|kick|lose|ditch|cut|skip|bin|take|get rid of|throw|leave|keep"
    r"|move|put|start with|begin with|open with|end with|finish with|close with|swap|replace)"
    r"(?: out| away| only| just)* "
)
_UTMOST_DONE_TO = tuple(
    (
        re.compile(
            rf"{_DONE_TO}(?P<what>(?:the )?(?:(?P<n>\d{{1,2}}|{_SEVERAL}) )?(?:{words})"
            rf"(?: (?P<m>{_SEVERAL}))?(?P<some> (?:ones|songs|tracks|tunes))?)"
            r"(?= (?:and|or|from|off|in|to|please|now|too|at|out|away|first|last|with|for"
            r"|of (?:them|these|those|the))\b|\s*[,.;!?]|\s*$)"
        ),
        order,
        is_descending,
    )
    for words, order, is_descending in SUPERLATIVES
)
# Of "the slowest ones" nobody says how many.
SOME_UTMOST = 3


def utmost_in(text: str) -> Iterator[tuple[int, int, Utmost]]:
    """Yield what points at songs this way, with its place. text: lower case."""
    for pattern, order, is_descending in _UTMOST:
        for match in pattern.finditer(text):
            count = number_of(match["n"]) if match["n"] else 1
            yield match.start(), match.end(), Utmost(order, is_descending, count)
    for pattern, order, is_descending in _UTMOST_DONE_TO:
        for match in pattern.finditer(text):
            said = match["n"] or match["m"]
            count = SOME_UTMOST if match["some"] else 1
            count = number_of(said) if said else count
            yield *match.span("what"), Utmost(order, is_descending, count)
