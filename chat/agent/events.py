"""What a planner tells while it works on a turn, one value at a time.

A planner yields these and never touches the socket or the database's chat tables;
the turn's runner stores each and sends it on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from chat.agent.state import State


@dataclass(frozen=True)
class Reason:
    """Why a track was chosen: `kind` for programs, `text` for people."""

    kind: str
    text: str


@dataclass(frozen=True)
class Stepped:
    """The agent begins or ends a piece of work."""

    name: str
    status: Literal["started", "done", "failed"]
    detail: str


@dataclass(frozen=True)
class Said:
    """The next words of the reply."""

    text: str


@dataclass(frozen=True)
class Shown:
    """Tracks shown with the reply, in order."""

    track_ids: tuple[int, ...]
    reasons: Mapping[int, tuple[Reason, ...]]


@dataclass(frozen=True)
class PlaylistMoved:
    """The conversation's playlist now shows another version than before."""

    before_version: int
    after_version: int
    words: str
    author: Literal["listener", "agent"] = "agent"


@dataclass(frozen=True)
class Remembered:
    """What the agent takes as given from now on."""

    state: State


AgentEvent = Stepped | Said | Shown | PlaylistMoved | Remembered
