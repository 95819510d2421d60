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
from catalog.guests import guests_of
from catalog.models import Artist, Track
from catalog.signals import tracks_refused
from chat import branching
from chat.agent.events import PlaylistMoved
from chat.agent.state import State
from chat.codes import ErrorCode, Refused
from chat.given import choice_undo, given_follow, given_frames
from chat.models import Conversation, Message
from chat.protocol import events, requests
from chat.reacting import answered_by, answered_in
from chat.rendering import playlist_frame
from chat.services import get_conversation_for
from chat.turns import post_sync
from chat.wire import current_version, playlist_view
from feedback.models import Reaction
from feedback.refusing import never_again_of
from feedback.services import (
    Answered,
    Source,
    reaction_set,
    reactions_of,
    signal_note,
)
from playlists import edits
from playlists import services as playlist_services
from playlists.living import living_see
from playlists.models import Playlist, PlaylistVersion

# More songs that go at once say nothing of each.
MOST_SINGLED_OUT = 3


def react(user: User, request: requests.ReactionSet) -> str:
    """Note a reaction with what it answers. Returns the opinion that holds now."""
    track = tracks_named(request.track).first()
    if track is None:
        raise Refused(ErrorCode.NOT_FOUND, "There is no such song.")
    words, answered = _answered(user, request)
    value = Reaction.Value(request.value)
    if value in Reaction.SIGNALS:
        signal_note(user=user, track=track, value=value, words=words, answered=answered)
        held = reactions_of(user, [track.pk], talk=answered.talk)
        return held.get(track.pk, Reaction.Value.NONE)
    reaction_set(
        user=user,
        track=track,
        value=value,
        words=words,
        reason=Reaction.Reason(request.reason),
        answered=answered,
    )
    return value


def _answered(user: User, request: requests.ReactionSet) -> tuple[str, Answered]:
    """Return the words that brought a track, and what else it answered."""
    place = Source.CHAT if request.message else Source.PLAYLIST
    source = Source(request.source) if request.source else place
    if request.message is None:
        talk = None
        if request.conversation is not None:
            own = Conversation.objects.filter(owner=user)
            talk = own.filter(uuid=request.conversation).first()
        return answered_by(talk, str(request.track), source)
    said = Message.objects.select_related("conversation")
    message = said.filter(uuid=request.message, conversation__owner=user).first()
    if message is None:
        raise Refused(ErrorCode.NOT_FOUND, "There is no such message of yours.")
    return answered_in(message, str(request.track), source)


def conversation_of(user: User, uuid: UUID) -> Conversation:
    """Fetch a listener's conversation."""
    try:
        return get_conversation_for(user, uuid)
    except Conversation.DoesNotExist as error:
        raise Refused(
            ErrorCode.NOT_FOUND, "There is no such conversation of yours."
        ) from error


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
    was, now = State.from_json(before.state), State.from_json(message.state_before)
    frames = given_frames(was.given, now.given, message)
    after = message.version_before_id
    if before.version is None or after in (None, before.version):
        return frames
    moved = PlaylistMoved(before.version, after, "message edited", author="listener")
    return [playlist_frame(user, moved), *frames]


def edit_of(op: requests.Op) -> edits.Edit:
    """Turn an operation of the protocol into an edit of the playlists' room."""
    match op:
        case requests.AddOp():
            return edits.Add(_track_ids(op.tracks), op.position, op.again)
        case requests.RemoveOp():
            places = None if op.places is None else tuple(op.places)
            return edits.Remove(_track_ids(op.tracks), places)
        case requests.MoveOp():
            return edits.Move(_track_ids([op.track])[0], op.position, op.place)
        case requests.ReplaceOp():
            track, by = _track_ids([op.track, op.by])
            return edits.Replace(track, by, op.place)
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
    _note_removed(user, conversation, before, version, request)
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
    track_ids = version.track_ids
    there = [t for t in _track_ids(named) if t in track_ids]
    if there:
        place = track_ids.index(there[0]) + 1
        told = f"That song is in the list already, at number {place}."
        raise Refused(ErrorCode.ALREADY_THERE, told)


def _note_removed(
    user: User,
    conversation: Conversation | None,
    before: int,
    version: PlaylistVersion,
    request: requests.PlaylistRequest,
) -> None:
    """Note songs that were taken out by hand, one by one and not with the whole list.

    One that stays at another place was only there too often.
    """
    if not isinstance(request, requests.PlaylistEdit):
        return
    gone = [
        u for op in request.ops if isinstance(op, requests.RemoveOp) for u in op.tracks
    ]
    if not 0 < len(gone) <= MOST_SINGLED_OUT:
        return
    held = set(PlaylistVersion.objects.get(pk=before).track_ids)
    held.difference_update(version.track_ids)
    for track in Track.objects.filter(pk__in=held.intersection(_track_ids(gone))):
        words, answered = answered_by(conversation, str(track.uuid), Source.PLAYLIST)
        signal_note(
            user=user,
            track=track,
            value=Reaction.Value.REMOVED,
            words=words,
            answered=answered,
        )


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
    return choice_undo(conversation, version)


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
            _refuse_ruled_out(playlist, made)
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


def _refuse_ruled_out(playlist: Playlist, made: list[edits.Edit]) -> None:
    """Refuse to put in what is never to be heard again. Raises EditRefused."""
    new = {
        track for edit in made if isinstance(edit, edits.Add) for track in edit.tracks
    }
    new |= {edit.by for edit in made if isinstance(edit, edits.Replace)}
    refused = tracks_refused(playlist.owner_id, new)
    for track in Track.objects.filter(pk__in=refused)[:1]:
        named = guests_of(track.title).union(
            track.credits.values_list("artist", flat=True)
        )
        makers = Artist.objects.filter(
            pk__in=named & never_again_of(playlist.owner).artists
        )
        maker = makers.values_list("name", flat=True).first()
        told = f"You asked never to hear {maker or f'“{track.title}”'} again."
        raise edits.EditRefused(f"{told} Allow it at “Taste” first.")


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
