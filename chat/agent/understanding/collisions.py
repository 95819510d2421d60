"""Names of the catalog that are also what one says to change a list: "The Second One"."""

from __future__ import annotations

import re

from catalog.genres import genre_spellings
from chat.agent.understanding import commands
from chat.agent.understanding.lexicon import (
    command_words,
    comparative_words,
    mood_words,
)
from chat.agent.understanding.numbers import NUMBER_WORDS, ORDINALS
from chat.agent.understanding.references import references_in

_POINTING = frozenset({"this", "that", "these", "those", "it", "them", "him", "her"})
_COMMANDS = (
    commands.UNDO,
    commands.HELP,
    commands.START_OVER,
    commands.TAKE_OUT,
    commands.KEEP_ONLY,
    commands.KEEP_COMING,
    commands.ADD,
)
_DEGREE = re.compile(
    r"^(?:the |a )?(?:much |even |a bit |bit )*(?:more|less|too|not so) \w"
)


def is_known_word(key: str) -> bool:
    """Say whether a word belongs to commands, moods, genres or numbers."""
    return (
        key in command_words()
        or key in mood_words()
        or key in comparative_words()
        or key in genre_spellings()
        or key in NUMBER_WORDS
        or key in ORDINALS
        or key in _POINTING
        or key.lstrip("#").isdecimal()
    )


def makes_command(said: str) -> bool:
    """Say whether words are a command, a comparison, or point at songs.

    Only words that all belong to commands: "Skip Marley" and "Drop Nineteens" name
    someone.
    """
    plain = said.lower().replace("’", "'")
    if commands.UNDO.fullmatch(plain):
        return True
    if not all(map(is_known_word, plain.split())):
        return False
    if commands.SOMEONE.search(plain):
        return True
    if _DEGREE.match(plain) or commands.resize_read(plain):
        return True
    points = bool(references_in(plain))
    is_that = plain.split()[0] in _POINTING and len(plain.split()) > 1
    return points or is_that or any(p.search(plain) for p in _COMMANDS)
