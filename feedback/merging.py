"""Reactions follow when tracks of the catalog become one."""

from __future__ import annotations

from typing import Any

from django.db.models import Count

from catalog.models import Track
from catalog.signals import Held
from feedback.models import Reaction


def reactions_follow(
    sender: object, *, keep: Track, others: list[Track], **_: Any
) -> None:
    """Let reactions to the others be reactions to the kept track.

    Nothing is decided here: of a listener's reactions to one track the newest holds.
    """
    Reaction.objects.filter(track__in=others).update(track=keep)


def reactions_held(sender: object, *, track_ids: list[int], **_: Any) -> Held:
    """Count the reactions to each of these tracks. One query."""
    rows = Reaction.objects.filter(track__in=track_ids).order_by()
    counts = rows.values_list("track").annotate(n=Count("pk"))
    return Held("Reactions of listeners", dict(counts))
