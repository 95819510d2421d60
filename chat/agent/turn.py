"""One turn, as a planner sees it, and what a planner is."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Protocol

from accounts.models import User
from chat.agent.choices import Choice
from chat.agent.events import AgentEvent, Stepped
from chat.agent.state import State
from chat.models import Conversation

# What every planner does first; its runner tells it with the message's acceptance.
FIRST_STEP = Stepped("understand", "started", "listening for mood, time and names")


@dataclass(frozen=True)
class Turn:
    """What was said, by whom, and what was known before.

    `seed` makes the choice of words repeatable. choice: what was chosen on the page, which
    `text` then only tells.
    """

    user: User
    conversation: Conversation
    text: str
    state: State
    seed: int
    choice: Choice | None = None


class Planner(Protocol):
    """Turns a message into events.

    FIRST_STEP was told when it begins, and how that ended is its to tell. Every track
    in an event is an id that a tool returned in this turn or that the state or the
    playlist holds already.
    """

    name: str

    def run(self, turn: Turn) -> AsyncGenerator[AgentEvent, None]:
        """Answer one message."""
        ...
