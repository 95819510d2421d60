"""Setting reactions, and reading those that hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from catalog.models import Track
from feedback.donation.outbox import donation_note
from feedback.models import Reaction, TasteAside, TasteSetting
from feedback.sharing.outbox import reaction_share

Value = Reaction.Value
Reason = Reaction.Reason
Source = Reaction.Source
SAME_SIGNAL = timedelta(minutes=1)


@dataclass(frozen=True)
class Opinions:
    """What a listener holds of tracks now, newest first, in track ids.

    "More like this" counts as liking.
    """

    liked: tuple[int, ...]
    disliked: tuple[int, ...]


@dataclass(frozen=True)
class Answered:
    """What a reaction answered, and where it was given; fields as of `Reaction`."""

    source: Source = Source.NONE
    turn: UUID | None = None
    position: int | None = None
    asked: Mapping[str, Any] = field(default_factory=dict)
    is_from_library: bool = False
    said_since: datetime | None = None


@transaction.atomic
def reaction_set(
    *,
    user: User,
    track: Track,
    value: Value,
    words: str = "",
    reason: Reason = Reason.NONE,
    answered: Answered = Answered(),
) -> None:
    """Note an opinion. The same one twice in a row is noted once, but for another reason.

    Where the listener gives what they say, or has it sent elsewhere, it goes on its way.
    """
    newest = _opinions(user).filter(track=track).first()
    held = newest.value if newest else Value.NONE
    is_new = held != value or _is_forgotten(user, newest)
    if is_new or (newest is not None and reason not in ("", newest.reason)):
        reaction = _note(
            user, track, value, words=words, reason=reason, answered=answered
        )
        donation_note(reaction)
    if is_new:
        reaction_share(user, track, value)


def _is_forgotten(user: User, newest: Reaction | None) -> bool:
    """Say whether an opinion counts no more, so that it may be given anew. Two queries."""
    if newest is None:
        return False
    reset = TasteSetting.objects.filter(user=user, reset_at__gte=newest.created_at)
    aside = TasteAside.objects.filter(reaction=newest, attribute="")
    return aside.exists() or reset.exists()


def signal_note(
    *,
    user: User,
    track: Track,
    value: Value,
    words: str = "",
    answered: Answered = Answered(),
) -> bool:
    """Note what was done with a track; it changes no opinion.

    The same once more within a minute isn't noted: several tabs tell of one song.
    Returns whether it was.
    """
    since = timezone.now() - SAME_SIGNAL
    told = Reaction.objects.filter(user=user, track=track, value=value)
    if told.filter(created_at__gt=since).exists():
        return False
    _note(user, track, value, words=words, answered=answered)
    return True


def _note(
    user: User,
    track: Track,
    value: Value,
    *,
    words: str,
    answered: Answered,
    reason: Reason = Reason.NONE,
) -> Reaction:
    return Reaction.objects.create(
        user=user,
        track=track,
        value=value,
        words=words,
        reason=reason,
        source=answered.source,
        turn=answered.turn,
        position=answered.position,
        asked=dict(answered.asked),
        is_from_library=answered.is_from_library,
        said_since=answered.said_since,
    )


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
