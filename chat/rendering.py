"""From what the agent tells to the frames that tell clients of it, without numbers.

All of it blocks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from accounts.models import User
from chat import given, showing, wire
from chat.agent.changes import list_diff
from chat.agent.events import AgentEvent, Copied, PlaylistMoved, Said, Shown, Stepped
from chat.agent.songs import song_of
from chat.agent.state import State
from chat.branching import TakenUp
from chat.models import Message
from chat.protocol.events import Reason
from playlists.edits import content_diff
from playlists.models import PlaylistVersion
from playlists.services import version_content

FrameJson = dict[str, Any]


def frames_of(
    user: User, message: Message, events: Sequence[AgentEvent]
) -> list[FrameJson]:
    """Render what happened in a turn; what only its end tells has no frame here."""
    shelf = wire.Shelf(user, message.conversation.uuid)
    found = (_frame_of(shelf, str(message.uuid), event) for event in events)
    return [frame for frame in found if frame is not None]


def _frame_of(shelf: wire.Shelf, message: str, event: AgentEvent) -> FrameJson | None:
    match event:
        case Said(text=text):
            return {"type": "message.delta", "message": message, "text": text}
        case Stepped():
            return _step_frame(message, event)
        case Shown():
            return {
                "type": "tracks",
                "message": message,
                **_tracks_frame(shelf, event),
            }
        case Copied(conversation=uuid, title=title):
            return {
                "type": "list.copied",
                "message": message,
                "began": str(uuid),
                "title": title,
                "url": reverse("chat:show-conversation", args=[uuid]),
            }
        case PlaylistMoved():
            return _playlist_frame(shelf, event, _versions_of(event))
    return None


def step_frame(message: Message, step: Stepped) -> FrameJson:
    """Render a piece of work that begins or ends, without its number."""
    return _step_frame(str(message.uuid), step)


def _step_frame(message: str, step: Stepped) -> FrameJson:
    return {
        "type": "step",
        "message": message,
        "name": step.name,
        "status": step.status,
        "detail": step.detail,
    }


def _tracks_frame(shelf: wire.Shelf, shown: Shown) -> FrameJson:
    reasons = {
        track: [Reason(kind=r.kind, text=r.text) for r in why]
        for track, why in shown.reasons.items()
    }
    proofs = showing.proof_views(shown.proofs)
    views = shelf.views(shown.track_ids, reasons, proofs)
    plays = (
        None if shown.plays is None else shelf.tracks(shown.track_ids).get(shown.plays)
    )
    return {
        "tracks": [view.model_dump(mode="json") for view in views],
        "play": str(plays.uuid) if plays else None,
    }


def playlist_frame(user: User, moved: PlaylistMoved) -> FrameJson:
    """Render a playlist's step from one version to another, without its number."""
    versions = _versions_of(moved)
    talk = wire.talk_about(versions[moved.after_version].playlist)
    return _playlist_frame(wire.Shelf(user, talk), moved, versions)


def _versions_of(moved: PlaylistMoved) -> Mapping[int, PlaylistVersion]:
    held = {version.pk: version for version in moved.versions}
    missing = {moved.before_version, moved.after_version} - held.keys()
    if missing:
        rows = PlaylistVersion.objects.select_related("playlist")
        held |= rows.in_bulk(missing)
    return held


def _playlist_frame(
    shelf: wire.Shelf, moved: PlaylistMoved, versions: Mapping[int, PlaylistVersion]
) -> FrameJson:
    before, after = versions[moved.before_version], versions[moved.after_version]
    was, now = version_content(before), version_content(after)
    tracks = shelf.tracks({*was.tracks, *now.tracks})
    change = showing.change_view(
        content_diff(was, now),
        list_diff(was, now, {pk: song_of(track) for pk, track in tracks.items()}),
        uuids={pk: track.uuid for pk, track in tracks.items()},
        author=moved.author,
        words=moved.words,
    )
    return {
        "type": "playlist",
        "id": None,
        "playlist": shelf.playlist(after).model_dump(mode="json"),
        "change": change.model_dump(mode="json"),
    }


def taken_up_frames(user: User, taken: TakenUp) -> list[FrameJson]:
    """Render a branch that stands again, and the list that came along, unnumbered."""
    frames: list[FrameJson] = [
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
