"""Conversations, messages and their stored events."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import User
from chat.models import Conversation, Event, Message
from playlists.services import playlist_create

Status = Message.Status
TITLE_CHARS = 60

# A reply that has written nothing for so long belongs to a process that is gone:
# a running one stores an event every few seconds at the least.
ABANDONED_AFTER = timedelta(seconds=120)


class Busy(Exception):
    """A reply is still being written in this conversation."""


def get_conversation_for(user: User, uuid: UUID) -> Conversation:
    """Fetch a listener's own conversation. Raises Conversation.DoesNotExist."""
    return Conversation.objects.select_related("playlist").get(owner=user, uuid=uuid)


@transaction.atomic
def conversation_start(*, owner: User, text: str) -> Conversation:
    """Begin a conversation, with its playlist, titled by the first words."""
    title = _title_of(text)
    playlist = playlist_create(owner=owner, title=title)
    return Conversation.objects.create(owner=owner, title=title, playlist=playlist)


def message_accept(conversation: Conversation, *, text: str) -> Message:
    """Store what was said. Raises Busy while another reply is being written."""
    messages_mark_interrupted(conversation)
    try:
        with transaction.atomic():
            message = Message.objects.create(
                conversation=conversation,
                text=text,
                state_before=conversation.state,
            )
            conversation.save(update_fields=["updated_at"])
            return message
    except IntegrityError as error:
        raise Busy from error


def message_finish(
    message: Message, *, status: Status, reply: str, state: dict[str, Any] | None
) -> None:
    """Close a turn: its reply and, where it got that far, the agent's new memory."""
    with transaction.atomic():
        message.status = status
        message.reply = reply
        message.finished_at = timezone.now()
        message.save(update_fields=["status", "reply", "finished_at"])
        if state is not None:
            Conversation.objects.filter(pk=message.conversation_id).update(state=state)


def messages_mark_interrupted(conversation: Conversation) -> None:
    """Close replies whose process died while it wrote them."""
    for message in conversation.messages.filter(status=Status.RUNNING):
        newest = message.events.order_by("-seq").first()
        last_sign = newest.created_at if newest else message.created_at
        if timezone.now() - last_sign > ABANDONED_AFTER:
            said = "".join(
                event.frame["text"]
                for event in message.events.filter(frame__type="message.delta")
            )
            message_finish(message, status=Status.INTERRUPTED, reply=said, state=None)
            event_append(
                message.conversation_id,
                message.pk,
                {
                    "type": "message.done",
                    "message": str(message.uuid),
                    "stopped": True,
                },
            )


def event_append(
    conversation_id: int, message_id: int | None, frame: dict[str, Any]
) -> dict[str, Any]:
    """Store a frame under the conversation's next number; return it complete.

    The conversation's row lock puts concurrent writers in line, so that numbers have
    no gap and are seen in order. One statement.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH numbered AS (
                UPDATE chat_conversation SET last_seq = last_seq + 1
                WHERE id = %s RETURNING id, uuid, last_seq
            )
            INSERT INTO chat_event (conversation_id, seq, message_id, frame, created_at)
            SELECT id, last_seq, %s,
                   %s::jsonb || jsonb_build_object('conversation', uuid, 'seq', last_seq),
                   now()
            FROM numbered
            RETURNING seq, frame ->> 'conversation'
            """,
            [conversation_id, message_id, json.dumps(frame)],
        )
        row = cursor.fetchone()
    if row is None:
        raise Conversation.DoesNotExist
    return {**frame, "conversation": row[1], "seq": row[0]}


def events_after(
    conversation: Conversation, seq: int, *, until: int | None = None
) -> list[dict[str, Any]]:
    """Return the stored frames numbered above `seq` (to `until`, where given)."""
    events = Event.objects.filter(conversation=conversation, seq__gt=seq)
    if until is not None:
        events = events.filter(seq__lte=until)
    return list(events.order_by("seq").values_list("frame", flat=True))


def _title_of(text: str) -> str:
    line = " ".join(text.split())
    if len(line) <= TITLE_CHARS:
        return line
    return line[:TITLE_CHARS].rsplit(" ", 1)[0] + "…"
