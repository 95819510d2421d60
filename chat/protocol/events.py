"""What the server sends: the events of conversations, and answers to one client."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, TypeAdapter

from chat.codes import ErrorCode
from chat.protocol.frame import SUBPROTOCOL, Frame


class Reason(Frame):
    """Why a track is here: `kind` for programs, `text` for people."""

    kind: str
    text: str


class ProofFact(Frame):
    """One stored fact about a track, held against what was asked.

    `name`, `value`, `low`, `high`: an attribute in its own unit and the range asked
    for. `track`: the song that it is near to, `value` then how near (cosine). `keeps`:
    whether what was asked is kept; null where nothing was asked of it.
    """

    kind: str
    text: str
    name: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    track: UUID | None = None
    keeps: bool | None = None


class Proof(Frame):
    """Why a track is here, from stored facts: a line to read, and its parts."""

    line: str
    facts: list[ProofFact]


class TrackView(Frame):
    """A track as clients see it; `proof` where it is shown with a reply.

    `valence` (sad to happy) and `energy` (calm to energetic) are in [0, 1].
    """

    id: UUID
    title: str
    artists: list[str]
    album: str | None
    year: int | None
    duration_ms: int | None
    audio_url: str | None
    cover_url: str | None
    links: dict[str, str]
    reasons: list[Reason]
    reaction: Literal["like", "dislike", "more", "none"]
    proof: Proof | None = None
    valence: float | None = None
    energy: float | None = None


class LastRefresh(Frame):
    """How the last refresh of a list ended; `is_seen` once a listener has put it away.

    made: a version with new songs, nothing_new: no other song fits, empty: the list
    held none, failed: it was tried in vain.
    """

    at: datetime
    outcome: Literal["made", "nothing_new", "empty", "failed"]
    added: int
    removed: int
    is_seen: bool


class RefreshView(Frame):
    """How a list is refreshed by itself.

    `new_percent` of its songs give way each time, and what has left doesn't come back for
    `rest_weeks`. `due_at`: the next time, unless it `is_paused`.
    """

    every: Literal["day", "week", "month"]
    new_percent: int
    rest_weeks: int
    due_at: datetime
    is_paused: bool
    last: LastRefresh | None = None


class PlaylistView(Frame):
    """A playlist's current version as clients see it.

    `saved_to`: the services that have it, in whichever version. `refresh`: null where
    the list changes by hand and words only.
    """

    id: UUID
    title: str
    version: int
    duration_ms: int
    tracks: list[TrackView]
    saved_to: list[str]
    can_undo: bool
    can_redo: bool = False
    description: str = ""
    refresh: RefreshView | None = None


class Median(Frame):
    """The middle of an attribute before and after an edit, in its own unit."""

    attribute: str
    before: float
    after: float


class ListDiff(Frame):
    """What an edit did: `text` says it, "+3 −2, 47 to 52 min", `figures` without counts.

    Lengths are null where a song's isn't known.
    """

    text: str
    figures: str
    added: int
    removed: int
    moved: int
    count_before: int
    count_after: int
    duration_before_ms: int | None
    duration_after_ms: int | None
    medians: list[Median]
    title_before: str
    title_after: str


class Change(Frame):
    """What the newest edit did, in track ids, in words and in figures."""

    author: Literal["listener", "agent"]
    words: str
    added: list[UUID]
    removed: list[UUID]
    moved: list[UUID]
    diff: ListDiff | None = None


class ConversationEvent(Frame):
    """A stored event: numbered without gaps within its conversation."""

    conversation: UUID
    seq: int


class Refusals(Frame):
    """All that a listener never wants to hear: songs in all their versions, artists by
    the names that songs' `artists` have, and `guests`, songs whose titles name one of
    these. `never` tells what changes of it."""

    tracks: list[UUID]
    artists: list[str]
    guests: list[UUID]


class Hello(Frame):
    """The first frame of a connection."""

    type: Literal["hello"] = "hello"
    protocol: str = SUBPROTOCOL
    user: str
    planner: str
    never: Refusals


class MessageAccepted(ConversationEvent):
    """A message is stored and its reply begins; `id` is null for other clients.

    `replaces`: the message that it is an edit of; `set_aside`: that one and all that
    stood after it, which no longer stand.
    """

    type: Literal["message.accepted"] = "message.accepted"
    id: str | int | None = None
    message: UUID
    text: str
    title: str
    replaces: UUID | None = None
    set_aside: tuple[UUID, ...] = ()


class BranchTakenUp(ConversationEvent):
    """What was set aside stands again; `id` is null for other clients.

    `standing`: all messages that stand now, in their order; `set_aside`: those that
    stood until now and don't any more.
    """

    type: Literal["branch.taken_up"] = "branch.taken_up"
    id: str | int | None = None
    standing: list[UUID]
    set_aside: list[UUID]


class MessageQueued(ConversationEvent):
    """A message waits for the end of the reply that is being written.

    `message.accepted` tells when its own reply begins; `message.done` without that, that
    it was taken back.
    """

    type: Literal["message.queued"] = "message.queued"
    id: str | int | None = None
    message: UUID
    text: str


class Step(ConversationEvent):
    """What the agent is doing."""

    type: Literal["step"] = "step"
    message: UUID
    name: str
    status: Literal["started", "done", "failed"]
    detail: str


class MessageDelta(ConversationEvent):
    """The next words of the reply."""

    type: Literal["message.delta"] = "message.delta"
    message: UUID
    text: str


class Tracks(ConversationEvent):
    """Tracks that the agent shows with its reply.

    `play`: the one of them that was asked to be heard now. Whoever sent the message
    plays it, once; other clients, and a replay, only show it.
    """

    type: Literal["tracks"] = "tracks"
    message: UUID
    tracks: list[TrackView]
    play: UUID | None = None


class ConstraintView(Frame):
    """One thing that is taken as given, in the words of a chip.

    `can`: what `constraint.set` may set it to, what it is now included.
    """

    id: str
    kind: str
    label: str
    strength: Literal["hard", "soft"]
    polarity: Literal["include", "exclude"]
    can: list[Literal["hard", "soft", "off"]]


class Range(Frame):
    """Where an attribute is wanted; null where that side is open."""

    low: float | None
    high: float | None


class PathPoint(Frame):
    """Where a path leads through; null where it leaves an attribute free."""

    valence: float | None
    energy: float | None


class MoodView(Frame):
    """What is asked for in the plane of moods: an area of it, and a path through it."""

    valence: Range | None = None
    energy: Range | None = None
    path: tuple[PathPoint, ...] = ()


class Constraints(ConversationEvent):
    """What is taken as given from now on, all of it; sent when that has changed.

    `message`: whose reply changed it; null where a list was undone or earlier talk was
    taken up.
    """

    type: Literal["constraints"] = "constraints"
    message: UUID | None = None
    constraints: list[ConstraintView]
    mood: MoodView


class PlaylistChanged(Frame):
    """A playlist has a new current version.

    An event of the conversation that it belongs to; without numbers where that
    conversation was deleted. `id`: of the request that changed it, for whoever sent that.
    """

    type: Literal["playlist"] = "playlist"
    id: str | int | None = None
    conversation: UUID | None = None
    seq: int | None = None
    playlist: PlaylistView
    change: Change


class PlaylistState(Frame):
    """A playlist as it is: for a client whose change was meant for another version, or
    changed nothing, and for all clients when it is to be refreshed otherwise, or couldn't
    be."""

    type: Literal["playlist.state"] = "playlist.state"
    id: str | int | None = None
    playlist: PlaylistView


class ListCopied(ConversationEvent):
    """A version of the list is a list of its own now.

    `began`: the conversation about it; `url`: where that is, on this site.
    """

    type: Literal["list.copied"] = "list.copied"
    message: UUID
    began: UUID
    title: str
    url: str


class MessageDone(ConversationEvent):
    """The reply is over. `suggestions` are requests that may be sent as they stand.

    `stopped`: before its end, by the listener or since nobody writes it any more; then
    `interrupted` as well.
    """

    type: Literal["message.done"] = "message.done"
    message: UUID
    stopped: bool
    interrupted: bool = False
    suggestions: tuple[str, ...] = ()


class ReactionChanged(Frame):
    """The listener's reaction to a track, told to all their clients."""

    type: Literal["reaction"] = "reaction"
    id: str | int | None = None
    track: UUID
    value: Literal["like", "dislike", "more", "none"]


class NeverChanged(Frame):
    """What the listener never wants to hear again has changed, told to all their clients.

    Lists that held it are told of by `playlist`. `tracks`: the song in all its versions,
    none for an artist. `guests`: songs whose titles name that artist. `name`: the song's title, or the artist as songs' `artists` say.
    `track`, `artist`: as whoever pressed has named it; none for an artist who was named in
    words.
    """

    type: Literal["never"] = "never"
    id: str | int | None = None
    track: UUID | None
    artist: int | None = None
    name: str
    tracks: list[UUID]
    guests: list[UUID]
    is_on: bool


class Job(Frame):
    """Background work for the listener: `progress` from 0 to 1, `detail` for people.

    kind "save": a `playlist` is being saved at a `service`. One that is `waiting` goes on
    by itself. `reason` says why it waits or failed: busy, quota, down, reconnect,
    not_allowed or refused; "" where nothing is wrong. `url`: the playlist's page there.
    """

    type: Literal["job"] = "job"
    job: str
    kind: str
    status: Literal["running", "waiting", "done", "failed"]
    progress: float
    detail: str
    playlist: UUID | None = None
    service: str = ""
    reason: str = ""
    url: str = ""


class ConversationPinned(Frame):
    """A conversation stands above the others in lists, or among them again."""

    type: Literal["conversation.pinned"] = "conversation.pinned"
    conversation: UUID
    is_pinned: bool


class ConversationRenamed(Frame):
    """A conversation has another title."""

    type: Literal["conversation.renamed"] = "conversation.renamed"
    conversation: UUID
    title: str


class ConversationDeleted(Frame):
    """A conversation is gone, with a reply that was being written in it."""

    type: Literal["conversation.deleted"] = "conversation.deleted"
    conversation: UUID


class Resumed(Frame):
    """Every stored event after the asked number has been sent, up to `upto`."""

    type: Literal["conversation.resumed"] = "conversation.resumed"
    id: str | int | None = None
    conversation: UUID
    upto: int


class Pong(Frame):
    """The answer to a ping."""

    type: Literal["pong"] = "pong"
    id: str | int | None = None


class Error(Frame):
    """Something asked for was not done; `detail` says why and what to do."""

    type: Literal["error"] = "error"
    id: str | int | None = None
    code: ErrorCode
    detail: str


Event = Annotated[
    Hello
    | MessageAccepted
    | MessageQueued
    | BranchTakenUp
    | Step
    | MessageDelta
    | Tracks
    | Constraints
    | PlaylistChanged
    | PlaylistState
    | ListCopied
    | MessageDone
    | ReactionChanged
    | NeverChanged
    | Job
    | ConversationPinned
    | ConversationRenamed
    | ConversationDeleted
    | Resumed
    | Pong
    | Error,
    Field(discriminator="type"),
]
EVENT: TypeAdapter[Any] = TypeAdapter(Event)
