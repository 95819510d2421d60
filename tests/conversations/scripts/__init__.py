"""The conversations, by what they are about."""

from tests.conversations.scripts import (
    amending,
    asking,
    editing,
    hostile,
    keeping,
    likening,
    lists,
    parts,
    questions,
    talking,
)

SCRIPTS = (
    *asking.SCRIPTS,
    *editing.SCRIPTS,
    *amending.SCRIPTS,
    *talking.SCRIPTS,
    *hostile.SCRIPTS,
    *parts.SCRIPTS,
    *keeping.SCRIPTS,
    *lists.SCRIPTS,
    *questions.SCRIPTS,
    *likening.SCRIPTS,
)
