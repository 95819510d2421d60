"""What a client may send. Each request may carry an `id` of the client's own."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, TypeAdapter

from chat.protocol.frame import MAX_INT, Frame, Text, Title, without_nul


class ClientFrame(Frame):
    """A request. `id` is the client's own and comes back in the answers."""

    id: (
        Annotated[str, StringConstraints(max_length=64)]
        | Annotated[int, Field(ge=-MAX_INT, le=MAX_INT)]
        | None
    ) = None


class MessageSend(ClientFrame):
    """Say something; without a conversation, a new one begins.

    While a reply is being written, one message may wait for its end (`message.queued`).
    """

    type: Literal["message.send"]
    conversation: UUID | None = None
    text: Text


class MessageEdit(ClientFrame):
    """Say an earlier message in other words (or the same again) and go on from there.

    That message and all after it are set aside; the memory and the playlist are as they
    were before it. `message.accepted` of the new message says what it `replaces`.
    """

    type: Literal["message.edit"]
    conversation: UUID | None = None
    message: UUID
    text: Text


class BranchTakeUp(ClientFrame):
    """Go on from what was set aside: any message of it names it.

    What stood in its place is set aside instead; the memory and the playlist are as
    they were at its end. `branch.taken_up` tells of it.
    """

    type: Literal["branch.take_up"]
    conversation: UUID | None = None
    message: UUID


class MessageStop(ClientFrame):
    """Stop the reply to a message, or take back a message that waits.

    What was said so far stays.
    """

    type: Literal["message.stop"]
    message: UUID


class ReactionSet(ClientFrame):
    """React to a track; "none" takes the reaction back.

    "skip" (before its end) and "played" (to its end) tell what was done with it; they
    change no opinion, and `reaction` answers with the one that holds. `reason` says why a
    track is disliked, and may follow later with the same value. `message` or `conversation`
    is where the track was met: what was asked there is kept with the reaction.
    """

    type: Literal["reaction.set"]
    track: UUID
    value: Literal["like", "dislike", "more", "none", "skip", "played"]
    reason: Literal["", "not_for_me", "wrong_mood", "unknown", "overplayed"] = ""
    source: Literal["", "chat", "player", "playlist"] = ""
    message: UUID | None = None
    conversation: UUID | None = None


class NeverSet(ClientFrame):
    """Never hear a track, or an artist of it, again; or let them be heard again.

    What is never to be heard leaves all lists and comes into none. `artist` is the place
    of the artist among the track's, from 0; without it, the track itself is meant.
    """

    type: Literal["never.set"]
    track: UUID
    artist: Annotated[int, Field(ge=0, le=99)] | None = None
    is_on: bool = True


Place = Annotated[int, Field(ge=0, le=MAX_INT)]


class AddOp(Frame):
    """Put tracks in, at a position (0 is the top) or at the end.

    Those that are in the list stay where they are; where all are, `already_there` tells
    the place of the first. With `again`, each comes in as often as it is named.
    """

    op: Literal["add"]
    tracks: Annotated[list[UUID], Field(min_length=1, max_length=200)]
    position: Place | None = None
    again: bool = False


class RemoveOp(Frame):
    """Take tracks out, wherever they stand; with `places` (0 is the top) only there."""

    op: Literal["remove"]
    tracks: Annotated[list[UUID], Field(min_length=1, max_length=500)]
    places: Annotated[list[Place], Field(min_length=1, max_length=500)] | None = None


class MoveOp(Frame):
    """Move a track so that it stands at a position (0 is the top).

    `place`: where it stands; without it, of a track that stands several times the first.
    """

    op: Literal["move"]
    track: UUID
    position: Place
    place: Place | None = None


class ReplaceOp(Frame):
    """Put one track in the place of another; `place`: where that stands, see "move"."""

    op: Literal["replace"]
    track: UUID
    by: UUID
    place: Place | None = None


class RenameOp(Frame):
    """Give the playlist another title."""

    op: Literal["rename"]
    title: Title


class DescribeOp(Frame):
    """Give the playlist a description; "" takes it away."""

    op: Literal["describe"]
    description: Annotated[
        str,
        StringConstraints(strip_whitespace=True, max_length=500),
        AfterValidator(without_nul),
    ]


class ClearOp(Frame):
    """Take everything out."""

    op: Literal["clear"]


Op = Annotated[
    AddOp | RemoveOp | MoveOp | ReplaceOp | RenameOp | DescribeOp | ClearOp,
    Field(discriminator="op"),
]


class PlaylistRequest(ClientFrame):
    """A change of a playlist by hand.

    With `base`, the number of the version that it is meant for, it is refused as `stale`
    when the playlist has another one by now.
    """

    playlist: UUID
    base: Annotated[int, Field(ge=1, le=MAX_INT)] | None = None


class PlaylistEdit(PlaylistRequest):
    """Edit a playlist by hand: all operations, or none."""

    type: Literal["playlist.edit"]
    ops: Annotated[list[Op], Field(min_length=1, max_length=50)]


class PlaylistUndo(PlaylistRequest):
    """Go back to the version that the current one was made from.

    Where the last choice (`constraint.set`, `mood.set`) left the list as it was, that is
    taken back instead, and `constraints` tells of it.
    """

    type: Literal["playlist.undo"]


class PlaylistRedo(PlaylistRequest):
    """Go on to the newest version that was made from the current one."""

    type: Literal["playlist.redo"]


class PlaylistRestore(PlaylistRequest):
    """Make a new version like an earlier one, by its number.

    What was taken as given with that one is so again, where it is remembered.
    """

    type: Literal["playlist.restore"]
    version: Annotated[int, Field(ge=1, le=MAX_INT)]


class RefreshSeen(ClientFrame):
    """Put away, for all clients, what was told of a list's last refresh."""

    type: Literal["refresh.seen"]
    playlist: UUID


class ConstraintSet(ClientFrame):
    """Make something that is taken as given a must or a wish, or let go of it.

    It is a message like any other: it may wait, is answered, and tells in words what was
    done. With `base`, the newest `seq` that the client has seen, it is refused as `stale`
    when `constraints` were told since.
    """

    type: Literal["constraint.set"]
    conversation: UUID
    constraint: Annotated[
        str,
        StringConstraints(min_length=1, max_length=200),
        AfterValidator(without_nul),
    ]
    value: Literal["hard", "soft", "off"]
    base: Annotated[int, Field(ge=0, le=MAX_INT)] | None = None


class PlanePoint(Frame):
    """A place in the plane of moods, by the attributes that songs have."""

    valence: Annotated[float, Field(ge=0, le=1)]
    energy: Annotated[float, Field(ge=0, le=1)]


class MoodSet(ClientFrame):
    """Ask for the mood at a place of the plane, or for a path from there to another.

    It is a message like any other; without a conversation, a new one begins.
    """

    type: Literal["mood.set"]
    conversation: UUID | None = None
    start: PlanePoint
    end: PlanePoint | None = None


class ConversationResume(ClientFrame):
    """Ask for every event of a conversation after a sequence number.

    As the first words of a connection it leaves out what the connection was sent before
    they arrived, if that follows the number directly.
    """

    type: Literal["conversation.resume"]
    conversation: UUID
    after: Annotated[int, Field(ge=0, le=MAX_INT)] = 0


class Ping(ClientFrame):
    """Ask for a pong."""

    type: Literal["ping"]


Request = Annotated[
    MessageSend
    | MessageEdit
    | BranchTakeUp
    | MessageStop
    | ReactionSet
    | NeverSet
    | PlaylistEdit
    | PlaylistUndo
    | PlaylistRedo
    | PlaylistRestore
    | RefreshSeen
    | ConstraintSet
    | MoodSet
    | ConversationResume
    | Ping,
    Field(discriminator="type"),
]
REQUEST: TypeAdapter[Any] = TypeAdapter(Request)
