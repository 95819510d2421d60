"""The websocket: who may speak, how much, and what each frame asks for.

Handlers return at once; a reply runs as a task of the process (chat.turns), so that
"stop" is heard while it is being written. The consumer knows nothing of music.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from functools import partial
from typing import Any
from uuid import UUID

from channels.consumer import get_handler_name
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from accounts.models import User
from chat import branching, deeds, given, ruling, services, turns
from chat.access import is_still_welcome
from chat.agent.planners import planner_for
from chat.codes import CloseCode, ErrorCode, Refused
from chat.flood import Bucket
from chat.frames import id_of, parsed, validated
from chat.models import Conversation, Message
from chat.protocol import events, requests
from chat.protocol.frame import SUBPROTOCOL, Frame
from chat.rendering import taken_up_frames
from chat.speaking import BUSY, Heard, Speaker
from chat.stops import stops_hear
from chat.threads import in_thread
from playlists import edits

logger = logging.getLogger(__name__)

# Frames a second that a connection may send; bursts of five seconds' worth.
FRAMES_PER_S = 20
# How long a living process may take to stop a reply.
STOP_GRACE_S = 1.0


class ChatConsumer(AsyncJsonWebsocketConsumer):  # type: ignore[misc]
    """One connection of one listener."""

    user: User
    speaker: Speaker

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Hand a message to its handler.

        Without Channels' look for old connections to the database, which takes a
        thread each time: handlers use none on the event loop's thread.
        """
        await getattr(self, get_handler_name(message))(message)

    async def connect(self) -> None:
        offered = self.scope.get("subprotocols", [])
        known = SUBPROTOCOL in offered
        await self.accept(SUBPROTOCOL if known else None)
        user = self.scope.get("user")
        if user is None or not user.is_authenticated:
            await self.hang_up(CloseCode.SIGN_IN)
            return
        if offered and not known:
            await self.hang_up(CloseCode.SUBPROTOCOL)
            return
        self.user = user
        self.speaker = Speaker(user, self.channel_name)
        self.bucket = Bucket(rate_per_s=FRAMES_PER_S, burst=5 * FRAMES_PER_S)
        self.warned_of_flood = False
        self.watched: set[asyncio.Task[None]] = set()
        # The newest number that this client was sent, by conversation.
        self.sent_seq: dict[str, int] = {}
        # What it was sent before it said a word, by conversation: the first number.
        self.sent_unasked: dict[str, int] = {}
        self.has_spoken = False
        stops_hear(turns.stop_here)
        await self.channel_layer.group_add(turns.user_group(user.pk), self.channel_name)
        planner = await planner_for(user)
        never = await in_thread(ruling.refused_view)(user)
        await self.send_frame(
            events.Hello(user=user.username, planner=planner.name, never=never)
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
            data = parsed(text_data)
            request_id = id_of(data)
            await self._carry_out(validated(data))
            self.has_spoken = True
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

    async def _carry_out(self, request: requests.ClientFrame) -> None:
        match request:
            case requests.MessageSend():
                await self._send_message(request)
            case requests.MessageEdit():
                await self._edit_message(request)
            case requests.BranchTakeUp():
                await self._take_up_branch(request)
            case requests.MessageStop():
                await self._stop_message(request)
            case requests.ReactionSet():
                await self._set_reaction(request)
            case requests.NeverSet():
                await self._set_never(request)
            case requests.PlaylistRequest():
                await self._change_playlist(request)
            case requests.RefreshSeen():
                await in_thread(deeds.see_refresh)(self.user, request)
            case requests.ConstraintSet() | requests.MoodSet():
                await self._choose(request)
            case requests.ConversationResume():
                await self._resume(request)
            case requests.Ping():
                await self.send_frame(events.Pong(id=request.id))

    async def _send_message(self, request: requests.MessageSend) -> None:
        await self.speaker.say(partial(self._heard, request), asked_as=request.id)

    def _heard(self, request: requests.MessageSend) -> Heard:
        return Heard(self._talk_of(request.conversation), request.text)

    async def _choose(self, request: requests.ConstraintSet | requests.MoodSet) -> None:
        await self.speaker.say(partial(self._chosen, request), asked_as=request.id)

    def _chosen(self, request: requests.ConstraintSet | requests.MoodSet) -> Heard:
        conversation = self._talk_of(request.conversation)
        words, choice = given.choice_of(conversation, request)
        return Heard(conversation, words, choice)

    def _talk_of(self, uuid: UUID | None) -> Conversation | None:
        return deeds.conversation_of(self.user, uuid) if uuid else None

    async def _edit_message(self, request: requests.MessageEdit) -> None:
        await self.speaker.refuse_if_too_often()
        edited = await in_thread(deeds.message_of)(self.user, request)
        before = deeds.seen(edited.conversation)
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
        posting = turns.Posting(self.user, message.conversation, message)
        told = turns.announcement(
            message, replaces=edited.uuid, set_aside=[gone.uuid for gone in aside]
        )
        await posting.post(*told, asked_by=self.channel_name, asked_as=request.id)
        await posting.post_made(partial(deeds.gone_back, self.user, message, before))
        title = message.conversation.title
        if title != edited.conversation.title:
            renamed = events.ConversationRenamed(
                conversation=message.conversation.uuid, title=title
            )
            await turns.publish(self.user, renamed.model_dump(mode="json"))
        await self.speaker.begin(message)

    async def _take_up_branch(self, request: requests.BranchTakeUp) -> None:
        message = await in_thread(deeds.message_of)(self.user, request)
        try:
            taken = await in_thread(branching.branch_take_up)(message)
        except services.Busy as error:
            raise Refused(ErrorCode.BUSY, BUSY) from error
        except branching.Stands as error:
            raise Refused(ErrorCode.STANDS, "That message wasn't set aside.") from error
        posting = turns.Posting(self.user, taken.conversation, None)
        told, *more = await in_thread(taken_up_frames)(self.user, taken)
        await posting.post(told, asked_by=self.channel_name, asked_as=request.id)
        await posting.post(*more)

    async def _stop_message(self, request: requests.MessageStop) -> None:
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

    async def _set_reaction(self, request: requests.ReactionSet) -> None:
        held = await in_thread(deeds.react)(self.user, request)
        await turns.publish(
            self.user,
            {
                "type": "reaction",
                "id": None,
                "track": str(request.track),
                "value": str(held),
            },
            asked_by=self.channel_name,
            asked_as=request.id,
        )

    async def _set_never(self, request: requests.NeverSet) -> None:
        asked = ruling.Asked(self.channel_name, request)
        await in_thread(ruling.rule_out)(self.user, asked)

    async def _change_playlist(self, request: requests.PlaylistRequest) -> None:
        try:
            conversation, frames = await in_thread(deeds.change_playlist)(
                self.user, request
            )
        except edits.Stale as stale:
            await self.send_error(request.id, ErrorCode.STALE, str(stale))
            await self._tell_list(request)
            return
        asked = {"asked_by": self.channel_name, "asked_as": request.id}
        if conversation is None:
            await turns.publish(self.user, *frames, **asked)
        else:
            await turns.Posting(self.user, conversation, None).post(*frames, **asked)
        if not any(frame["type"] == "playlist" for frame in frames):
            await self._tell_list(request)

    async def _tell_list(self, request: requests.PlaylistRequest) -> None:
        """Answer a change that there was no need or no way to make."""
        view = await in_thread(deeds.playlist_now)(self.user, request.playlist)
        await self.send_frame(events.PlaylistState(id=request.id, playlist=view))

    async def _resume(self, request: requests.ConversationResume) -> None:
        conversation = await self._conversation(request.conversation)
        ended = await in_thread(services.messages_mark_interrupted)(conversation)
        await turns.publish(self.user, *ended)
        held = self._held_by_client(request)
        frames = await in_thread(services.events_after)(conversation, held)
        seq = held
        for frame in frames:
            await self.send_json(frame)
            seq = frame["seq"]
        self.sent_seq[str(conversation.uuid)] = seq
        await self.send_frame(
            events.Resumed(id=request.id, conversation=conversation.uuid, upto=seq)
        )
        await self.speaker.begin_waiting(conversation)

    def _held_by_client(self, request: requests.ConversationResume) -> int:
        """Return the newest number that needs no replay.

        A client that has just connected may be sent what is being written before its
        first words arrive, which is to resume; what follows its number isn't sent twice.
        """
        conversation = str(request.conversation)
        first = self.sent_unasked.get(conversation)
        if self.has_spoken or first != request.after + 1:
            return request.after
        return self.sent_seq[conversation]

    async def _conversation(self, uuid: UUID) -> Conversation:
        found: Conversation = await in_thread(deeds.conversation_of)(self.user, uuid)
        return found

    # --- to the client ----------------------------------------------------------

    async def access_ended(self, message: dict[str, Any]) -> None:
        """Close the socket when what it was opened with holds no longer."""
        if not await in_thread(is_still_welcome)(self.scope):
            await self.hang_up(CloseCode.SIGN_IN)

    async def frames_out(self, message: dict[str, Any]) -> None:
        """Pass on frames of this listener, in order and without a gap."""
        for frame in message["frames"]:
            if message.get("asked_by") == self.channel_name and "id" in frame:
                frame = {**frame, "id": message["asked_as"]}
            await self._pass_on(frame)

    async def _pass_on(self, frame: dict[str, Any]) -> None:
        if "seq" in frame:
            conversation, seq = frame["conversation"], frame["seq"]
            if not self.has_spoken:
                self.sent_unasked.setdefault(conversation, seq)
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

    async def send_frame(self, frame: Frame) -> None:
        """Send one of the protocol's own frames."""
        await self.send_json(frame.model_dump(mode="json"))

    async def send_error(
        self, request_id: str | int | None, code: ErrorCode, detail: str
    ) -> None:
        """Tell the client what was not done."""
        await self.send_frame(events.Error(id=request_id, code=code, detail=detail))
