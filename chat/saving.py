"""Tells a listener's clients how far a playlist is on its way to a service."""

from __future__ import annotations

from typing import Any

from django.utils.translation import override

from chat.protocol import events
from chat.turns import publish_sync
from playlists.models import SavedPlaylist
from playlists.saving.words import state_words

Status = SavedPlaylist.Status


def save_tell(sender: object, *, save: SavedPlaylist, **_: Any) -> None:
    """Send a `job` frame to all sockets of the listener. No number: a state, no event."""
    publish_sync(save.account.user, job_frame(save).model_dump(mode="json"))


def job_frame(save: SavedPlaylist) -> events.Job:
    """Render how a saved playlist stands."""
    # Sockets speak English; the page has its own words for each reason.
    with override("en"):
        detail = state_words(save)
    return events.Job(
        job=f"save-{save.pk}",
        kind="save",
        status=_status(save),
        progress=save.progress,
        detail=detail,
        playlist=save.playlist.uuid,
        service=save.account.service,
        reason=save.reason,
        url=save.url,
    )


def _status(save: SavedPlaylist) -> Any:
    match Status(save.status):
        case Status.DONE | Status.FAILED as ended:
            return ended.value
        case Status.WAITING if save.reason:
            return "waiting"
    return "running"
