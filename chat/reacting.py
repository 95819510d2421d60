"""What a reaction answered: the message that brought the song, and what was given then.

The rule of this file: constraints go along in plain words, so that they say the same
when the catalog's keys are others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Subquery

from chat.agent.understanding.language_names import language_code
from chat.agent.understanding.spoken import spoken_in
from chat.models import Conversation, Event, Message
from feedback.services import Answered, Source

# How far back a song is looked for in a talk, in replies that showed any.
REPLIES_READ = 40
# Chips of what was asked of songs; the others speak of the list, or of other songs.
_OF_SONGS = frozenset(
    {
        *("genre", "artist", "years", "tempo", "duration", "language", "version"),
        *("instrumental", "explicit", "unheard", "instrument", "place", "mood"),
    }
)
ENGLISH = "en"


def answered_by(
    conversation: Conversation | None, track: str, source: Source
) -> tuple[str, Answered]:
    """Return the words that brought a track, by its UUID, and what was given then.

    Four queries at most. Without a talk, or where no reply of it showed the track, there
    are neither.
    """
    if conversation is None:
        return "", Answered(source=source)
    talk = conversation.uuid
    shown = Event.objects.filter(
        conversation=conversation, frame__type="tracks", message__branch=None
    )
    for event in shown.select_related("message__conversation").order_by("-seq")[
        :REPLIES_READ
    ]:
        ids = [shown["id"] for shown in event.frame.get("tracks", ())]
        if event.message is not None and track in ids:
            found = _answered(event.message, source, ids.index(track))
            return event.message.text, found
    return "", Answered(source=source, talk=talk)


def answered_in(message: Message, track: str, source: Source) -> tuple[str, Answered]:
    """Return the words of a message that brought a track, and what it left as given.

    Three queries. A message that didn't show the track brought it not: there are neither.
    """
    events = Event.objects.filter(message=message)
    for event in events.filter(frame__type="tracks").order_by("-seq"):
        ids = [shown["id"] for shown in event.frame.get("tracks", ())]
        if track in ids:
            return message.text, _answered(message, source, ids.index(track))
    return "", Answered(source=source, talk=message.conversation.uuid)


def _answered(message: Message, source: Source, position: int) -> Answered:
    frame = _given_after(message)
    return Answered(
        source=source,
        turn=message.uuid,
        talk=message.conversation.uuid,
        position=position,
        asked=asked_of(
            frame.get("constraints", ()), frame.get("mood") or {}, message.text
        ),
        is_from_library=any(
            c["kind"] == "library" for c in frame.get("constraints", ())
        ),
        said_since=message.conversation.created_at,
    )


def _given_after(message: Message) -> Mapping[str, Any]:
    """Return the frame that told what was given once a message was answered.

    What an undo gave back since says nothing of it. {} where nothing was given yet.
    """
    of_talk = Event.objects.filter(conversation=message.conversation_id)
    last = of_talk.filter(message=message).order_by("-seq").values("seq")[:1]
    told = of_talk.filter(frame__type="constraints", seq__lte=Subquery(last))
    frame: Mapping[str, Any] | None = (
        told.order_by("-seq").values_list("frame", flat=True).first()
    )
    return frame or {}


def asked_of(
    constraints: Iterable[Mapping[str, Any]], mood: Mapping[str, Any], text: str
) -> dict[str, Any]:
    """Return what was asked for, in plain words; the message's language is a guess.

    constraints, mood: as in a `constraints` frame.
    """
    spoken = spoken_in(text)
    language = language_code(spoken.names[0].lower()) if spoken else ""
    return {
        "language": language or ENGLISH,
        "constraints": [c["label"] for c in constraints if c["kind"] in _OF_SONGS],
        "mood": mood_middle(mood),
    }


def mood_middle(mood: Mapping[str, Any]) -> dict[str, float] | None:
    """Return the middle of the mood that was asked for, where both sides of it were.

    mood: `low` and `high` of `valence` and `energy`, None where open.
    """
    found = {}
    for name in ("valence", "energy"):
        span = mood.get(name)
        if span is None:
            return None
        low, high = span.get("low"), span.get("high")
        found[name] = (
            (0.0 if low is None else low) + (1.0 if high is None else high)
        ) / 2
    return found
