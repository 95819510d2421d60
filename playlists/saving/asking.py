"""What a listener may ask of playlists at services. Nothing is saved before they do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import ServiceAccount, User
from playlists.models import FoundTrack, Playlist, SavedPlaylist
from playlists.saving.queueing import save_enqueue

Status, Reason = SavedPlaylist.Status, SavedPlaylist.Reason
# Longer than an answer is waited for: then it has taken effect, or never will.
SETTLES = timedelta(seconds=30)


@transaction.atomic
def save_ask(
    playlist: Playlist, account: ServiceAccount, *, is_public: bool | None = None
) -> SavedPlaylist:
    """Have a playlist saved as it is now, or brought up to date.

    is_public: as before where it isn't given; private at first. Asking twice is asking
    once more for the same row.
    """
    save, is_new = SavedPlaylist.objects.get_or_create(
        playlist=playlist, account=account, defaults={"is_public": bool(is_public)}
    )
    if not is_new:
        changes = {} if is_public is None else {"is_public": is_public}
        _ask_again(save, is_wanted=True, **changes)
    save_enqueue(save.pk)
    save.refresh_from_db()
    return save


@transaction.atomic
def removal_ask(save: SavedPlaylist) -> None:
    """Have a saved playlist taken away from the service."""
    _ask_again(save, is_wanted=False)
    save_enqueue(save.pk)


@transaction.atomic
def offer_choose(save: SavedPlaylist, *, track_id: int, ref: str) -> bool:
    """Take an offer for a song that a service doesn't have. Returns whether it was one."""
    row = FoundTrack.objects.filter(account=save.account, track_id=track_id).first()
    if row is None or ref not in {offer["ref"] for offer in row.near}:
        return False
    row.ref, row.is_chosen, row.found_at = ref, True, timezone.now()
    # What the service tells of recordings is kept no longer than it is needed.
    row.near = []
    row.save(update_fields=["ref", "is_chosen", "found_at", "near"])
    if save.is_wanted:
        save_ask(save.playlist, save.account)
    return True


def get_save_for(user: User, playlist: Playlist, service: str) -> SavedPlaylist:
    """Fetch how a listener's playlist is saved. Raises SavedPlaylist.DoesNotExist."""
    saves = SavedPlaylist.objects.select_related("account", "playlist__current")
    return saves.get(playlist=playlist, account__user=user, account__service=service)


def services_having(playlist_id: int) -> list[str]:
    """Return the services where a playlist was saved. One query."""
    saved = SavedPlaylist.objects.filter(playlist=playlist_id, saved_at__isnull=False)
    return list(
        saved.order_by("account__service").values_list("account__service", flat=True)
    )


def services_at_work(playlist_id: int) -> list[str]:
    """Return the services where a playlist is just being saved, or taken away. One query.

    Who deletes it meanwhile would leave something there that nobody knows of.
    """
    leaves = Q(is_wanted=False) & ~Q(status=Status.FAILED)
    busy = SavedPlaylist.objects.filter(leaves | Q(status=Status.WORKING))
    at_work = busy.filter(playlist=playlist_id)
    return list(at_work.values_list("account__service", flat=True))


def _ask_again(save: SavedPlaylist, **changes: bool) -> None:
    """Ask once more; a job that is at work sees it at its end.

    A service that wants to be left alone for a while is, and one that didn't answer, or
    whose answer nobody waits for any more, has the time to carry out what it was asked.
    """
    held = SavedPlaylist.objects.select_for_update().get(pk=save.pk)
    facts: dict[str, Any] = {"status": Status.WAITING, "tries": 0, "progress": 0}
    waits = held.reason if held.status == Status.WAITING else Reason.NONE
    if waits == Reason.DOWN or held.status == Status.WORKING:
        facts["due_at"] = min(held.due_at, timezone.now() + SETTLES)
    elif waits not in (Reason.BUSY, Reason.QUOTA):
        facts |= {"reason": Reason.NONE, "due_at": timezone.now()}
    asked = SavedPlaylist.objects.filter(pk=save.pk)
    asked.update(asked=F("asked") + 1, **facts, **changes)
