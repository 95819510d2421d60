"""The beginning of a talk: the conversation, its first message, and that both are there.

One statement, as `chat.closing` ends each turn with one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection
from django.utils import timezone

from chat.models import Conversation, Message

FrameJson = dict[str, Any]

_STATEMENT = """
    WITH talk AS (
        INSERT INTO chat_conversation (uuid, owner_id, title, playlist_id, state,
                                       last_seq, created_at, updated_at)
        VALUES (%(talk)s, %(owner)s, %(title)s, %(playlist)s, %(state)s::jsonb,
                %(count)s, %(now)s, %(now)s)
        RETURNING id
    ), said AS (
        INSERT INTO chat_message (uuid, conversation_id, text, choice, reply, status,
                                  state_before, version_before_id, created_at)
        SELECT %(message)s, id, %(text)s, %(choice)s::jsonb, '', %(status)s,
               %(state)s::jsonb, %(version)s, %(now)s
        FROM talk
        RETURNING id, conversation_id
    ), told AS (
        INSERT INTO chat_event (conversation_id, seq, message_id, frame, created_at)
        SELECT conversation_id, place, id, frame, %(now)s
        FROM said, jsonb_array_elements(%(frames)s::jsonb)
                   WITH ORDINALITY AS given (frame, place)
    )
    SELECT id, conversation_id FROM said
"""


def talk_write(
    conversation: Conversation,
    message: Message,
    tell: Callable[[Message], Sequence[FrameJson]],
) -> list[FrameJson]:
    """Write a new conversation and its first message; return the frames that tell of it.

    tell: renders them, without their numbers.
    """
    frames = [
        {**frame, "conversation": str(conversation.uuid), "seq": seq}
        for seq, frame in enumerate(tell(message), 1)
    ]
    conversation.last_seq = len(frames)
    choice = None if message.choice is None else json.dumps(message.choice)
    given: dict[str, Any] = {
        "talk": conversation.uuid,
        "owner": conversation.owner_id,
        "title": conversation.title,
        "playlist": conversation.playlist_id,
        "state": json.dumps(conversation.state),
        "count": conversation.last_seq,
        "message": message.uuid,
        "text": message.text,
        "choice": choice,
        "status": str(message.status),
        "version": message.version_before_id,
        "frames": json.dumps(frames),
        "now": timezone.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, given)
        message.pk, conversation.pk = cursor.fetchone()
    for one in (conversation, message):
        one._state.adding, one._state.db = False, connection.alias
    message.conversation = conversation
    return frames
