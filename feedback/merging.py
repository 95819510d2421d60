"""Reactions follow when tracks of the catalog become one."""

from __future__ import annotations

from typing import Any

from catalog.models import Track
from feedback.models import Reaction


def reactions_follow(
    sender: object, *, keep: Track, others: list[Track], **_: Any
) -> None:
    """Let reactions to the others be reactions to the kept track.

    Nothing is decided here: of a listener's reactions to one track the newest holds.
    """
    Reaction.objects.filter(track__in=others).update(track=keep)


def reactions_held(sender: object, *, track_ids: list[int], **_: Any) -> str | None:
    """Say how many reactions there are to these tracks."""
    count = Reaction.objects.filter(track__in=track_ids).count()
    return f"{count} reactions of listeners" if count else None
