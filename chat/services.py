"""Conversations, messages and their stored events."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import User
from chat.agent.choices import Choice, choice_to_json
from chat.agent.living import request_of
from chat.agent.state import Given, State
from chat.beginning import FrameJson, talk_write
from chat.models import Conversation, Event, Message, WaitingMessage
from playlists.living import living_ask, living_of
from playlists.models import Playlist, PlaylistVersion
from playlists.services import playlist_copy, playlist_create, playlist_delete_if_empty

Status = Message.Status
TITLE_CHARS = 60

# The process that writes a reply gives a sign of life every few seconds
# (turns.HEARTBEAT_S); one that hasn't for so long is gone.
ABANDONED_AFTER = timedelta(seconds=10)
SILENT_AFTER = timedelta(seconds=5)


class Busy(Exception):
    """A reply is still being written in this conversation, or something waits there."""


def get_conversation_for(user: User, uuid: UUID) -> Conversation:
    """Fetch a listener's own conversation. Raises Conversation.DoesNotExist."""
    return Conversation.objects.select_related("playlist").get(owner=user, uuid=uuid)


@transaction.atomic(savepoint=False)
def conversation_start(*, owner: User, text: str) -> Conversation:
    """Begin a conversation, with its playlist, titled by the first words."""
    title = title_of(text)
    playlist = playlist_create(owner=owner, title=title)
    return Conversation.objects.create(owner=owner, title=title, playlist=playlist)


@transaction.atomic
def conversation_about(
    playlist: Playlist, *, given: Given | None = None
) -> Conversation:
    """Return the conversation of a playlist; begun where there is none, or no more.

    given: what is taken as given in one that begins.
    """
    # Of two clicks the second finds what the first has begun.
    list(Playlist.objects.select_for_update().filter(pk=playlist.pk))
    held = Conversation.objects.filter(playlist=playlist).first()
    if held is not None:
        return held
    version = playlist.current
    living = living_of(playlist.pk)
    saved = State.from_json(living.request) if living else State()
    given = given or saved.given
    size = len(version.track_ids) if version else 0
    state = State(given=replace(given, size=size or given.size))
    return Conversation.objects.create(
        owner=playlist.owner,
        title=title_of(version.title if version else ""),
        playlist=playlist,
        state=state.to_json(),
    )


def conversation_from_version(
    version: PlaylistVersion,
    *,
    owner: User,
    title: str = "",
    given: Given | None = None,
) -> Conversation:
    """Begin a conversation about a copy of a version, which stays as it is itself.

    title: of the copy, "" for that of the version.
    """
    with transaction.atomic():
        copy = playlist_copy(version, owner=owner, title=title)
        return conversation_about(copy, given=given)


def conversation_rename(conversation: Conversation, *, title: str) -> None:
    """Give a conversation another title. Raises ValidationError."""
    conversation.title = title
    conversation.full_clean(exclude=["owner", "playlist", "state"])
    conversation.save(update_fields=["title", "updated_at"])


def conversation_pin(conversation: Conversation, *, is_pinned: bool) -> None:
    """Put a conversation above the others in lists, or back among them."""
    conversation.pinned_at = timezone.now() if is_pinned else None
    # Its place among the others is still that of its last message.
    conversation.save(update_fields=["pinned_at"])


@transaction.atomic
def conversation_delete(conversation: Conversation) -> None:
    """Delete a conversation with its messages. Its playlist stays, unless empty.

    A reply that is being written ends at its next event, which has nowhere to go.
    """
    playlist = conversation.playlist
    if playlist:
        living_ask(
            playlist, request=request_of(State.from_json(conversation.state).given)
        )
    conversation.delete()
    if playlist:
        playlist_delete_if_empty(playlist)


@transaction.atomic
def playlist_delete(playlist: Playlist) -> Conversation | None:
    """Delete a playlist. A conversation about it goes on with a new, empty one.

    Returns that conversation. Raises Busy while a reply is being written in it.
    """
    # The lock that a new message waits for.
    held = Conversation.objects.select_for_update().filter(playlist=playlist).first()
    if held is not None:
        messages_mark_interrupted(held)
        if held.messages.filter(status=Status.RUNNING).exists():
            raise Busy
        held.playlist = playlist_create(owner=held.owner, title=held.title)
        held.save(update_fields=["playlist"])
    # An edit by hand at this moment is waited for, or finds no list.
    Playlist.objects.select_for_update().filter(pk=playlist.pk).first()
    playlist.delete()
    return held


def message_say(
    *,
    owner: User,
    conversation: Conversation | None,
    text: str,
    choice: Choice | None = None,
    tell: Callable[[Message], Sequence[FrameJson]],
) -> tuple[Message, list[FrameJson]]:
    """Store what was said, in a new conversation where there is none. Raises Busy.

    tell: renders the frames that tell of it. Returns them as they are stored.
    """
    if conversation is not None:
        message = message_accept(conversation, text=text, choice=choice)
        frames = tell(message)
        return message, events_append(conversation.pk, message.pk, frames)
    title = title_of(text)
    with transaction.atomic():
        playlist = playlist_create(owner=owner, title=title)
        conversation = Conversation(owner=owner, title=title, playlist=playlist)
        message = Message(
            conversation=conversation,
            text=text,
            choice=choice_to_json(choice),
            version_before=playlist.current,
        )
        return message, talk_write(conversation, message, tell)


def message_accept(
    conversation: Conversation,
    *,
    text: str,
    choice: Choice | None = None,
    waited: WaitingMessage | None = None,
) -> Message:
    """Store what was said. Raises Busy while another reply is being written.

    choice: what was chosen on the page, which the text tells. waited: what has waited
    for this moment, and is a message from now on. What comes while something else waits
    is Busy too: messages are answered in their order.
    """
    messages_mark_interrupted(conversation)
    try:
        with transaction.atomic():
            # As it is now: the caller's copy may be older than the last reply.
            held = (
                Conversation.objects.select_for_update(of=("self",))
                .select_related("playlist")
                .get(pk=conversation.pk)
            )
            if waited is not None:
                if not WaitingMessage.objects.filter(pk=waited.pk).delete()[0]:
                    raise Busy  # somebody else has taken it
            elif WaitingMessage.objects.filter(conversation=held).exists():
                raise Busy
            message = Message.objects.create(
                conversation=conversation,
                text=text,
                choice=waited.choice if waited else choice_to_json(choice),
                state_before=held.state,
                version_before_id=held.playlist.current_id if held.playlist else None,
                **({"uuid": waited.uuid} if waited else {}),
            )
            conversation.save(update_fields=["updated_at"])
            return message
    except IntegrityError as error:
        raise Busy from error


def message_wait(
    conversation: Conversation, *, text: str, choice: Choice | None = None
) -> WaitingMessage:
    """Keep what was said until the reply that is being written is over.

    Raises Busy when something waits already.
    """
    try:
        with transaction.atomic():
            return WaitingMessage.objects.create(
                conversation=conversation, text=text, choice=choice_to_json(choice)
            )
    except IntegrityError as error:
        raise Busy from error


def waiting_take(conversation: Conversation) -> Message | None:
    """Make what waits a message, if anything waits and no reply is being written."""
    waiting = WaitingMessage.objects.filter(conversation=conversation)
    # Nearly always nothing waits, and that is told for a third of what reading it takes.
    if not waiting.exists():
        return None
    waited = waiting.select_related("conversation__playlist").first()
    if waited is None:
        return None
    try:
        return message_accept(waited.conversation, text=waited.text, waited=waited)
    except Busy:
        return None  # its turn comes with the end of that reply


def waiting_drop(user: User, uuid: UUID) -> Conversation | None:
    """Take back what waits. Returns its conversation; None where nothing did."""
    waited = WaitingMessage.objects.select_related("conversation").filter(
        uuid=uuid, conversation__owner=user
    )
    with transaction.atomic():
        held = waited.select_for_update(of=("self",)).first()
        if held is None:
            return None
        held.delete()
    conversation: Conversation = held.conversation
    return conversation


def message_finish(
    message: Message, *, status: Status, reply: str, state: dict[str, Any] | None
) -> bool:
    """Close a turn: its reply and, where it got that far, the agent's new memory.

    Returns False, and changes nothing, when the turn is closed already or gone.
    """
    with transaction.atomic():
        running = Message.objects.filter(pk=message.pk, status=Status.RUNNING)
        closed = running.update(status=status, reply=reply, finished_at=timezone.now())
        if closed and state is not None:
            Conversation.objects.filter(pk=message.conversation_id).update(state=state)
        return bool(closed)


def message_is_alive(message: Message) -> None:
    """Note a sign of life of the process that writes the reply."""
    Message.objects.filter(pk=message.pk).update(alive_at=timezone.now())


def messages_mark_interrupted(conversation: Conversation) -> list[dict[str, Any]]:
    """Close replies whose process is gone. Returns the frames that tell of it."""
    gone = conversation.messages.filter(
        status=Status.RUNNING, alive_at__lt=timezone.now() - ABANDONED_AFTER
    )
    frames = (message_interrupt(message) for message in gone)
    return [frame for frame in frames if frame is not None]


def message_interrupt(message: Message) -> dict[str, Any] | None:
    """Close a reply that nobody writes any more, keeping what was said.

    Returns the stored frame, or None when the reply was closed already.
    """
    deltas = message.events.filter(frame__type="message.delta").order_by("seq")
    said = "".join(event.frame["text"] for event in deltas)
    if not message_finish(message, status=Status.INTERRUPTED, reply=said, state=None):
        return None
    frame = {
        "type": "message.done",
        "message": str(message.uuid),
        "stopped": True,
        "interrupted": True,
    }
    return event_append(message.conversation_id, message.pk, frame)


def message_interrupt_if_silent(message: Message) -> dict[str, Any] | None:
    """Close a reply that was told to stop and whose process shows no life.

    Returns the stored frame, or None when the reply lives or was closed already.
    """
    message.refresh_from_db()
    if timezone.now() - message.alive_at < SILENT_AFTER:
        return None
    return message_interrupt(message)


def event_append(
    conversation_id: int, message_id: int | None, frame: dict[str, Any]
) -> dict[str, Any]:
    """Store a frame under the conversation's next number; return it complete."""
    return events_append(conversation_id, message_id, [frame])[0]


def events_append(
    conversation_id: int, message_id: int | None, frames: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Store frames under the conversation's next numbers; return them complete.

    The conversation's row lock puts concurrent writers in line, so that numbers have
    no gap and are seen in order. One statement.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH numbered AS (
                UPDATE chat_conversation SET last_seq = last_seq + %(count)s
                WHERE id = %(conversation)s
                RETURNING id, uuid, last_seq - %(count)s AS before
            )
            INSERT INTO chat_event (conversation_id, seq, message_id, frame, created_at)
            SELECT id, before + place, %(message)s,
                   frame || jsonb_build_object(
                       'conversation', uuid, 'seq', before + place
                   ),
                   now()
            FROM numbered,
                 jsonb_array_elements(%(frames)s::jsonb)
                 WITH ORDINALITY AS given (frame, place)
            RETURNING seq, frame ->> 'conversation'
            """,
            {
                "conversation": conversation_id,
                "message": message_id,
                "count": len(frames),
                "frames": json.dumps(frames),
            },
        )
        rows = cursor.fetchall()
    if not rows:
        raise Conversation.DoesNotExist
    first, conversation = min(rows)
    return [
        {**frame, "conversation": conversation, "seq": seq}
        for seq, frame in enumerate(frames, first)
    ]


def events_after(
    conversation: Conversation, seq: int, *, until: int | None = None
) -> list[dict[str, Any]]:
    """Return the stored frames numbered above `seq` (to `until`, where given)."""
    events = Event.objects.filter(conversation=conversation, seq__gt=seq)
    if until is not None:
        events = events.filter(seq__lte=until)
    return list(events.order_by("seq").values_list("frame", flat=True))


def title_of(text: str) -> str:
    """Return the title that a conversation gets from its first words."""
    line = " ".join(text.split())
    if len(line) <= TITLE_CHARS:
        return line
    return line[:TITLE_CHARS].rsplit(" ", 1)[0] + "…"
