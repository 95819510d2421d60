"""What is known of tracks, written anew when an artist or album goes by another name."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.documents import known_tracks, track_document
from catalog.models import Embedding, Space, Track
from catalog.names import name_key
from catalog.versions import song_key

CHUNK = 500


def tracks_rewrite(track_ids: Sequence[int]) -> None:
    """Write tracks' documents anew, and whose kin they are. Call in a transaction.

    Text vectors of changed words go; the next batch makes new ones. About seven queries
    for each 500 tracks.
    """
    for start in range(0, len(track_ids), CHUNK):
        chunk = track_ids[start : start + CHUNK]
        known = known_tracks(chunk)
        changed, rekeyed = [], []
        fields = ("title", "song_key", "document")
        for track in Track.objects.filter(pk__in=chunk).only(*fields):
            facts = known[track.pk]
            track.song_key = song_key(track.title, [name_key(a) for a in facts.artists])
            document = track_document(facts)
            if document != track.document:
                track.document = document
                changed.append(track)
            else:
                rekeyed.append(track)
        Track.objects.bulk_update([*changed, *rekeyed], ["song_key", "document"])
        Embedding.objects.filter(
            track__in=changed, space__kind=Space.Kind.TEXT
        ).delete()
