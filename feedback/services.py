"""Setting reactions, and reading those that hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
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
from feedback.holding import (
    Said,
    opinion_holding,
    opinion_lasting,
    opinions_apart,
)
from feedback.models import Reaction, TasteAside, TasteSetting
from feedback.sharing.outbox import reaction_share

Value = Reaction.Value
Reason = Reaction.Reason
Source = Reaction.Source
SAME_SIGNAL = timedelta(minutes=1)


@dataclass(frozen=True)
class Opinions:
    """What a listener holds of tracks now, newest first, in track ids.

    "More like this" counts as liking. disliked: for good. aside: left out of this talk or
    until a day, with the dislikes that say so.
    """

    liked: tuple[int, ...]
    disliked: tuple[int, ...]
    aside: Mapping[int, Said] = field(default_factory=dict)

    @property
    def refused(self) -> frozenset[int]:
        """Return the tracks that are to come into no list of this talk now."""
        return frozenset(self.disliked) | self.aside.keys()

    @property
    def unknown_count(self) -> int:
        """Return of how many songs it was said in this talk that they aren't known."""
        return sum(one.reason == Reason.UNKNOWN for one in self.aside.values())


@dataclass(frozen=True)
class Answered:
    """What a reaction answered, and where it was given; fields as of `Reaction`."""

    source: Source = Source.NONE
    turn: UUID | None = None
    talk: UUID | None = None
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
    holds = _holding(user, answered.talk, [track.pk]).get(track.pk)
    held = holds.value if holds else Value.NONE
    is_new = held != value or _is_forgotten(user, holds)
    if is_new or (holds is not None and reason not in ("", holds.reason)):
        reaction = _note(
            user, track, value, words=words, reason=reason, answered=answered
        )
        donation_note(reaction)
        reaction_share(user, track, lasting_value(user, track))


def lasting_value(user: User, track: Track) -> Value:
    """Return what a listener holds of a track beyond any talk and time. One query."""
    held = opinion_lasting(said_of(_opinions(user).filter(track=track)))
    return Value(held.value) if held else Value.NONE


def _is_forgotten(user: User, held: Said | None) -> bool:
    """Say whether an opinion counts no more, so that it may be given anew. Two queries."""
    if held is None:
        return False
    reset = TasteSetting.objects.filter(user=user, reset_at__gte=held.at)
    aside = TasteAside.objects.filter(reaction=held.pk, attribute="")
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
        talk=answered.talk,
        position=answered.position,
        asked=dict(answered.asked),
        is_from_library=answered.is_from_library,
        said_since=answered.said_since,
    )


def reactions_of(
    user: User, track_ids: Iterable[int], *, talk: UUID | None = None
) -> dict[int, str]:
    """Return the reaction that holds in a talk for each of the tracks that has one."""
    held = _holding(user, talk, list(track_ids))
    return {track: one.value for track, one in held.items()}


def opinions_of(user: User, *, talk: UUID | None = None) -> Opinions:
    """Return what a listener likes and dislikes now, in a talk. Two queries at most."""
    held = _holding(user, talk)
    by_time = sorted(held.values(), key=lambda one: -one.pk)
    return Opinions(
        liked=tuple(o.track for o in by_time if o.value in (Value.LIKE, Value.MORE)),
        disliked=tuple(
            o.track for o in by_time if o.value == Value.DISLIKE and not o.is_passing
        ),
        aside={o.track: o for o in by_time if o.is_passing},
    )


def aside_of(user: User) -> dict[int, Said]:
    """Return what is left out of some talk, or for a while, by track. One query."""
    newest = _opinions(user).order_by("track_id", "-id").distinct("track_id")
    now = timezone.now()
    said = [one for one in said_of(newest) if one.is_passing]
    return {one.track: one for one in said if one.refuses(talk=one.talk, now=now)}


def _holding(
    user: User, talk: UUID | None, tracks: Collection[int] | None = None
) -> dict[int, Said]:
    """Return the opinions that hold in a talk, by track; None for all tracks.

    Two queries at most: those that stand before one that passes are few.
    """
    rows = _opinions(user)
    if tracks is not None:
        rows = rows.filter(track__in=tracks)
    newest = rows.order_by("track_id", "-id").distinct("track_id")
    apart = opinions_apart(said_of(newest))
    passing = [track for track, said in apart.items() if said[0].is_passing]
    if passing:
        apart |= opinions_apart(said_of(rows.filter(track__in=passing)))
    now = timezone.now()
    held = (opinion_holding(said, talk=talk, now=now) for said in apart.values())
    return {one.track: one for one in held if one is not None}


def said_of(rows: QuerySet[Reaction]) -> list[Said]:
    """Read reactions, in the order of their query."""
    fields = ("pk", "track_id", "value", "reason", "created_at", "talk", "asked__mood")
    return [
        Said(pk, track, value, reason, at, talk, _mood(mood))
        for pk, track, value, reason, at, talk, mood in rows.values_list(*fields)
    ]


def _mood(asked: Any) -> tuple[float, float] | None:
    if not isinstance(asked, dict):
        return None
    try:
        return float(asked["valence"]), float(asked["energy"])
    except (KeyError, TypeError, ValueError):
        return None


def _opinions(user: User) -> QuerySet[Reaction]:
    return Reaction.objects.filter(user=user, value__in=Reaction.OPINIONS)
