"""Which of a message's words name something that the catalog knows."""

from __future__ import annotations

from collections.abc import Collection

from catalog.models import Artist, Track


def artists_named(keys: Collection[str]) -> dict[str, Artist]:
    """Return the artists whose name key is among the keys. One indexed query."""
    found = Artist.objects.filter(key__in=keys, credits__isnull=False).distinct()
    return {artist.key: artist for artist in found}


def tracks_titled(keys: Collection[str]) -> dict[str, list[Track]]:
    """Return the tracks whose title key is among the keys. One indexed query."""
    found: dict[str, list[Track]] = {}
    for track in Track.objects.filter(key__in=keys).order_by("-popularity", "pk"):
        found.setdefault(track.key, []).append(track)
    return found
