"""Which songs a listener dislikes: a dislike is of a song, in every version of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from catalog.models import Track


def disliked_among(
    track_ids: Iterable[int], disliked: Collection[int]
) -> frozenset[int]:
    """Return the tracks that are disliked, or other versions of what is. One query."""
    track_ids, disliked = set(track_ids), set(disliked)
    if not track_ids or not disliked:
        return frozenset()
    rows = Track.objects.filter(pk__in=track_ids | disliked)
    keys = dict(rows.values_list("pk", "song_key"))
    # An empty key says that nothing is known of kinship.
    songs = {keys.get(track, "") for track in disliked} - {""}
    return frozenset(
        track
        for track in track_ids
        if track in disliked or keys.get(track, "") in songs
    )
