"""What a reaction answered: the message that brought the song, and what was given then.

The rule of this file: constraints go along in plain words, so that they say the same
when the catalog's keys are others.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from chat.agent.state import Given, State
from chat.agent.understanding.language_names import language_code
from chat.agent.understanding.spoken import spoken_in
from chat.given import chips
from chat.models import Conversation, Event, Message
from feedback.services import Answered, Source

# How far back a song is looked for in a talk, in replies that showed any.
REPLIES_READ = 40
# Chips of what was asked of songs; the others speak of the list, or of other songs.
_OF_SONGS = frozenset(
    {
        *("genre", "artist", "years", "tempo", "duration", "language", "version"),
        *("instrumental", "explicit", "unheard", "instrument", "place", "mood", "part"),
    }
)
ENGLISH = "en"


def answered_by(
    conversation: Conversation | None, track: str, source: Source
) -> tuple[str, Answered]:
    """Return the words that brought a track, by its UUID, and what was given then.

    Five queries at most. Without a talk, or where no reply of it showed the track, there
    are neither.
    """
    if conversation is None:
        return "", Answered(source=source)
    shown = Event.objects.filter(
        conversation=conversation, frame__type="tracks", message__branch=None
    )
    for event in shown.select_related("message").order_by("-seq")[:REPLIES_READ]:
        ids = [shown["id"] for shown in event.frame.get("tracks", ())]
        if event.message is not None and track in ids:
            found = answered_in(event.message, source)
            return event.message.text, replace(found, position=ids.index(track))
    return "", Answered(source=source)


def answered_in(message: Message, source: Source) -> Answered:
    """Return what a message left as given. Four queries at most."""
    given = _given_after(message)
    return Answered(
        source=source,
        turn=message.uuid,
        asked=asked_of(given, message.text),
        is_from_library=given.library is not None,
    )


def asked_of(given: Given, text: str) -> dict[str, Any]:
    """Return what was asked for, in plain words; the message's language is a guess."""
    labels = [chip.label for chip in chips(given) if chip.kind in _OF_SONGS]
    spoken = spoken_in(text)
    language = language_code(spoken.names[0].lower()) if spoken else ""
    return {
        "language": language or ENGLISH,
        "constraints": labels,
        "mood": _mood(given),
    }


def _mood(given: Given) -> dict[str, float] | None:
    """Return the middle of the mood that was asked for, where both sides of it were."""
    found = {
        held.key: (
            (0.0 if held.low is None else held.low)
            + (1.0 if held.high is None else held.high)
        )
        / 2
        for held in given.of("attribute")
        if held.key in ("valence", "energy")
    }
    return found if len(found) == 2 else None


def _given_after(message: Message) -> Given:
    """Return what was given once a message was answered. One query."""
    later = Message.objects.filter(
        conversation=message.conversation_id,
        branch=message.branch_id,
        pk__gt=message.pk,
    )
    state = later.order_by("pk").values_list("state_before", flat=True).first()
    if state is None:
        state = message.conversation.state
    return State.from_json(state).given
