"""The end of a turn: what it tells last, its reply and the agent's new memory, at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from chat.models import Conversation, Message
from chat.rendering import FrameJson

# The conversation is locked first, as by whoever stores a message in it.
_STATEMENT = """
    WITH held AS MATERIALIZED (
        SELECT id FROM chat_conversation WHERE id = %(conversation)s FOR UPDATE
    ), closed AS (
        UPDATE chat_message
        SET status = %(status)s, reply = %(reply)s, finished_at = %(now)s
        FROM held
        WHERE chat_message.id = %(message)s AND chat_message.status = %(running)s
        RETURNING chat_message.id
    ), told AS MATERIALIZED (
        SELECT frame, place
        FROM jsonb_array_elements(
            %(frames)s::jsonb
            || CASE WHEN EXISTS (SELECT FROM closed) THEN %(last)s::jsonb ELSE '[]' END
        ) WITH ORDINALITY AS given (frame, place)
    ), numbered AS (
        UPDATE chat_conversation AS talk
        SET last_seq = talk.last_seq + (SELECT count(*) FROM told),
            state = CASE WHEN EXISTS (SELECT FROM closed)
                THEN coalesce(%(state)s::jsonb, talk.state) ELSE talk.state END
        FROM held
        WHERE talk.id = held.id
        RETURNING talk.id, talk.uuid,
                  talk.last_seq - (SELECT count(*) FROM told) AS before
    ), stored AS (
        INSERT INTO chat_event (conversation_id, seq, message_id, frame, created_at)
        SELECT id, before + place, %(message)s,
               frame || jsonb_build_object('conversation', uuid, 'seq', before + place),
               now()
        FROM numbered, told
    )
    SELECT uuid::text, before, EXISTS (SELECT FROM closed),
           EXISTS (
               SELECT FROM chat_waitingmessage
               WHERE conversation_id = %(conversation)s
           )
    FROM numbered
"""


@dataclass(frozen=True)
class Closed:
    """What came of closing a turn: frames as they are stored, and whether another waits."""

    frames: tuple[FrameJson, ...]
    has_waiting: bool


def message_close(
    message: Message,
    *,
    status: Message.Status,
    reply: str,
    state: dict[str, Any] | None,
    frames: Sequence[FrameJson],
    last: Sequence[FrameJson],
) -> Closed:
    """Close a turn, unless somebody has. One statement.

    state: the agent's new memory, where the turn got that far. frames: what is still to
    be told in any case; last: only where this closes the turn. Raises
    Conversation.DoesNotExist.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _STATEMENT,
            {
                "conversation": message.conversation_id,
                "message": message.pk,
                "running": Message.Status.RUNNING.value,
                "status": status.value,
                "reply": reply,
                "now": timezone.now(),
                "state": None if state is None else json.dumps(state),
                "frames": json.dumps(frames),
                "last": json.dumps(last),
            },
        )
        row = cursor.fetchone()
    if row is None:
        raise Conversation.DoesNotExist
    conversation, before, is_closed, has_waiting = row
    told = [*frames, *last] if is_closed else frames
    return Closed(
        tuple(
            {**frame, "conversation": conversation, "seq": seq}
            for seq, frame in enumerate(told, before + 1)
        ),
        has_waiting,
    )
