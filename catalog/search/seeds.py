"""What is known of the tracks that a query points at.

The rule of this file: what the columns hold is taken from there. The database is asked
only for tracks that can't be found any more (vanished files), which still say what a
listener likes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import numpy as np

from catalog.columns.postings import text_keys
from catalog.columns.view import View
from catalog.models import Embedding, Space, Track, TrackArtist


class Seeds:
    """Tracks by id, some of them perhaps without a row in the view."""

    def __init__(self, view: View, track_ids: Collection[int]) -> None:
        self._view = view
        self._rows = view.rows_of(track_ids)
        self._ids: list[int] = view.ids[self._rows].tolist()
        self._elsewhere = set(track_ids).difference(self._ids)

    def vectors(self, space: Space) -> dict[int, np.ndarray]:
        """Return unit vectors in a space, by id. One query for tracks without a row."""
        found: dict[int, np.ndarray] = {
            int(self._view.ids[row]): vector
            for row, vector in self._view.vectors(space.pk, self._rows).items()
        }
        if self._elsewhere:
            rows = Embedding.objects.filter(space=space, track__in=self._elsewhere)
            for track, vector in rows.values_list("track_id", "vector"):
                found[track] = np.asarray(vector, np.float32)
        return found

    def artists(self, among: Iterable[int]) -> Mapping[int, Collection[int]]:
        """Return the artists of some of the tracks, by id. One query as above."""
        wanted = set(among)
        by_row = self._view.artists_of(self._rows)
        found = {
            track: by_row[row]
            for row, track in zip(self._rows.tolist(), self._ids, strict=True)
            if track in wanted
        }
        if elsewhere := self._elsewhere & wanted:
            rows = TrackArtist.objects.filter(track__in=elsewhere)
            for track, artist in rows.values_list("track_id", "artist_id"):
                found.setdefault(track, []).append(artist)
        return found

    def songs(self) -> frozenset[int]:
        """Return the keys of the songs that they are versions of. One query as above."""
        found = set(self._view.flag("song")[self._rows].tolist())
        if self._elsewhere:
            rows = Track.objects.filter(pk__in=self._elsewhere)
            found.update(text_keys(rows.values_list("song_key", flat=True)).tolist())
        return frozenset(found - {0})
