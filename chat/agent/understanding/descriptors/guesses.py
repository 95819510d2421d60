"""Adjectives that no vocabulary has, taken for moods where they stand before music."""

from __future__ import annotations

import re

from chat.agent.understanding.descriptors.vocabulary import Word
from chat.agent.understanding.descriptors.words import HEADS, PLAIN
from chat.agent.understanding.tokens import Token

_ADJECTIVE = re.compile(r"^[a-z]{2,}(?:y|ful|ous|ive|ish|less|esque|ic)$")


def guessed_mood(
    tokens: tuple[Token, ...], i: int, taken: set[int], last: int
) -> Word | None:
    """Return a mood for an unknown adjective before a music word or a descriptor."""
    key = tokens[i].key
    if key in PLAIN or key in HEADS or not _ADJECTIVE.match(key) or key.endswith("ly"):
        return None
    after = i + 1
    if after >= last:
        return None
    if tokens[after].key in HEADS or after in taken:
        return Word("mood", key)
    return None
