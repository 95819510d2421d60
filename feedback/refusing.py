"""What a listener never wants to hear again: kept without exception, until lifted.

A song is refused in every version, an artist wherever they are credited. The search is
given these (`never_again_of`); whatever else puts songs into lists asks by the catalog's
signal `refusals_asked`, since playlists don't know this room.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from catalog.models import Artist, Track
from catalog.signals import refusals_grown
from feedback.models import NeverAgain


@dataclass(frozen=True)
class Never:
    """What is never to be heard, by primary keys."""

    tracks: frozenset[int] = frozenset()
    artists: frozenset[int] = frozenset()


def never_again_of(user: User) -> Never:
    """Return what a listener never wants to hear. One query."""
    rows = list(_held(user.pk).values_list("track_id", "artist_id"))
    return Never(
        frozenset(track for track, _ in rows if track is not None),
        frozenset(artist for _, artist in rows if artist is not None),
    )


@transaction.atomic
def never_again_set(
    *,
    user: User,
    track: Track | None = None,
    artist: Artist | None = None,
    words: str = "",
) -> bool:
    """Never let a track or an artist be heard again. Returns whether that is new.

    Lists of the listener's that hold it lose it. One of both is given.
    """
    _, is_new = NeverAgain.objects.get_or_create(
        user=user,
        track=track,
        artist=artist,
        lifted_at=None,
        defaults={"words": words},
    )
    if is_new:
        refusals_grown.send(sender=NeverAgain, user=user)
    return is_new


def never_again_lift(
    *, user: User, tracks: Collection[int] = (), artists: Collection[int] = ()
) -> int:
    """Let tracks, in whichever version they were refused, and artists be heard again.

    Returns how many rows that ended. The rows stay as history.
    """
    keys = Track.objects.filter(pk__in=tracks).exclude(song_key="").values("song_key")
    rows = _held(user.pk).filter(
        Q(track__in=tracks) | Q(track__song_key__in=keys) | Q(artist__in=artists)
    )
    return rows.update(lifted_at=timezone.now())


def refused_among(
    sender: object, *, user_id: int, track_ids: frozenset[int], **_: Any
) -> frozenset[int]:
    """Say which of some tracks a listener never wants to hear. Two queries at most."""
    held = list(_held(user_id).values_list("track_id", "track__song_key", "artist_id"))
    if not held:
        return frozenset()
    is_refused = (
        Q(pk__in=[track for track, _, _ in held if track is not None])
        | Q(song_key__in={key for _, key, _ in held if key})
        | Q(credits__artist__in=[a for _, _, a in held if a is not None])
    )
    found = Track.objects.filter(is_refused, pk__in=track_ids)
    return frozenset(found.values_list("pk", flat=True))


def _held(user_id: int) -> QuerySet[NeverAgain]:
    return NeverAgain.objects.filter(user=user_id, lifted_at=None)
