"""Setting reactions, and reading those that hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from catalog.models import Track
from feedback.donation.outbox import donation_note
from feedback.models import Reaction
from feedback.sharing.outbox import reaction_share

Value = Reaction.Value


@dataclass(frozen=True)
class Opinions:
    """What a listener holds of tracks now, newest first, in track ids.

    "More like this" counts as liking.
    """

    liked: tuple[int, ...]
    disliked: tuple[int, ...]


@transaction.atomic
def reaction_set(*, user: User, track: Track, value: Value, words: str = "") -> None:
    """Note a reaction. The same one twice in a row is noted once.

    Where the listener gives what they say, or has it sent elsewhere, it goes on its way.
    """
    newest = _opinions(user).filter(track=track).first()
    held = newest.value if newest else Value.NONE
    if held != value:
        reaction = Reaction.objects.create(
            user=user, track=track, value=value, words=words
        )
        donation_note(reaction)
        reaction_share(user, track, value)


def reactions_of(user: User, track_ids: Iterable[int]) -> dict[int, str]:
    """Return the reaction that holds for each of the tracks that has one."""
    newest = (
        _opinions(user)
        .filter(track__in=list(track_ids))
        .order_by("track_id", "-id")
        .distinct("track_id")
    )
    return {r.track_id: r.value for r in newest if r.value != Value.NONE}


def opinions_of(user: User) -> Opinions:
    """Return what a listener likes and dislikes now. One query."""
    newest = (
        _opinions(user)
        .order_by("track_id", "-id")
        .distinct("track_id")
        .values_list("id", "track_id", "value")
    )
    by_time = sorted(newest, reverse=True)
    return Opinions(
        liked=tuple(t for _, t, v in by_time if v in (Value.LIKE, Value.MORE)),
        disliked=tuple(t for _, t, v in by_time if v == Value.DISLIKE),
    )


def _opinions(user: User) -> QuerySet[Reaction]:
    return Reaction.objects.filter(user=user, value__in=Reaction.OPINIONS)
