"""Answers to questions, from what is stored. Nothing here changes the list."""

from __future__ import annotations

from chat.agent.builtin.answering.catalog import of_catalog
from chat.agent.builtin.answering.lists import of_list
from chat.agent.builtin.answering.past import of_change
from chat.agent.builtin.answering.player import steer
from chat.agent.builtin.answering.songs import of_song
from chat.agent.builtin.desk import Desk
from chat.agent.understanding.asked import (
    Asked,
    OfCatalog,
    OfChange,
    OfList,
    OfSong,
    Steer,
)


def answer(desk: Desk, act: Asked) -> None:
    """Answer a question in words."""
    match act:
        case OfSong():
            of_song(desk, act)
        case OfList():
            of_list(desk, act)
        case OfCatalog():
            of_catalog(desk, act)
        case OfChange():
            of_change(desk, act)
        case Steer():
            steer(desk, act)
