"""Playlists that are refreshed by themselves: when, and what came of it.

What new songs they get is found by the room above; here is what a refresh may do to a
list. A due time is used up by the transaction that makes the version of it.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from playlists.edits import Edit, content_diff
from playlists.models import LivingPlaylist, Playlist, PlaylistVersion
from playlists.services import Author, lists_hold, playlist_edit, version_content
from playlists.signals import refreshing_moved

Every = LivingPlaylist.Every
Outcome = LivingPlaylist.Outcome

NEW_PERCENT, REST_WEEKS = 50, 8
MAX_REST_WEEKS = 104
# A list that was changed so lately is left alone, and looked at again.
QUIET = timedelta(minutes=10)
# Until the next try where one failed; after the last the next due time is waited for.
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
)


class NotDue(Exception):
    """A refresh whose time has been used up, put off or taken away meanwhile."""


def living_keep(
    playlist: Playlist,
    *,
    every: Every,
    new_percent: int,
    rest_weeks: int,
    request: dict[str, Any],
    weekday: int | None = None,
) -> LivingPlaylist:
    """Have a playlist refreshed from now on, or otherwise than so far.

    weekday: of the first time, Monday is 0; None for one step from now. Another step or
    day begins to count anew, and whatever was paused goes on.
    """
    now = timezone.now()
    with transaction.atomic():
        held = _held(playlist)
        told = {
            "every": every,
            "new_percent": new_percent,
            "rest_weeks": rest_weeks,
            "request": request,
            "is_paused": False,
            "tries": 0,
        }
        if held is None or held.every != every or weekday is not None:
            first = _first_after(now, every, weekday)
            told |= {"first_at": first, "due_at": first}
        elif held.is_paused:
            told |= {"due_at": due_after(held, now)}
        living, _made = LivingPlaylist.objects.update_or_create(
            playlist=playlist, defaults=told
        )
    _moved(playlist)
    return living


def _first_after(now: datetime, every: Every, weekday: int | None) -> datetime:
    if weekday is None:
        return _step(now, every, 1)
    return now + timedelta(days=(weekday - now.weekday() - 1) % 7 + 1)


def due_after(living: LivingPlaylist, moment: datetime) -> datetime:
    """Return the first of the due times that lies after a moment.

    Months are counted from the first time: of the 31st the last day of short ones.
    """
    every, first = Every(living.every), living.first_at
    if first > moment:
        return first
    longest = {Every.DAY: 1, Every.WEEK: 7, Every.MONTH: 31}[every]
    count = (moment - first) // timedelta(days=longest)
    while _step(first, every, count) <= moment:
        count += 1
    return _step(first, every, count)


def _step(first: datetime, every: Every, count: int) -> datetime:
    """Return the due time so many steps after the first one."""
    if every == Every.DAY:
        return first + timedelta(days=count)
    if every == Every.WEEK:
        return first + timedelta(weeks=count)
    years, month = divmod(first.month - 1 + count, 12)
    year, month = first.year + years, month + 1
    return first.replace(
        year=year, month=month, day=min(first.day, monthrange(year, month)[1])
    )


def living_pause(playlist: Playlist, *, is_paused: bool) -> LivingPlaylist | None:
    """Let refreshing rest, or go on with the next due time. None where there is none."""
    with transaction.atomic():
        living = _held(playlist)
        if living is None or living.is_paused == is_paused:
            return living
        living.is_paused = is_paused
        if not is_paused:
            living.due_at = due_after(living, timezone.now())
            living.tries = 0
        living.save(update_fields=["is_paused", "due_at", "tries"])
    _moved(playlist)
    return living


def living_stop(playlist: Playlist) -> bool:
    """Have a playlist refreshed no more. Returns whether it was."""
    was = bool(LivingPlaylist.objects.filter(playlist=playlist).delete()[0])
    if was:
        _moved(playlist)
    return was


def living_ask(playlist: Playlist, *, request: dict[str, Any]) -> None:
    """Keep what songs are searched by with a list that outlives its conversation."""
    LivingPlaylist.objects.filter(playlist=playlist).update(request=request)


def living_see(playlist: Playlist) -> bool:
    """Put the notice of the last refresh away. Returns whether there was one."""
    held = LivingPlaylist.objects.filter(playlist=playlist, is_seen=False)
    was = bool(held.update(is_seen=True))
    if was:
        _moved(playlist)
    return was


def living_of(playlist_id: int) -> LivingPlaylist | None:
    """Return how a playlist is refreshed, by its key. One query."""
    return LivingPlaylist.objects.filter(playlist=playlist_id).first()


def livings_due() -> list[int]:
    """Return the keys of the playlists whose time has come, the longest due first."""
    due = LivingPlaylist.objects.filter(is_paused=False, due_at__lte=timezone.now())
    return list(due.order_by("due_at").values_list("pk", flat=True))


def living_try(pk: int) -> LivingPlaylist:
    """Count a try before it begins, so that one that ends its worker counts as well.

    Raises NotDue.
    """
    with transaction.atomic():
        due = LivingPlaylist.objects.filter(
            pk=pk, is_paused=False, due_at__lte=timezone.now()
        )
        living = due.select_for_update().first()
        if living is None:
            raise NotDue
        living.tries += 1
        living.save(update_fields=["tries"])
        return living


def living_refresh(
    living: LivingPlaylist, *, edits: Sequence[Edit], words: str, base: int
) -> PlaylistVersion:
    """Make the version of a due time, and use that up.

    base: the number of the version that the edits were thought out for. Raises NotDue,
    Stale and EditRefused; then nothing has changed.
    """
    with transaction.atomic():
        lists_hold(living.playlist.owner_id)
        # The list first, as whoever merges tracks locks lists before what hangs on them.
        list(Playlist.objects.select_for_update().filter(pk=living.playlist_id))
        held = _due_still(living)
        version = playlist_edit(
            living.playlist, edits=edits, author=Author.AGENT, words=words, base=base
        )
        diff = content_diff(
            version_content(version.playlist.versions.get(number=base)),
            version_content(version),
        )
        _end(held, Outcome.MADE, added=len(diff.added), removed=len(diff.removed))
        return version


def living_end(living: LivingPlaylist, outcome: Outcome) -> None:
    """Use a due time up without a version. Raises NotDue."""
    with transaction.atomic():
        _end(_due_still(living), outcome)
    _moved(living.playlist)


def living_put_off(living: LivingPlaylist, until: datetime) -> None:
    """Look at a list later that is being changed just now. Raises NotDue."""
    with transaction.atomic():
        held = _due_still(living)
        held.due_at, held.tries = until, 0
        held.save(update_fields=["due_at", "tries"])


def living_fail(living: LivingPlaylist) -> None:
    """Try again after a while, or no more at this due time. Raises NotDue."""
    with transaction.atomic():
        held = _due_still(living)
        if held.tries > len(WAITS):
            _end(held, Outcome.FAILED)
            _moved(living.playlist)
            return
        held.due_at = timezone.now() + WAITS[held.tries - 1]
        held.save(update_fields=["due_at"])


def songs_lately(playlist: Playlist, *, weeks: int) -> frozenset[int]:
    """Return the tracks that a list held within so many weeks. Two queries."""
    since = timezone.now() - timedelta(weeks=weeks)
    versions = playlist.versions.order_by("number")
    before = versions.filter(created_at__lt=since).last()
    ids = versions.filter(created_at__gte=since).values_list("track_ids", flat=True)
    held = {track for tracks in ids for track in tracks}
    return frozenset(held.union(before.track_ids if before else ()))


def songs_entered(version: PlaylistVersion) -> dict[int, PlaylistVersion]:
    """Return since which version on the way to this one each of its tracks is there.

    Two queries: all of the playlist's versions.
    """
    versions = PlaylistVersion.objects.filter(playlist=version.playlist_id).in_bulk()
    entered = dict.fromkeys(version.track_ids, version)
    left = set(version.track_ids)
    while (before := version.stands_for_id or version.parent_id) and left:
        version = versions[before]
        left &= set(version.track_ids)
        entered |= dict.fromkeys(left, version)
    return entered


def _moved(playlist: Playlist) -> None:
    """Tell of it once it is committed, also where a caller's transaction goes on."""
    transaction.on_commit(
        lambda: refreshing_moved.send(LivingPlaylist, playlist=playlist)
    )


def _held(playlist: Playlist) -> LivingPlaylist | None:
    return LivingPlaylist.objects.select_for_update().filter(playlist=playlist).first()


def _due_still(living: LivingPlaylist) -> LivingPlaylist:
    """Lock a row whose due time nobody has used since it was read. Raises NotDue."""
    held = _held(living.playlist)
    if held is None or held.is_paused or held.due_at != living.due_at:
        raise NotDue
    return held


def _end(
    held: LivingPlaylist, outcome: Outcome, *, added: int = 0, removed: int = 0
) -> None:
    now = timezone.now()
    held.due_at = due_after(held, now)
    held.tries = 0
    held.outcome, held.ended_at, held.is_seen = outcome, now, False
    held.added, held.removed = added, removed
    held.save(
        update_fields=[
            *("due_at", "tries", "outcome", "ended_at", "is_seen"),
            *("added", "removed"),
        ]
    )
