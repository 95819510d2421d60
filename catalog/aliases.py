"""Find tracks and artists by what they go by, or went by before they were merged."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from catalog.models import Artist, ArtistAlias, Track, TrackAlias


def artists_aliased(keys: Collection[str]) -> dict[str, Artist]:
    """Return the artists whose aliases have these keys, by the alias's key. One query."""
    found = ArtistAlias.objects.filter(key__in=keys).select_related("artist")
    return {alias.key: alias.artist for alias in found}


def tracks_named(uuid: UUID) -> QuerySet[Track]:
    """Return the track of a UUID, also of one that was merged into it.

    A union of two look-ups: "this or that" would read the whole table.
    """
    own = Track.objects.filter(uuid=uuid).order_by().values("pk")
    former = TrackAlias.objects.filter(uuid=uuid).order_by().values("track")
    return Track.objects.filter(pk__in=own.union(former, all=True))


def track_ids_named(uuids: Collection[UUID]) -> dict[UUID, int]:
    """Return the primary keys of tracks by UUID, former UUIDs included. Two queries."""
    former = TrackAlias.objects.filter(uuid__in=uuids).values_list("uuid", "track")
    own = Track.objects.filter(uuid__in=uuids).values_list("uuid", "pk")
    return dict(former) | dict(own)
