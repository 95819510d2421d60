"""What a listener does by hand: react to a song, change a list, edit a message.

The rule of this file: from the protocol's values to services, and a refusal in words
where that can't be. All of it blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from accounts.models import User
from catalog.aliases import track_ids_named, tracks_named
from chat import branching
from chat.agent.events import PlaylistMoved
from chat.codes import ErrorCode, Refused
from chat.given import choice_undo, given_follow, given_frames
from chat.models import Conversation, Message
from chat.protocol import events, requests
from chat.rendering import playlist_frame
from chat.turns import post_sync
from chat.wire import current_version, playlist_view
from feedback.services import reaction_set
from playlists import edits
from playlists import services as playlist_services
from playlists.living import living_see
from playlists.models import Playlist, PlaylistVersion


def react(user: User, request: requests.ReactionSet) -> None:
    """Note a reaction with the words that had brought the track."""
    track = tracks_named(request.track).first()
    if track is None:
        raise Refused(ErrorCode.NOT_FOUND, "There is no such song.")
    words = ""
    if request.message:
        message = Message.objects.filter(
            uuid=request.message, conversation__owner=user
        ).first()
        if message is None:
            raise Refused(ErrorCode.NOT_FOUND, "There is no such message of yours.")
        words = message.text
    reaction_set(user=user, track=track, value=request.value, words=words)  # type: ignore[arg-type]


def message_of(
    user: User, request: requests.MessageEdit | requests.BranchTakeUp
) -> Message:
    """Fetch the listener's message that is to be edited, or taken up."""
    try:
        message = branching.get_message_for(user, request.message)
    except Message.DoesNotExist as error:
        raise Refused(
            ErrorCode.NOT_FOUND, "There is no such message of yours."
        ) from error
    if request.conversation not in (None, message.conversation.uuid):
        raise Refused(ErrorCode.NOT_FOUND, "That message is not of this conversation.")
    return message


@dataclass(frozen=True)
class Seen:
    """What clients have seen of a conversation: its list's version, and its memory."""

    version: int | None
    state: dict[str, Any]


def seen(conversation: Conversation) -> Seen:
    """Return what clients see of a conversation now."""
    playlist = conversation.playlist
    return Seen(playlist.current_id if playlist else None, conversation.state)


def gone_back(user: User, message: Message, before: Seen) -> list[dict[str, Any]]:
    """Return the frames of what went back with an edit: the list, and what is given.

    before: what was seen before the edit.
    """
    frames = given_frames(before.state, message.state_before, message)
    after = message.version_before_id
    if before.version is None or after in (None, before.version):
        return frames
    moved = PlaylistMoved(before.version, after, "message edited", author="listener")
    return [playlist_frame(user, moved), *frames]


def edit_of(op: requests.Op) -> edits.Edit:
    """Turn an operation of the protocol into an edit of the playlists' room."""
    match op:
        case requests.AddOp():
            return edits.Add(_track_ids(op.tracks), op.position)
        case requests.RemoveOp():
            return edits.Remove(_track_ids(op.tracks))
        case requests.MoveOp():
            return edits.Move(_track_ids([op.track])[0], op.position)
        case requests.ReplaceOp():
            track, by = _track_ids([op.track, op.by])
            return edits.Replace(track, by)
        case requests.RenameOp():
            return edits.Rename(op.title)
        case requests.DescribeOp():
            return edits.Describe(op.description)
        case requests.ClearOp():
            return edits.Clear()


def _track_ids(uuids: list[UUID]) -> tuple[int, ...]:
    known = track_ids_named(uuids)
    missing = [uuid for uuid in uuids if uuid not in known]
    if missing:
        raise Refused(ErrorCode.NOT_FOUND, f"There is no song {missing[0]}.")
    return tuple(known[uuid] for uuid in uuids)


def change_playlist(
    user: User, request: requests.PlaylistRequest
) -> tuple[Conversation | None, list[dict[str, Any]]]:
    """Change a playlist by hand; return the frames to send.

    Returns the conversation that it belongs to, unless that was deleted, and no frames
    when nothing changed. Raises Refused, and Stale where the change was meant for
    another version.
    """
    playlist = own_playlist(user, request.playlist)
    conversation = Conversation.objects.filter(playlist=playlist).first()
    before = playlist.current_id
    if frames := _choice_undone(conversation, playlist, request):
        return conversation, frames
    try:
        version, words = changed_playlist(playlist, request)
    except edits.Stale:
        raise
    except edits.EditRefused as error:
        raise Refused(ErrorCode.EDIT_REFUSED, str(error)) from error
    if version.pk == before or before is None:
        _refuse_what_is_there(version, request)
        return conversation, []
    moved = PlaylistMoved(before, version.pk, words, author="listener")
    frames = [playlist_frame(user, moved)]
    if conversation is not None:
        match request:
            case requests.PlaylistUndo() | requests.PlaylistRedo():
                frames += given_follow(conversation, version)
            case requests.PlaylistRestore():
                frames += given_follow(conversation, version, like=request.version)
    return conversation, frames


def _refuse_what_is_there(
    version: PlaylistVersion, request: requests.PlaylistRequest
) -> None:
    """Tell where a song stands that would come in a second time. Raises Refused."""
    ops = request.ops if isinstance(request, requests.PlaylistEdit) else []
    named = [t for op in ops if isinstance(op, requests.AddOp) for t in op.tracks]
    if named:
        place = version.track_ids.index(_track_ids(named)[0]) + 1
        told = f"That song is in the list already, at number {place}."
        raise Refused(ErrorCode.ALREADY_THERE, f"{told} A list holds each song once.")


def _choice_undone(
    conversation: Conversation | None,
    playlist: Playlist,
    request: requests.PlaylistRequest,
) -> list[dict[str, Any]]:
    """Undo a choice that left the list as it is, where that was done last."""
    version = playlist.current
    is_undo = isinstance(request, requests.PlaylistUndo)
    if not is_undo or conversation is None or version is None:
        return []
    if request.base not in (None, version.number):
        return []  # it is late, which is told where lists are changed
    return choice_undo(conversation, version.pk)


def restored_tell(playlist: Playlist, *, version: int, like: int) -> None:
    """Take as given what was with a version that a page has restored, and tell of it.

    version: the new one, by its key; like: the number of the one that it is like.
    """
    conversation = Conversation.objects.filter(playlist=playlist).first()
    if conversation is None:
        return
    frames = given_follow(conversation, playlist.versions.get(pk=version), like=like)
    post_sync(playlist.owner, conversation, frames)


def changed_playlist(
    playlist: Playlist, request: requests.PlaylistRequest
) -> tuple[PlaylistVersion, str]:
    """Carry out a change by hand; return the version it led to, and its name."""
    base = request.base
    match request:
        case requests.PlaylistEdit():
            made = [edit_of(op) for op in request.ops]
            words = ", ".join(type(edit).__name__.lower() for edit in made)
            version = playlist_services.playlist_edit(
                playlist,
                edits=made,
                author=PlaylistVersion.Author.LISTENER,
                words=words,
                base=base,
            )
        case requests.PlaylistUndo():
            words = "undo"
            version = playlist_services.playlist_undo(playlist, base=base)
        case requests.PlaylistRedo():
            words = "redo"
            version = playlist_services.playlist_redo(playlist, base=base)
        case requests.PlaylistRestore():
            version = playlist_services.playlist_restore(
                playlist,
                number=request.version,
                author=PlaylistVersion.Author.LISTENER,
                base=base,
            )
            words = version.words
        case _:
            raise TypeError(type(request))
    return version, words


def see_refresh(user: User, request: requests.RefreshSeen) -> None:
    """Put the notice of a list's last refresh away. Raises Refused."""
    living_see(own_playlist(user, request.playlist))


def own_playlist(user: User, uuid: UUID) -> Playlist:
    """Fetch a listener's own playlist. Raises Refused."""
    try:
        return playlist_services.get_playlist_for(user, uuid)
    except Playlist.DoesNotExist as error:
        raise Refused(
            ErrorCode.NOT_FOUND, "There is no such playlist of yours."
        ) from error


def playlist_now(user: User, uuid: UUID) -> events.PlaylistView:
    """Render a listener's own playlist as it is."""
    return playlist_view(user, current_version(own_playlist(user, uuid)))
