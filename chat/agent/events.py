"""What a planner tells while it works on a turn, one value at a time.

A planner yields these and never touches the socket or the database's chat tables;
the turn's runner stores each and sends it on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from chat.agent.state import State
from playlists.models import PlaylistVersion


@dataclass(frozen=True)
class Reason:
    """Why a track was chosen: `kind` for programs, `text` for people."""

    kind: str
    text: str


@dataclass(frozen=True)
class Fact:
    """One stored fact that speaks for a track, or says what it lacks.

    name, value, low, high: an attribute in its own unit, and the range that was asked
    for (None leaves a side open); of a year likewise. track_id: the song that it is
    near to, `value` then how near (cosine). keeps: whether what was asked is kept;
    None where nothing was asked of it.
    """

    kind: str
    text: str
    name: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    track_id: int | None = None
    keeps: bool | None = None


@dataclass(frozen=True)
class Proof:
    """Why a track is here, from stored facts: one line for people, facts for programs."""

    line: str
    facts: tuple[Fact, ...]


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
    """Tracks shown with the reply, in order; plays: the one that is to be heard now."""

    track_ids: tuple[int, ...]
    reasons: Mapping[int, tuple[Reason, ...]]
    proofs: Mapping[int, Proof] = field(default_factory=dict)
    plays: int | None = None


@dataclass(frozen=True)
class PlaylistMoved:
    """The conversation's playlist now shows another version than before.

    versions: of both, what is in hand already and needn't be read.
    """

    before_version: int
    after_version: int
    words: str
    author: Literal["listener", "agent"] = "agent"
    versions: tuple[PlaylistVersion, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True)
class Remembered:
    """What the agent takes as given from now on."""

    state: State


@dataclass(frozen=True)
class Suggested:
    """Requests that fit next, in the listener's own words; told at the reply's end."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Copied:
    """A version of the list is a list of its own now, with a conversation about it."""

    conversation: UUID
    title: str


@dataclass(frozen=True)
class Finished:
    """The planner has told all. Its runner adds it."""


AgentEvent = (
    Stepped | Said | Shown | PlaylistMoved | Copied | Remembered | Suggested | Finished
)
