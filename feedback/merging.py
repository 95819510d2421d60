"""Reactions follow when tracks of the catalog become one."""

from __future__ import annotations

from typing import Any

from django.db.models import Count

from catalog.models import Artist, Track
from catalog.signals import Held, lists_without_refused
from feedback.donation.locking import records_lock
from feedback.models import (
    DonatedRecord,
    DonatedTrack,
    NeverAgain,
    Reaction,
    SharedReaction,
)
from feedback.refusing import Ruled, refusals_hold, refusals_tell
from feedback.services import lasting_value
from feedback.sharing.outbox import SCORES
from feedback.sharing.queueing import send_enqueue


def reactions_follow(
    sender: object, *, keep: Track, others: list[Track], **_: Any
) -> None:
    """Let reactions to the others be reactions to the kept track.

    Nothing is decided here: of a listener's opinions of one track the newest holds.
    """
    Reaction.objects.filter(track__in=others).update(track=keep)


def shared_follow(
    sender: object, *, keep: Track, others: list[Track], **_: Any
) -> None:
    """Let what was sent elsewhere of the others be of the kept track.

    A listener who had several of them sent keeps one row; the newest reaction that lasts
    is to be there. Comes behind `reactions_follow`.
    """
    rows = SharedReaction.objects.filter(track__in=[keep, *others])
    by_account: dict[int, list[SharedReaction]] = {}
    for row in rows.order_by("pk").select_for_update():
        by_account.setdefault(row.account_id, []).append(row)
    for account, held in by_account.items():
        stays = next((row for row in held if row.track_id == keep.pk), held[0])
        stays.track = keep
        stays.wanted = SCORES[lasting_value(stays.account.user, keep)]
        stays.status = SharedReaction.Status.WAITING
        stays.save(update_fields=["track", "wanted", "status"])
        send_enqueue(account)


def donated_follow(
    sender: object, *, keep: Track, others: list[Track], **_: Any
) -> None:
    """Let records that hold the others hold the kept track, each once."""
    rows = DonatedTrack.objects.filter(track__in=[keep, *others]).order_by("pk")
    held = rows.order_by().values("record")
    records_lock(DonatedRecord.objects.filter(pk__in=held).only("pk"))
    first: dict[int, int] = {}
    for row in rows.select_for_update():
        first.setdefault(row.record_id, row.pk)
    rows.exclude(pk__in=first.values()).delete()
    DonatedTrack.objects.filter(pk__in=first.values()).update(track=keep)


def never_again_follow(
    sender: object,
    *,
    keep: Track | Artist,
    others: list[Track] | list[Artist],
    **_: Any,
) -> None:
    """Let what was never to be heard of the others be never heard of the kept one."""
    field = "track" if isinstance(keep, Track) else "artist"
    rows = NeverAgain.objects.filter(**{f"{field}__in": [keep, *others]})
    # Of a listener's rows in force one stays, the kept one's own before others.
    held: dict[int, NeverAgain] = {}
    for row in rows.filter(lifted_at=None).order_by("pk").select_for_update():
        first = held.setdefault(row.user_id, row)
        if first is not row:
            is_own = getattr(row, f"{field}_id") == keep.pk
            (first if is_own else row).delete()
            held[row.user_id] = row if is_own else first
    rows.update(**{field: keep})
    for row in sorted(held.values(), key=lambda row: row.user_id):
        ruled = Ruled(
            track=keep if isinstance(keep, Track) else None,
            artist=keep if isinstance(keep, Artist) else None,
            is_on=True,
            is_new=True,
            moved=lists_without_refused(row.user_id),
        )
        refusals_tell(row.user, ruled)


def never_again_hold(sender: type[Track | Artist], *, ids: list[int], **_: Any) -> None:
    """Keep lists from being written by listeners who rule some of these out."""
    field = "track" if sender is Track else "artist"
    rows = NeverAgain.objects.filter(lifted_at=None, **{f"{field}__in": ids})
    refusals_hold(set(rows.values_list("user_id", flat=True)))


def reactions_held(sender: object, *, track_ids: list[int], **_: Any) -> Held:
    """Count the reactions to each of these tracks. One query."""
    rows = Reaction.objects.filter(track__in=track_ids).order_by()
    counts = rows.values_list("track").annotate(n=Count("pk"))
    return Held("Reactions of listeners", dict(counts))
