"""Runs a reply: from the planner's events to stored frames that every tab sees.

A turn belongs to the process and not to a socket: it goes on while nobody listens.
Frames travel over the channel layer's pub/sub, in batches and never word by word, so
that tabs on other web processes see them too; a client that misses one has the stored
copy.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import (
    AsyncGenerator,
    AsyncIterator,
    Callable,
    Coroutine,
    Sequence,
)
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

from accounts.models import User
from catalog.stored import tracks_held
from chat import given, services
from chat.agent.choices import choice_from_json
from chat.agent.events import (
    AgentEvent,
    Finished,
    PlaylistMoved,
    Remembered,
    Said,
    Suggested,
)
from chat.agent.offering import taking_offer
from chat.agent.state import State
from chat.agent.turn import FIRST_STEP, Planner, Turn
from chat.closing import Closed, message_close
from chat.gathering import gathered
from chat.models import Conversation, Message
from chat.rendering import FrameJson, frames_of, playlist_frame, step_frame
from chat.stops import stop_ask
from chat.threads import in_thread, labour_count
from playlists.models import Playlist

logger = logging.getLogger(__name__)

# Words that arrive within this time go out in one frame: a frame a word would drown
# slow clients, and the eye sees no difference below about 50 ms.
DELTA_WINDOW_S = 0.04
HEARTBEAT_S = 3.0
TURN_TIMEOUT_S = 180
# So many turns may wait for their first words, or for a core: some seconds' worth. Who
# asks then is told so at once, and those who have asked aren't kept waiting longer.
MOST_WAITING = 48

_running: set[asyncio.Task[None]] = set()
# Replies that this process writes, by their message, as long as they can be stopped.
_writing: dict[UUID, asyncio.Task[None]] = {}
# Those of which nothing was told yet.
_silent: set[UUID] = set()


def user_group(user_id: int) -> str:
    """Name the group of all sockets of one listener."""
    return f"user.{user_id}"


@dataclass(frozen=True)
class Posting:
    """Where a turn's frames go."""

    user: User
    conversation: Conversation
    message: Message | None

    async def post(self, *frames: FrameJson, **extra: Any) -> None:
        """Store frames and send them to all sockets of the listener."""
        await self.post_made(lambda: frames, **extra)

    async def post_made(
        self, make: Callable[[], Sequence[FrameJson]], **extra: Any
    ) -> None:
        """Make frames on a thread, store them, and send them as `post` does."""

        def stored() -> list[FrameJson]:
            frames = make()
            message = self.message.pk if self.message else None
            if not frames:
                return []
            return services.events_append(self.conversation.pk, message, frames)

        if frames := await in_thread(stored)():
            await publish(self.user, *frames, **extra)


async def publish(user: User, *frames: FrameJson, **extra: Any) -> None:
    """Send frames to all sockets of a listener."""
    if frames:
        await get_channel_layer().group_send(
            user_group(user.pk), {"type": "frames.out", "frames": frames, **extra}
        )


def publish_sync(user: User, *frames: FrameJson) -> None:
    """Send frames without a number to all sockets of a listener, from a view."""
    async_to_sync(publish)(user, *frames)


def post_sync(
    user: User, conversation: Conversation, frames: Sequence[FrameJson]
) -> None:
    """Store frames and send them to all sockets of a listener, from a view."""
    if frames:
        publish_sync(user, *services.events_append(conversation.pk, None, frames))


def is_crowded() -> bool:
    """Say whether this process has as many turns to begin as it can take."""
    return len(_silent) + labour_count() >= MOST_WAITING


def turn_begin(
    planner: Planner, *, user: User, conversation: Conversation, message: Message
) -> None:
    """Start the reply to a message in the background."""
    task = asyncio.create_task(
        _run_while_there(planner, Posting(user, conversation, message))
    )
    _running.add(task)
    task.add_done_callback(_running.discard)


async def waiting_begin(
    planner: Planner, *, user: User, conversation: Conversation
) -> None:
    """Begin the reply to what waits in a conversation, if its time has come."""
    message = await in_thread(services.waiting_take)(conversation)
    if message is not None:
        posting = Posting(user, message.conversation, message)
        await posting.post(*announcement(message))
        turn_begin(
            planner, user=user, conversation=message.conversation, message=message
        )


def announcement(
    message: Message, *, replaces: UUID | None = None, set_aside: Sequence[UUID] = ()
) -> list[FrameJson]:
    """Render that a message is stored, and that its reply begins."""
    return [
        {
            "type": "message.accepted",
            "id": None,
            "message": str(message.uuid),
            "text": message.text,
            "title": message.conversation.title,
            "replaces": str(replaces) if replaces else None,
            "set_aside": [str(gone) for gone in set_aside],
        },
        step_frame(message, FIRST_STEP),
    ]


async def turn_stop(message: UUID) -> None:
    """Ask whichever process writes the reply to stop. No error if none does."""
    if not stop_here(message):
        await stop_ask(message)


def stop_here(message: UUID) -> bool:
    """Stop the reply to a message, if this process writes it. Say whether it does."""
    writing = _writing.pop(message, None)
    if writing is None:
        return False
    writing.cancel()
    return True


async def _run_while_there(planner: Planner, posting: Posting) -> None:
    try:
        with tracks_held():
            record = await _run(planner, posting)
        if record.has_waiting:
            await waiting_begin(
                planner, user=posting.user, conversation=posting.conversation
            )
    except Conversation.DoesNotExist:
        logger.info("A conversation was deleted while its reply was being written")


@dataclass
class _Record:
    """What a turn has brought so far.

    has_waiting: when it was closed, another message waited for that.
    """

    said: str = ""
    state: State | None = None
    version: int | None = None
    suggestions: tuple[str, ...] = ()
    is_closed: bool = False
    has_waiting: bool = False

    def note(self, events: Sequence[AgentEvent]) -> None:
        """Note what was told."""
        for event in events:
            match event:
                case Said(text=text):
                    self.said += text
                case PlaylistMoved(after_version=version):
                    self.version = version
                case Remembered(state=state):
                    self.state = state
                case Suggested(texts=texts):
                    self.suggestions = texts


async def _run(planner: Planner, posting: Posting) -> _Record:
    """Write a reply to its end, and close the turn."""
    message = _answered(posting)
    writing = asyncio.current_task()
    if writing is None:
        raise RuntimeError("a turn runs as a task")
    record = _Record(version=message.version_before_id)
    status, apology = Message.Status.DONE, ""
    _writing[message.uuid] = writing
    _silent.add(message.uuid)
    beating = asyncio.create_task(_beat(message))
    try:
        async with asyncio.timeout(TURN_TIMEOUT_S):
            turn = Turn(
                user=posting.user,
                conversation=posting.conversation,
                text=message.text,
                state=State.from_json(message.state_before),
                seed=message.pk,
                choice=choice_from_json(message.choice),
            )
            # All are closed before the turn is: a planner that is stopped in the
            # middle of an edit has to end it first.
            async with (
                aclosing(planner.run(taking_offer(turn))) as told,
                aclosing(_to_the_end(told)) as events,
                aclosing(gathered(events, window_s=DELTA_WINDOW_S)) as batches,
            ):
                async for batch in batches:
                    _silent.discard(message.uuid)
                    await _unbroken(_tell(posting, batch, record))
    except asyncio.CancelledError:
        status = Message.Status.STOPPED
    except Conversation.DoesNotExist:
        raise
    except TimeoutError:
        status, apology = Message.Status.FAILED, "This took too long, so I stopped."
    except Exception:
        if await in_thread(_is_gone)(posting.conversation):
            raise Conversation.DoesNotExist from None
        # The outermost edge of a turn: whatever broke, the listener hears of it.
        logger.exception("Reply to message %s failed", message.uuid)
        status = Message.Status.FAILED
        apology = "Something went wrong on my side. Please try that again."
    finally:
        _writing.pop(message.uuid, None)
        _silent.discard(message.uuid)
        beating.cancel()
        await asyncio.gather(beating, return_exceptions=True)
    if not record.is_closed:
        if apology:
            await _apologise(posting, record, apology)
        await _tell_of_edits_unseen(posting, record)
        await _close(posting, (), status, record)
    return record


def _answered(posting: Posting) -> Message:
    if posting.message is None:  # a turn always answers one
        raise ValueError("a turn needs a message")
    return posting.message


async def _to_the_end(
    events: AsyncIterator[AgentEvent],
) -> AsyncGenerator[AgentEvent, None]:
    """Give a planner's events, and that it has ended."""
    async for event in events:
        yield event
    yield Finished()


def _last_frames(
    message: Message, status: Message.Status, record: _Record
) -> list[FrameJson]:
    """Render what the end of a turn tells."""
    frames = []
    if record.state is not None:
        before = State.from_json(message.state_before)
        frames = given.given_frames(before.given, record.state.given, message)
    is_done = status == Message.Status.DONE
    done: FrameJson = {
        "type": "message.done",
        "message": str(message.uuid),
        "stopped": status == Message.Status.STOPPED,
        "suggestions": list(record.suggestions) if is_done else [],
    }
    return [*frames, done]


def _is_gone(conversation: Conversation) -> bool:
    return not Conversation.objects.filter(pk=conversation.pk).exists()


async def _beat(message: Message) -> None:
    """Give signs of life, so that nobody takes the reply for abandoned.

    A message that was stored just now has given one.
    """
    while True:
        await asyncio.sleep(HEARTBEAT_S)
        await in_thread(services.message_is_alive)(message)


async def _unbroken(telling: Coroutine[Any, Any, None]) -> None:
    """Finish telling an event even when the turn is stopped in the middle of it."""
    task = asyncio.ensure_future(telling)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await task
        raise


def _version_shown(posting: Posting) -> int | None:
    conversation = Conversation.objects.select_related("playlist").get(
        pk=posting.conversation.pk
    )
    return conversation.playlist.current_id if conversation.playlist else None


async def _tell_of_edits_unseen(posting: Posting, record: _Record) -> None:
    """Tell of an edit that was made in the moment when the turn was stopped."""
    version = await in_thread(_version_shown)(posting)
    if version is None or record.version is None:
        return
    if version != record.version:
        moved = PlaylistMoved(record.version, version, words="stopped edit")
        await _tell(posting, [moved], record)


async def _apologise(posting: Posting, record: _Record, words: str) -> None:
    words = f"\n\n{words}" if record.said else words
    await _tell(posting, [Said(words)], record)


async def _tell(
    posting: Posting, events: Sequence[AgentEvent], record: _Record
) -> None:
    """Tell what happened, and close the turn where that is its end."""
    if isinstance(events[-1], Finished):
        await _close(posting, events, Message.Status.DONE, record)
        return
    message = _answered(posting)
    await posting.post_made(partial(frames_of, posting.user, message, events))
    record.note(events)


async def _close(
    posting: Posting,
    events: Sequence[AgentEvent],
    status: Message.Status,
    record: _Record,
) -> None:
    """Tell what happened last, and close the turn, in one go."""
    message = _answered(posting)

    def closed() -> Closed:
        ended = replace(record)
        ended.note(events)
        return message_close(
            message,
            status=status,
            reply=ended.said,
            state=ended.state.to_json() if ended.state else None,
            frames=frames_of(posting.user, message, events),
            last=_last_frames(message, status, ended),
        )

    told = await in_thread(closed)()
    record.note(events)
    record.is_closed, record.has_waiting = True, told.has_waiting
    await publish(posting.user, *told.frames)


def playlist_tell(playlist: Playlist, *, before: int, after: int, words: str) -> None:
    """Tell a listener's tabs of a change that a page has made, from a view."""
    user = playlist.owner
    moved = PlaylistMoved(before, after, words, author="listener")
    frame = playlist_frame(user, moved)
    conversation = Conversation.objects.filter(playlist=playlist).first()
    if conversation is None:
        publish_sync(user, frame)
    else:
        async_to_sync(Posting(user, conversation, None).post)(frame)
