"""Words that no vocabulary has, taken for what their form and place make them."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from catalog.genres import genre_spellings
from chat.agent.understanding.descriptors.vocabulary import Word
from chat.agent.understanding.descriptors.words import HEADS, INTROS, PLAIN
from chat.agent.understanding.tokens import Token

_ADJECTIVE = re.compile(r"^[a-z]{2,}(?:y|ful|ous|ive|ish|less|esque|ic)$")
# "Rockish", "punky": a genre and more or less of it.
_LEANING = re.compile(r"^(?P<genre>[a-z]{3,})(?:ish|y|esque)$")
_GENRE = re.compile(
    r"^[a-z0-9]{2,}(?:core|wave|step|gaze|tronica|punk|hop|billy|beat)$"
)


def guessed(
    tokens: tuple[Token, ...], i: int, taken: AbstractSet[int], last: int
) -> Word | None:
    """Return what an unknown word may mean before a music word or a descriptor."""
    key = tokens[i].key
    if key in PLAIN or key in HEADS or key in INTROS:
        return None
    leaning = _LEANING.match(key)
    if leaning is not None and leaning["genre"] in genre_spellings():
        return Word("genre", genre_spellings()[leaning["genre"]])
    if _GENRE.match(key):
        return Word("genre", "")
    after = i + 1
    if after >= last or key.endswith("ly") or not _ADJECTIVE.match(key):
        return None
    if tokens[after].key in HEADS or after in taken:
        return Word("mood", key)
    return None
