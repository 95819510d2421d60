"""The websocket: who may speak, how much, and what each frame asks for.

Handlers return at once; a reply runs as a task of the process (chat.turns), so that
"stop" is heard while it is being written. The consumer knows nothing of music.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Coroutine, Sequence
from typing import Any
from uuid import UUID

from channels.generic.websocket import AsyncJsonWebsocketConsumer
from pydantic import ValidationError

from accounts.models import User
from catalog.aliases import track_ids_named, tracks_named
from chat import branching, protocol, services, turns
from chat.access import is_still_welcome
from chat.agent.events import PlaylistMoved
from chat.agent.planners import current_planner
from chat.codes import CloseCode, ErrorCode
from chat.flood import Bucket, may_send_message
from chat.models import Conversation, Message
from chat.threads import in_thread
from chat.wire import current_version, playlist_view
from feedback.services import reaction_set
from playlists import edits
from playlists import services as playlist_services
from playlists.models import Playlist, PlaylistVersion

logger = logging.getLogger(__name__)

# Frames a second that a connection may send; bursts of five seconds' worth.
FRAMES_PER_S = 20
BUSY = (
    "A reply is still being written, and a message waits already. "
    "Wait for them, or stop them."
)
# How long a living process may take to stop a reply.
STOP_GRACE_S = 1.0


class Refused(Exception):
    """A request that is not carried out; becomes an error frame."""

    def __init__(self, code: ErrorCode, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


class ChatConsumer(AsyncJsonWebsocketConsumer):  # type: ignore[misc]
    """One connection of one listener."""

    user: User

    async def connect(self) -> None:
        offered = self.scope.get("subprotocols", [])
        known = protocol.SUBPROTOCOL in offered
        await self.accept(protocol.SUBPROTOCOL if known else None)
        user = self.scope.get("user")
        if user is None or not user.is_authenticated:
            await self.hang_up(CloseCode.SIGN_IN)
            return
        if offered and not known:
            await self.hang_up(CloseCode.SUBPROTOCOL)
            return
        self.user = user
        self.bucket = Bucket(rate_per_s=FRAMES_PER_S, burst=5 * FRAMES_PER_S)
        self.warned_of_flood = False
        self.watched: set[asyncio.Task[None]] = set()
        # The newest number that this client was sent, by conversation.
        self.sent_seq: dict[str, int] = {}
        await self.channel_layer.group_add(turns.user_group(user.pk), self.channel_name)
        await self.send_frame(
            protocol.Hello(user=user.username, planner=current_planner().name)
        )

    async def disconnect(self, code: int) -> None:
        if hasattr(self, "user"):
            await self.channel_layer.group_discard(
                turns.user_group(self.user.pk), self.channel_name
            )
            for task in list(self.watched):
                task.cancel()

    async def receive(
        self, text_data: str | None = None, bytes_data: bytes | None = None
    ) -> None:
        """Check a frame and carry it out; whatever is wrong becomes an error frame."""
        if not hasattr(self, "user"):
            return  # refused, and being closed
        if not await self._within_rate():
            return
        request_id = None
        try:
            if text_data is None:
                raise Refused(ErrorCode.BINARY_FRAME, "Send JSON as text frames.")
            data = _parsed(text_data)
            request_id = _id_of(data)
            await self._carry_out(_validated(data))
        except Refused as refused:
            await self.send_error(request_id, refused.code, refused.detail)
        except Exception:
            # The border: the connection lives on, and the cause is in the log.
            logger.exception("A frame of user %s failed", self.user.pk)
            await self.send_error(
                request_id, ErrorCode.INTERNAL, "Something went wrong on the server."
            )

    async def _within_rate(self) -> bool:
        if self.bucket.take():
            # A few tokens that trickle in during a flood are no end of it.
            if self.bucket.is_calm():
                self.warned_of_flood = False
            return True
        if not self.warned_of_flood:
            self.warned_of_flood = True
            await self.send_error(
                None, ErrorCode.TOO_FAST, "Too many frames at once; some were not read."
            )
        elif self.bucket.is_abused():
            await self.hang_up(CloseCode.FLOOD)
        return False

    async def _carry_out(self, request: protocol.ClientFrame) -> None:
        match request:
            case protocol.MessageSend():
                await self._send_message(request)
            case protocol.MessageEdit():
                await self._edit_message(request)
            case protocol.MessageStop():
                await self._stop_message(request)
            case protocol.ReactionSet():
                await self._set_reaction(request)
            case protocol.PlaylistRequest():
                await self._change_playlist(request)
            case protocol.ConversationResume():
                await self._resume(request)
            case protocol.Ping():
                await self.send_frame(protocol.Pong(id=request.id))

    async def _send_message(self, request: protocol.MessageSend) -> None:
        await self._refuse_if_too_often()
        conversation = None
        if request.conversation:
            conversation = await self._conversation(request.conversation)
        try:
            message = await in_thread(services.message_say)(
                owner=self.user, conversation=conversation, text=request.text
            )
        except services.Busy:
            await self._let_wait(conversation, request)
            return
        await self._announce(message, request)
        self._begin(message)

    async def _let_wait(
        self, conversation: Conversation | None, request: protocol.MessageSend
    ) -> None:
        """Keep a message until the reply that is being written is over."""
        if conversation is None:
            raise Refused(ErrorCode.BUSY, BUSY)  # not to be: a new one has no reply
        try:
            waiting = await in_thread(services.message_wait)(
                conversation, text=request.text
            )
            await turns.Posting(self.user, conversation, None).post(
                {
                    "type": "message.queued",
                    "id": None,
                    "message": str(waiting.uuid),
                    "text": waiting.text,
                },
                asked_by=self.channel_name,
                asked_as=request.id,
            )
        except services.Busy as error:
            raise Refused(ErrorCode.BUSY, BUSY) from error
        finally:
            # That reply may have ended just now, or with its process.
            await self._begin_waiting(conversation)

    async def _begin_waiting(self, conversation: Conversation) -> None:
        await turns.waiting_begin(
            current_planner(), user=self.user, conversation=conversation
        )

    async def _edit_message(self, request: protocol.MessageEdit) -> None:
        await self._refuse_if_too_often()
        edited = await in_thread(message_of)(self.user, request)
        shown = edited.conversation.playlist
        try:
            message, aside = await in_thread(branching.message_edit)(
                edited, text=request.text
            )
        except services.Busy as error:
            raise Refused(ErrorCode.BUSY, BUSY) from error
        except branching.SetAside as error:
            raise Refused(
                ErrorCode.SET_ASIDE,
                "That message was replaced already. Edit the one in its place.",
            ) from error
        await self._announce(
            message,
            request,
            replaces=edited.uuid,
            set_aside=[gone.uuid for gone in aside],
        )
        frame = await in_thread(playlist_gone_back)(self.user, message, shown)
        if frame is not None:
            await turns.Posting(self.user, message.conversation, message).post(frame)
        title = message.conversation.title
        if title != edited.conversation.title:
            renamed = protocol.ConversationRenamed(
                conversation=message.conversation.uuid, title=title
            )
            await turns.publish(self.user, renamed.model_dump(mode="json"))
        self._begin(message)

    async def _refuse_if_too_often(self) -> None:
        if not await in_thread(may_send_message)(self.user.pk):
            raise Refused(
                ErrorCode.TOO_FAST, "That was a lot at once. Try again in a minute."
            )

    async def _announce(
        self,
        message: Message,
        request: protocol.MessageSend | protocol.MessageEdit,
        *,
        replaces: UUID | None = None,
        set_aside: Sequence[UUID] = (),
    ) -> None:
        await turns.message_announce(
            turns.Posting(self.user, message.conversation, message),
            asked_by=self.channel_name,
            asked_as=request.id,
            replaces=replaces,
            set_aside=set_aside,
        )

    def _begin(self, message: Message) -> None:
        turns.turn_begin(
            current_planner(),
            user=self.user,
            conversation=message.conversation,
            message=message,
        )

    async def _stop_message(self, request: protocol.MessageStop) -> None:
        conversation = await in_thread(services.waiting_drop)(
            self.user, request.message
        )
        if conversation is not None:
            await turns.Posting(self.user, conversation, None).post(
                {
                    "type": "message.done",
                    "message": str(request.message),
                    "stopped": True,
                    "suggestions": [],
                }
            )
            return
        message = await in_thread(
            Message.objects.filter(
                uuid=request.message, conversation__owner=self.user
            ).first
        )()
        if message is None:
            raise Refused(ErrorCode.NOT_FOUND, "There is no such message of yours.")
        await turns.turn_stop(message.uuid)
        self._watch(self._close_if_nobody_writes(message))

    async def _close_if_nobody_writes(self, message: Message) -> None:
        """End a reply whose process is gone: one that lives stops within a second."""
        await asyncio.sleep(STOP_GRACE_S)
        frame = await in_thread(services.message_interrupt_if_silent)(message)
        if frame is not None:
            await turns.publish(self.user, frame)

    def _watch(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self.watched.add(task)
        task.add_done_callback(self.watched.discard)

    async def _set_reaction(self, request: protocol.ReactionSet) -> None:
        await in_thread(react)(self.user, request)
        await turns.publish(
            self.user,
            {
                "type": "reaction",
                "id": None,
                "track": str(request.track),
                "value": request.value,
            },
            asked_by=self.channel_name,
            asked_as=request.id,
        )

    async def _change_playlist(self, request: protocol.PlaylistRequest) -> None:
        try:
            conversation, frame = await in_thread(change_playlist)(self.user, request)
        except edits.Stale as stale:
            await self.send_error(request.id, ErrorCode.STALE, str(stale))
            view = await in_thread(playlist_now)(self.user, request.playlist)
            await self.send_frame(protocol.PlaylistState(id=request.id, playlist=view))
            return
        if frame is None:
            return
        if conversation is None:
            await turns.publish(self.user, frame)
        else:
            await turns.Posting(self.user, conversation, None).post(frame)

    async def _resume(self, request: protocol.ConversationResume) -> None:
        conversation = await self._conversation(request.conversation)
        for frame in await in_thread(services.messages_mark_interrupted)(conversation):
            await turns.publish(self.user, frame)
        frames = await in_thread(services.events_after)(conversation, request.after)
        seq = request.after
        for frame in frames:
            await self.send_json(frame)
            seq = frame["seq"]
        self.sent_seq[str(conversation.uuid)] = seq
        await self.send_frame(
            protocol.Resumed(id=request.id, conversation=conversation.uuid, upto=seq)
        )
        await self._begin_waiting(conversation)

    async def _conversation(self, uuid: UUID) -> Conversation:
        try:
            found: Conversation = await in_thread(services.get_conversation_for)(
                self.user, uuid
            )
        except Conversation.DoesNotExist as error:
            raise Refused(
                ErrorCode.NOT_FOUND, "There is no such conversation of yours."
            ) from error
        return found

    # --- to the client ----------------------------------------------------------

    async def access_ended(self, message: dict[str, Any]) -> None:
        """Close the socket when what it was opened with holds no longer."""
        if not await in_thread(is_still_welcome)(self.scope):
            await self.hang_up(CloseCode.SIGN_IN)

    async def frame_out(self, message: dict[str, Any]) -> None:
        """Pass on a frame of this listener, in order and without a gap."""
        frame = message["frame"]
        if message.get("asked_by") == self.channel_name:
            frame = {**frame, "id": message["asked_as"]}
        if "seq" in frame:
            conversation, seq = frame["conversation"], frame["seq"]
            newest = self.sent_seq.get(conversation, seq - 1)
            if seq <= newest:
                return  # the resume had it already
            if seq > newest + 1:
                await self._fill_gap(conversation, newest, seq - 1)
            self.sent_seq[conversation] = seq
        await self.send_json(frame)

    async def _fill_gap(self, uuid: str, after: int, until: int) -> None:
        conversation = await self._conversation(UUID(uuid))
        missed = await in_thread(services.events_after)(
            conversation, after, until=until
        )
        for frame in missed:
            await self.send_json(frame)

    async def hang_up(self, code: CloseCode) -> None:
        """Close the connection. The server below takes plain numbers only."""
        await self.close(int(code))

    async def send_frame(self, frame: protocol.Frame) -> None:
        """Send one of the protocol's own frames."""
        await self.send_json(frame.model_dump(mode="json"))

    async def send_error(
        self, request_id: str | int | None, code: ErrorCode, detail: str
    ) -> None:
        """Tell the client what was not done."""
        await self.send_frame(protocol.Error(id=request_id, code=code, detail=detail))


def _parsed(text: str) -> dict[str, Any]:
    if len(text.encode()) > protocol.MAX_FRAME_BYTES:
        raise Refused(
            ErrorCode.TOO_LARGE,
            f"A frame holds at most {protocol.MAX_FRAME_BYTES} bytes.",
        )
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refused(ErrorCode.NOT_JSON, "That frame is not JSON.") from error
    if not isinstance(data, dict):
        raise Refused(ErrorCode.NOT_AN_OBJECT, "A frame is one JSON object.")
    return data


def _id_of(data: dict[str, Any]) -> str | int | None:
    """Return the client's name for a frame, if it is one that can be given back."""
    try:
        named = protocol.ClientFrame.model_validate({"id": data.get("id")})
    except ValidationError:
        return None
    return named.id


def _validated(data: dict[str, Any]) -> protocol.ClientFrame:
    try:
        request: protocol.ClientFrame = protocol.REQUEST.validate_python(
            data, strict=False
        )
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        if first["type"].startswith("union_tag") and len(first["loc"]) <= 1:
            raise Refused(
                ErrorCode.UNKNOWN_TYPE, f"No such type of frame. {first['msg']}"
            ) from (error)
        place = ".".join(str(part) for part in first["loc"][1:])
        raise Refused(ErrorCode.BAD_FRAME, f"{place}: {first['msg']}") from error
    return request


def react(user: User, request: protocol.ReactionSet) -> None:
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


def message_of(user: User, request: protocol.MessageEdit) -> Message:
    """Fetch the listener's message that is to be edited."""
    try:
        message = branching.get_message_for(user, request.message)
    except Message.DoesNotExist as error:
        raise Refused(
            ErrorCode.NOT_FOUND, "There is no such message of yours."
        ) from error
    if request.conversation not in (None, message.conversation.uuid):
        raise Refused(ErrorCode.NOT_FOUND, "That message is not of this conversation.")
    return message


def playlist_gone_back(
    user: User, message: Message, shown: Playlist | None
) -> dict[str, Any] | None:
    """Return the frame of a list that went back with an edit; None where it stands.

    shown: the playlist as it was before the edit.
    """
    after = message.version_before_id
    if shown is None or shown.current_id is None or after is None:
        return None
    if shown.current_id == after:
        return None
    moved = PlaylistMoved(shown.current_id, after, "message edited", author="listener")
    return turns.playlist_frame(user, moved)


def edit_of(op: protocol.Op) -> edits.Edit:
    """Turn an operation of the protocol into an edit of the playlists' room."""
    match op:
        case protocol.AddOp():
            return edits.Add(_track_ids(op.tracks), op.position)
        case protocol.RemoveOp():
            return edits.Remove(_track_ids(op.tracks))
        case protocol.MoveOp():
            return edits.Move(_track_ids([op.track])[0], op.position)
        case protocol.ReplaceOp():
            track, by = _track_ids([op.track, op.by])
            return edits.Replace(track, by)
        case protocol.RenameOp():
            return edits.Rename(op.title)
        case protocol.ClearOp():
            return edits.Clear()


def _track_ids(uuids: list[UUID]) -> tuple[int, ...]:
    known = track_ids_named(uuids)
    missing = [uuid for uuid in uuids if uuid not in known]
    if missing:
        raise Refused(ErrorCode.NOT_FOUND, f"There is no song {missing[0]}.")
    return tuple(known[uuid] for uuid in uuids)


def change_playlist(
    user: User, request: protocol.PlaylistRequest
) -> tuple[Conversation | None, dict[str, Any] | None]:
    """Change a playlist by hand; return the frame to send.

    Returns the conversation that it belongs to, unless that was deleted, and no frame
    when nothing changed. Raises Refused, and Stale where the change was meant for
    another version.
    """
    playlist = own_playlist(user, request.playlist)
    conversation = Conversation.objects.filter(playlist=playlist).first()
    before = playlist.current_id
    try:
        version, words = changed_playlist(playlist, request)
    except edits.Stale:
        raise
    except edits.EditRefused as error:
        raise Refused(ErrorCode.EDIT_REFUSED, str(error)) from error
    if version.pk == before or before is None:
        return conversation, None
    moved = PlaylistMoved(before, version.pk, words, author="listener")
    return conversation, turns.playlist_frame(user, moved)


def changed_playlist(
    playlist: Playlist, request: protocol.PlaylistRequest
) -> tuple[PlaylistVersion, str]:
    """Carry out a change by hand; return the version it led to, and its name."""
    base = request.base
    match request:
        case protocol.PlaylistEdit():
            made = [edit_of(op) for op in request.ops]
            words = ", ".join(type(edit).__name__.lower() for edit in made)
            version = playlist_services.playlist_edit(
                playlist,
                edits=made,
                author=PlaylistVersion.Author.LISTENER,
                words=words,
                base=base,
            )
        case protocol.PlaylistUndo():
            words = "undo"
            version = playlist_services.playlist_undo(playlist, base=base)
        case protocol.PlaylistRedo():
            words = "redo"
            version = playlist_services.playlist_redo(playlist, base=base)
        case protocol.PlaylistRestore():
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


def own_playlist(user: User, uuid: UUID) -> Playlist:
    """Fetch a listener's own playlist. Raises Refused."""
    try:
        return playlist_services.get_playlist_for(user, uuid)
    except Playlist.DoesNotExist as error:
        raise Refused(
            ErrorCode.NOT_FOUND, "There is no such playlist of yours."
        ) from error


def playlist_now(user: User, uuid: UUID) -> protocol.PlaylistView:
    """Render a listener's own playlist as it is."""
    return playlist_view(user, current_version(own_playlist(user, uuid)))
