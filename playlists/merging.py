"""Playlists follow when tracks of the catalog become one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

from catalog.models import Track
from catalog.signals import Held
from playlists.models import FoundTrack, LibraryTrack, Playlist, PlaylistVersion


def versions_follow(
    sender: object, *, keep: Track, others: list[Track], **_: Any
) -> None:
    """Put the kept track into each version that holds one of the others.

    The one case in which a written version changes: what it plays doesn't. Where it
    held several of them, the one that stands first keeps its places. Reads all versions,
    as no index covers what they hold.
    """
    old = {other.pk for other in others}
    holding = PlaylistVersion.objects.filter(track_ids__overlap=sorted(old))
    # An edit that is under way would copy the old ids into its new version.
    playlists = Playlist.objects.filter(pk__in=holding.values("playlist"))
    list(playlists.order_by("pk").select_for_update())
    changed = []
    for version in holding.iterator(chunk_size=500):
        version.track_ids = ids_merged(version.track_ids, old, keep.pk)
        changed.append(version)
    PlaylistVersion.objects.bulk_update(changed, ["track_ids"], batch_size=500)


def found_follow(sender: object, *, keep: Track, others: list[Track], **_: Any) -> None:
    """Let a listener's choice of a recording at a service hold for the kept track.

    What was only found is found anew.
    """
    chosen = FoundTrack.objects.filter(track__in=others, is_chosen=True)
    for row in chosen.order_by("pk").select_for_update():
        if not FoundTrack.objects.filter(account=row.account_id, track=keep).exists():
            row.track = keep
            row.save(update_fields=["track"])


def library_follow(
    sender: object, *, keep: Track, others: list[Track], **_: Any
) -> None:
    """Let what listeners have at services be the kept track."""
    LibraryTrack.objects.filter(track__in=others).update(track=keep)


def ids_merged(ids: Collection[int], old: Collection[int], new: int) -> list[int]:
    """Return ids with `new` in the places of the first of them that stands there.

    The others lose theirs: what they were several for is one song now, which stands
    again only where it did before.
    """
    held = [pk for pk in ids if pk in old or pk == new]
    return [new if pk in held else pk for pk in ids if pk not in held or pk == held[0]]


def playlists_holding(sender: object, *, track_ids: list[int], **_: Any) -> Held:
    """Count the playlists that hold each of these tracks now. One query, which reads
    the current version of every playlist."""
    rows = Playlist.objects.filter(current__track_ids__overlap=track_ids).order_by()
    counts = Counter(
        pk
        for ids in rows.values_list("current__track_ids", flat=True)
        for pk in set(ids).intersection(track_ids)
    )
    return Held("Playlists of listeners", counts)
