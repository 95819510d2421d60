"""What a listener wants done about their taste: how much it counts, and what no more.

Reactions stay as they are, as history; what counts no more is noted beside them.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from catalog.models import Track
from feedback.models import Reaction, TasteAside, TasteSetting
from feedback.services import Answered, aside_of, lasting_value, reaction_set
from feedback.taste.leanings import ATTRIBUTES


def taste_strength_set(user: User, strength: float) -> None:
    """Let a taste count so much, 0 to 1. Raises ValueError for any other number."""
    if not 0.0 <= strength <= 1.0:
        raise ValueError(f"strength is {strength}; it goes from 0 to 1")
    TasteSetting.objects.update_or_create(user=user, defaults={"strength": strength})


def taste_reset(user: User) -> None:
    """Let no reaction of before count any more."""
    now = timezone.now()
    TasteSetting.objects.update_or_create(user=user, defaults={"reset_at": now})


@transaction.atomic
def taste_forget(user: User, tracks: Collection[int], *, attribute: str = "") -> int:
    """Let what was said of tracks until now count no more. Returns of how many reactions.

    attribute: of which it says nothing any more; "" for all. What is said of the same
    tracks later counts again. Raises ValueError for an attribute that there isn't.
    """
    if attribute and attribute not in ATTRIBUTES:
        raise ValueError(f"there is no attribute {attribute}")
    said = Reaction.objects.filter(user=user, track__in=tracks)
    aside = [
        TasteAside(user=user, reaction_id=pk, attribute=attribute)
        for pk in said.values_list("pk", flat=True)
    ]
    TasteAside.objects.bulk_create(aside, ignore_conflicts=True)
    return len(aside)


@transaction.atomic
def aside_lift(user: User, track: Track) -> bool:
    """Let a track come again that was left out of a talk, or for a while.

    A like of before holds again. Returns whether it was left out.
    """
    held = aside_of(user).get(track.pk)
    if held is None:
        return False
    before = lasting_value(user, track)
    value = Reaction.Value.NONE if before == Reaction.Value.DISLIKE else before
    reaction_set(user=user, track=track, value=value, answered=Answered(talk=held.talk))
    return True
