"""Refreshes lists whose time has come, and tells their listeners of it.

The rows are the truth (playlists.models.LivingPlaylist): a job too many finds nothing
due, and whichever worker commits first has used a due time up.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from catalog.advisory import Lock, try_session_lock
from catalog.search.levels import attribute_levels
from chat.agent.builtin.desk import Desk
from chat.agent.builtin.renewing import Renewal, renewed
from chat.agent.events import PlaylistMoved
from chat.agent.state import State
from chat.agent.tools import Tools
from chat.agent.turn import Turn
from chat.models import Conversation, Message
from chat.protocol import events
from chat.rendering import playlist_frame
from chat.turns import post_sync, publish_sync
from chat.wire import current_version, playlist_view
from playlists.edits import Add, Clear, Stale
from playlists.living import (
    QUIET,
    WAITS,
    NotDue,
    Outcome,
    living_end,
    living_fail,
    living_put_off,
    living_refresh,
    living_try,
    livings_due,
)
from playlists.models import LivingPlaylist, Playlist, PlaylistVersion

logger = logging.getLogger(__name__)


def refresh_due() -> int:
    """Refresh all lists that are due, one after the other. Returns how many were tried.

    A list that another worker is at is left to it.
    """
    count = 0
    for pk in livings_due():
        with try_session_lock(Lock.PLAYLIST_REFRESH, pk) as is_mine:
            if is_mine:
                count += _refresh_one(pk)
    return count


def _refresh_one(pk: int) -> bool:
    """Try one list; say whether it was due still."""
    try:
        living = living_try(pk)
    except NotDue:
        return False
    try:
        if living.tries > len(WAITS) + 1:
            raise RuntimeError("something in it ends its worker each time")
        _refresh(living)
    except NotDue:
        logger.info("%s: another process was first", living)
    except Exception:
        # The outermost edge of a job that goes on with the next list.
        logger.exception("%s failed", living)
        with suppress(NotDue):
            living_fail(living)
    return True


def _refresh(living: LivingPlaylist) -> None:
    playlist = living.playlist
    found = Conversation.objects.filter(playlist=playlist)
    conversation = found.select_related("playlist").first()
    busy_until = _busy_until(playlist, conversation)
    if busy_until is not None:
        living_put_off(living, busy_until)
        return
    before = current_version(playlist)
    if not before.track_ids:
        living_end(living, Outcome.EMPTY)
        return
    desk = _desk(living, conversation)
    renewal = renewed(
        desk, new_percent=living.new_percent, rest_weeks=living.rest_weeks
    )
    if renewal is None:
        living_end(living, Outcome.NOTHING_NEW)
        return
    desk.show(renewal.result, renewal.found)
    try:
        after = living_refresh(
            living,
            edits=[Clear(), Add(renewal.tracks, again=True)],
            words=WORDS[living.every],
            base=before.number,
        )
    except Stale:
        # Somebody changed the list while songs for it were looked for.
        living_put_off(living, timezone.now() + QUIET)
        return
    _tell(conversation, before, after, desk, renewal)


# In English, as the words of listeners are what they said.
WORDS = {"day": "daily refresh", "week": "weekly refresh", "month": "monthly refresh"}


def _busy_until(
    playlist: Playlist, conversation: Conversation | None
) -> datetime | None:
    """Return until when a list is to be left alone, as somebody is at it; or None."""
    now = timezone.now()
    if conversation is not None:
        running = conversation.messages.filter(
            branch=None, status=Message.Status.RUNNING
        )
        if running.exists():
            return now + QUIET
    return playlist.updated_at + QUIET if playlist.updated_at > now - QUIET else None


def _desk(living: LivingPlaylist, conversation: Conversation | None) -> Desk:
    """Return the desk of a turn that nobody has spoken in.

    What the conversation takes as given counts; where that was deleted, what was
    saved with the list.
    """
    state = State.from_json(conversation.state if conversation else living.request)
    turn = Turn(
        user=living.playlist.owner,
        conversation=conversation
        or Conversation(owner=living.playlist.owner, playlist=living.playlist),
        text="",
        state=state,
        seed=living.pk,
    )
    chance = Random(f"{living.pk} {living.due_at.isoformat()}")  # noqa: S311 (who leaves)
    return Desk(
        tools=Tools(turn), state=state, levels=attribute_levels(), chance=chance
    )


def _tell(
    conversation: Conversation | None,
    before: PlaylistVersion,
    after: PlaylistVersion,
    desk: Desk,
    renewal: Renewal,
) -> None:
    """Show the new version in open tabs, and remember why its new songs are there."""
    user = before.playlist.owner
    moved = PlaylistMoved(before.pk, after.pk, after.words)
    frame = playlist_frame(user, moved)
    if conversation is None:
        publish_sync(user, frame)
        return
    reasons = {t: why for t, why in desk.state.reasons.items() if t in renewal.found}
    with transaction.atomic():
        held = Conversation.objects.select_for_update(of=("self",)).get(
            pk=conversation.pk
        )
        state = State.from_json(held.state)
        state = replace(state, reasons={**state.reasons, **reasons})
        held.state = state.to_json()
        held.save(update_fields=["state"])
    post_sync(user, conversation, [frame])


def state_tell(sender: object, *, playlist: Playlist, **_: Any) -> None:
    """Send a list as it is to all sockets of its listener. No number: a state."""
    user = playlist.owner
    view = playlist_view(user, current_version(playlist))
    frame = events.PlaylistState(playlist=view)
    publish_sync(user, frame.model_dump(mode="json"))
