"""Runs a reply: from the planner's events to stored frames that every tab sees.

A turn belongs to the process and not to a socket: it goes on while nobody listens.
Frames travel over the channel layer's pub/sub, in batches and never word by word, so
that tabs on other web processes see them too; a client that misses one has the stored
copy.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

from accounts.models import User
from chat import given, services, showing, wire
from chat.agent.changes import list_diff
from chat.agent.choices import choice_from_json
from chat.agent.events import (
    AgentEvent,
    PlaylistMoved,
    Remembered,
    Said,
    Shown,
    Stepped,
    Suggested,
)
from chat.agent.state import State
from chat.agent.tools import songs_of
from chat.agent.turn import Planner, Turn
from chat.branching import TakenUp
from chat.coalescing import coalesced
from chat.models import Conversation, Message
from chat.protocol.events import Reason
from chat.threads import in_thread
from playlists.edits import content_diff
from playlists.models import Playlist, PlaylistVersion
from playlists.services import version_content

logger = logging.getLogger(__name__)

# Words that arrive within this time go out in one frame: a frame a word would drown
# slow clients, and the eye sees no difference below about 50 ms.
DELTA_WINDOW_S = 0.04
HEARTBEAT_S = 3.0
TURN_TIMEOUT_S = 180

_running: set[asyncio.Task[None]] = set()


def user_group(user_id: int) -> str:
    """Name the group of all sockets of one listener."""
    return f"user.{user_id}"


def turn_group(message: UUID) -> str:
    """Name the group that the runner of one reply listens to."""
    return f"turn.{message}"


@dataclass(frozen=True)
class Posting:
    """Where a turn's frames go."""

    user: User
    conversation: Conversation
    message: Message | None

    async def post(self, frame: dict[str, Any], **extra: Any) -> None:
        """Store a frame and send it to all sockets of the listener."""
        complete = await in_thread(services.event_append)(
            self.conversation.pk, self.message.pk if self.message else None, frame
        )
        await publish(self.user, complete, **extra)


async def publish(user: User, frame: dict[str, Any], **extra: Any) -> None:
    """Send a frame to all sockets of a listener."""
    await get_channel_layer().group_send(
        user_group(user.pk), {"type": "frame.out", "frame": frame, **extra}
    )


def publish_sync(user: User, frame: dict[str, Any]) -> None:
    """Send a frame without a number to all sockets of a listener, from a view."""
    async_to_sync(publish)(user, frame)


def post_sync(
    user: User, conversation: Conversation, frames: list[dict[str, Any]]
) -> None:
    """Store frames and send them to all sockets of a listener, from a view."""
    for frame in frames:
        publish_sync(user, services.event_append(conversation.pk, None, frame))


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
        await message_announce(Posting(user, message.conversation, message))
        turn_begin(
            planner, user=user, conversation=message.conversation, message=message
        )


async def message_announce(
    posting: Posting,
    *,
    asked_by: str = "",
    asked_as: str | int | None = None,
    replaces: UUID | None = None,
    set_aside: Sequence[UUID] = (),
) -> None:
    """Tell all tabs that a message is stored, and the asking one that it is its own."""
    if posting.message is None:
        raise ValueError("there is no message to announce")
    await posting.post(
        {
            "type": "message.accepted",
            "id": None,
            "message": str(posting.message.uuid),
            "text": posting.message.text,
            "title": posting.conversation.title,
            "replaces": str(replaces) if replaces else None,
            "set_aside": [str(gone) for gone in set_aside],
        },
        asked_by=asked_by,
        asked_as=asked_as,
    )


async def turn_stop(message: UUID) -> None:
    """Ask whichever process writes the reply to stop. No error if none does."""
    await get_channel_layer().group_send(turn_group(message), {"type": "turn.stop"})


async def _run_while_there(planner: Planner, posting: Posting) -> None:
    try:
        await _run(planner, posting)
        await waiting_begin(
            planner, user=posting.user, conversation=posting.conversation
        )
    except Conversation.DoesNotExist:
        logger.info("A conversation was deleted while its reply was being written")


async def _run(planner: Planner, posting: Posting) -> None:
    message = posting.message
    if message is None:  # a turn always answers one
        raise ValueError("a turn needs a message")
    writing = asyncio.current_task()
    if writing is None:
        raise RuntimeError("a turn runs as a task")
    record = _Record(version=await in_thread(_version_shown)(posting))
    status = Message.Status.DONE
    beside = [
        asyncio.create_task(_listen_for_stop(message.uuid, writing)),
        asyncio.create_task(_beat(message)),
    ]
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
            # Both are closed before the turn is: a planner that is stopped in the
            # middle of an edit has to end it first.
            async with (
                aclosing(planner.run(turn)) as events,
                aclosing(coalesced(events, window_s=DELTA_WINDOW_S)) as told,
            ):
                async for event in told:
                    await _unbroken(_tell(posting, event, record))
    except asyncio.CancelledError:
        status = Message.Status.STOPPED
    except Conversation.DoesNotExist:
        raise
    except TimeoutError:
        status = Message.Status.FAILED
        await _apologise(posting, record, "This took too long, so I stopped.")
    except Exception:
        if await in_thread(_is_gone)(posting.conversation):
            raise Conversation.DoesNotExist from None
        # The outermost edge of a turn: whatever broke, the listener hears of it.
        logger.exception("Reply to message %s failed", message.uuid)
        status = Message.Status.FAILED
        await _apologise(
            posting, record, "Something went wrong on my side. Please try that again."
        )
    finally:
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
    await _tell_of_edits_unseen(posting, record)
    is_open = await in_thread(services.message_finish)(
        message,
        status=status,
        reply=record.said,
        state=record.state.to_json() if record.state else None,
    )
    if is_open:
        if record.state is not None:
            before, after = message.state_before, record.state.to_json()
            for frame in await in_thread(given.given_frames)(before, after, message):
                await posting.post(frame)
        await posting.post(
            {
                "type": "message.done",
                "message": str(message.uuid),
                "stopped": status == Message.Status.STOPPED,
                "suggestions": list(record.suggestions)
                if status == Message.Status.DONE
                else [],
            }
        )


def _is_gone(conversation: Conversation) -> bool:
    return not Conversation.objects.filter(pk=conversation.pk).exists()


async def _beat(message: Message) -> None:
    """Give signs of life, so that nobody takes the reply for abandoned."""
    while True:
        await in_thread(services.message_is_alive)(message)
        await asyncio.sleep(HEARTBEAT_S)


@dataclass
class _Record:
    """What a turn has brought so far."""

    said: str = ""
    state: State | None = None
    version: int | None = None
    suggestions: tuple[str, ...] = ()


async def _listen_for_stop(message: UUID, writing: asyncio.Task[None]) -> None:
    layer = get_channel_layer()
    channel = await layer.new_channel()
    await layer.group_add(turn_group(message), channel)
    try:
        await layer.receive(channel)
        writing.cancel()
    finally:
        await layer.group_discard(turn_group(message), channel)


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
        await _tell(posting, moved, record)


async def _apologise(posting: Posting, record: _Record, words: str) -> None:
    words = f"\n\n{words}" if record.said else words
    await _tell(posting, Said(words), record)


async def _tell(posting: Posting, event: AgentEvent, record: _Record) -> None:
    message = str(posting.message.uuid) if posting.message else ""
    match event:
        case Said(text=text):
            record.said += text
            await posting.post(
                {"type": "message.delta", "message": message, "text": text}
            )
        case Stepped(name=name, status=status, detail=detail):
            await posting.post(
                {
                    "type": "step",
                    "message": message,
                    "name": name,
                    "status": status,
                    "detail": detail,
                }
            )
        case Shown():
            frame = await in_thread(_tracks_frame)(posting.user, event)
            await posting.post({"type": "tracks", "message": message, **frame})
        case PlaylistMoved():
            frame = await in_thread(playlist_frame)(posting.user, event)
            await posting.post(frame)
            record.version = event.after_version
        case Remembered(state=state):
            record.state = state
        case Suggested(texts=texts):
            record.suggestions = texts


def _tracks_frame(user: User, shown: Shown) -> dict[str, Any]:
    reasons = {
        track: [Reason(kind=r.kind, text=r.text) for r in why]
        for track, why in shown.reasons.items()
    }
    proofs = showing.proof_views(shown.proofs)
    views = wire.track_views(user, shown.track_ids, reasons, proofs)
    plays = shown.plays if shown.plays in shown.track_ids else None
    heard = wire.track_views(user, [plays]) if plays is not None else []
    return {
        "tracks": [view.model_dump(mode="json") for view in views],
        "play": str(heard[0].id) if heard else None,
    }


def playlist_frame(user: User, moved: PlaylistMoved) -> dict[str, Any]:
    """Render a playlist's step from one version to another, without its number."""
    versions = PlaylistVersion.objects.select_related("playlist").in_bulk(
        [moved.before_version, moved.after_version]
    )
    before, after = versions[moved.before_version], versions[moved.after_version]
    was, now = version_content(before), version_content(after)
    figures = list_diff(was, now, songs_of({*was.tracks, *now.tracks}))
    change = showing.change_view(
        content_diff(was, now), figures, author=moved.author, words=moved.words
    )
    return {
        "type": "playlist",
        "playlist": wire.playlist_view(user, after).model_dump(mode="json"),
        "change": change.model_dump(mode="json"),
    }


def taken_up_frames(user: User, taken: TakenUp) -> list[dict[str, Any]]:
    """Render a branch that stands again, and the list that came along, unnumbered."""
    frames: list[dict[str, Any]] = [
        {
            "type": "branch.taken_up",
            "id": None,
            "standing": [str(message.uuid) for message in taken.standing],
            "set_aside": [str(message.uuid) for message in taken.set_aside],
        }
    ]
    if taken.before is not None and taken.after not in (None, taken.before):
        moved = PlaylistMoved(
            taken.before, taken.after, "earlier talk taken up", author="listener"
        )
        frames.append(playlist_frame(user, moved))
    now = State.from_json(taken.conversation.state).given
    frames.append(given.given_frame(now, None))
    return frames


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
