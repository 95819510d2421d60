"""A conversation as the page shows it: rendered by the server, taken over by script.

The snapshot says up to which event it holds (`seq`); the script asks the websocket
for what came later. It is read in an order that makes this safe while a reply is
being written: first the number, then the messages, then the events up to the number.
A message that has ended in between is whole already, and the script ignores words
that arrive late for it.
"""

from __future__ import annotations

from typing import Any, TypedDict

from django.db.models import QuerySet
from django.utils.translation import gettext

from accounts.models import User
from catalog.models import Track
from chat.agent.state import State
from chat.branching import places_of_branches, standing_messages
from chat.given import given_view
from chat.models import Conversation, Event, Message, WaitingMessage
from chat.wire import current_version, playlist_view
from feedback.services import reactions_of

# What is drawn at once: so many turns, and more while they hold no more songs than this.
DRAWN_TURNS, DRAWN_SONGS = 2, 24


class Turn(TypedDict):
    """One message and its reply."""

    id: str
    text: str
    reply: str
    status: str
    tracks: list[dict[str, Any]]
    steps: list[dict[str, str]]
    has_earlier: bool
    suggestions: list[str]


class Aside(TypedDict):
    """A branch: its turns, and the standing message in its place ("" for none)."""

    heir: str
    turns: list[Turn]


class Waiting(TypedDict):
    """What was said while a reply was being written."""

    id: str
    text: str


class Snapshot(TypedDict):
    """What the script begins with; reduce.js has the same shape.

    first: the place of the first message that is drawn at once; those before it are when
    somebody looks for them.
    """

    conversation: str
    title: str
    seq: int
    messages: list[Turn]
    waiting: Waiting | None
    playlist: dict[str, Any] | None
    constraints: list[dict[str, Any]]
    mood: dict[str, Any]
    first: int


def snapshot(user: User, conversation: Conversation) -> Snapshot:
    """Read a conversation for the page. Nine queries, however long it is."""
    seq, state = Conversation.objects.values_list("last_seq", "state").get(
        pk=conversation.pk
    )
    given = given_view(State.from_json(state).given)
    messages = list(standing_messages(conversation))
    running = [m.pk for m in messages if m.status == Message.Status.RUNNING]
    events = Event.objects.filter(conversation=conversation, seq__lte=seq)
    songs = events.filter(frame__type="tracks", message__branch=None)
    shown = frames_by_message(songs)
    unfinished = frames_by_message(events.filter(message__in=running))
    turns = [turn(m, shown.get(m.pk, []), unfinished.get(m.pk, [])) for m in messages]
    refresh_reactions(conversation, turns)
    edited = {m.pk for m in places_of_branches(conversation, messages).values()}
    for message, one in zip(messages, turns, strict=True):
        one["has_earlier"] = message.pk in edited
    if messages:
        # Only those of the newest reply are still about what is there.
        turns[-1]["suggestions"] = suggestions_of(events.filter(message=messages[-1]))
    playlist = None
    if conversation.playlist is not None:
        view = playlist_view(user, current_version(conversation.playlist))
        playlist = view.model_dump(mode="json")
    return {
        "conversation": str(conversation.uuid),
        "title": title_of(conversation),
        "seq": seq,
        "messages": turns,
        "waiting": waiting(conversation),
        "playlist": playlist,
        "constraints": given["constraints"],
        "mood": given["mood"],
        "first": first_drawn(turns),
    }


def first_drawn(turns: list[Turn]) -> int:
    """Return the place of the first turn to draw at once: of the newest, with few songs.

    A long talk would take a phone a second to lay out, for nothing that is seen.
    """
    first, songs = len(turns), 0
    for place in range(len(turns) - 1, -1, -1):
        songs += len(turns[place]["tracks"])
        if len(turns) - place > DRAWN_TURNS and songs > DRAWN_SONGS:
            break
        first = place
    return first


def branches(conversation: Conversation) -> list[Aside]:
    """Return what was set aside, newest first. Four queries.

    Of several in one message's place only the newest names it, so that a link to it
    leads there.
    """
    aside = conversation.messages.exclude(branch=None).select_related("branch")
    heirs = places_of_branches(conversation, standing_messages(conversation))
    songs = Event.objects.filter(
        conversation=conversation, frame__type="tracks", message__branch__isnull=False
    )
    shown = frames_by_message(songs)
    found: dict[int, Aside] = {}
    for message in aside.order_by("-branch_id", "pk"):
        if message.branch is None:
            continue
        if message.branch.pk not in found:
            heir = heirs.pop(message.branch.after_id, None)
            found[message.branch.pk] = {
                "heir": str(heir.uuid) if heir else "",
                "turns": [],
            }
        held = found[message.branch.pk]["turns"]
        held.append(turn(message, shown.get(message.pk, []), []))
    return list(found.values())


def waiting(conversation: Conversation) -> Waiting | None:
    """Return what waits for the end of a reply. One query."""
    held = WaitingMessage.objects.filter(conversation=conversation).first()
    return {"id": str(held.uuid), "text": held.text} if held else None


def title_of(conversation: Conversation) -> str:
    """Return a conversation's title as the page shows it."""
    return conversation.title or gettext("New conversation")


def suggestions_of(events: QuerySet[Event]) -> list[str]:
    """Return what was suggested at a reply's end. One query."""
    done = events.filter(frame__type="message.done").first()
    return list(done.frame.get("suggestions", ())) if done else []


def frames_by_message(events: Any) -> dict[int, list[dict[str, Any]]]:
    """Group events' frames by their message, in order. One query."""
    grouped: dict[int, list[dict[str, Any]]] = {}
    for pk, frame in events.order_by("seq").values_list("message_id", "frame"):
        grouped.setdefault(pk, []).append(frame)
    return grouped


def turn(
    message: Message, shown: list[dict[str, Any]], unfinished: list[dict[str, Any]]
) -> Turn:
    """Put one message together; a running one from its events."""
    reply = message.reply
    if message.status == Message.Status.RUNNING:
        reply = "".join(f["text"] for f in unfinished if f["type"] == "message.delta")
    return {
        "id": str(message.uuid),
        "text": message.text,
        "reply": reply,
        "status": message.status,
        "tracks": [track for frame in shown for track in frame["tracks"]],
        "suggestions": [],
        "has_earlier": False,
        "steps": [
            {"name": f["name"], "status": f["status"], "detail": f["detail"]}
            for f in unfinished
            if f["type"] == "step"
        ],
    }


def refresh_reactions(conversation: Conversation, turns: list[Turn]) -> None:
    """Bring the reactions in stored frames up to date. Three queries at most."""
    views = [view for one in turns for view in one["tracks"]]
    found = Track.objects.filter(uuid__in={v["id"] for v in views})
    uuids = dict(found.values_list("pk", "uuid"))
    reactions = reactions_of(conversation.owner, uuids, talk=conversation.uuid)
    held = {str(uuids[track]): value for track, value in reactions.items()}
    for view in views:
        view["reaction"] = held.get(view["id"], "none")
