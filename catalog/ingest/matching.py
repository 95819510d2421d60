"""Which track of the catalog an incoming recording is.

The rule of this file: what is surer comes first. The place that it came from before;
then its ISRC; its MusicBrainz id; then its words, that is the same song in the same
version by the same first artist, with durations known and no more than 3 s apart.

Where identifiers disagree:

- One ISRC or MusicBrainz id names one recording, however it's written. Only where both
  the version in the title and the duration speak against it is it taken for a slip.
- Other ISRCs don't part two recordings that words and duration join: a re-release of
  the same recording often gets a new one. The track keeps its first.
- Other MusicBrainz ids do part them: people decided that they are two recordings.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

NEAR_MS = 3000

# The near durations of one song are few, so each row is a walk of one small index
# range. `t.song_key <> ''` is there for the planner: the index is partial.
MATCHES = """
SELECT s.n, COALESCE(src.track_id, isrc.id, mb.id, words.id)
FROM jsonb_to_recordset(%(rows)s::jsonb) AS s(
  n int, kind text, origin text, key text, isrc text, musicbrainz_id uuid,
  song_key text, version text, version_detail text, duration_ms int)
LEFT JOIN catalog_tracksource src
  ON src.kind = s.kind AND src.origin = s.origin AND src.key = s.key
LEFT JOIN LATERAL (
  SELECT t.id FROM catalog_track t
  WHERE src.track_id IS NULL AND t.isrc = s.isrc
    AND (t.version = s.version OR s.duration_ms IS NULL OR t.duration_ms IS NULL
         OR abs(t.duration_ms - s.duration_ms) <= %(near)s)
) isrc ON true
LEFT JOIN LATERAL (
  SELECT t.id FROM catalog_track t
  WHERE src.track_id IS NULL AND isrc.id IS NULL
    AND t.musicbrainz_id = s.musicbrainz_id
    AND (t.version = s.version OR s.duration_ms IS NULL OR t.duration_ms IS NULL
         OR abs(t.duration_ms - s.duration_ms) <= %(near)s)
) mb ON true
LEFT JOIN LATERAL (
  SELECT t.id FROM catalog_track t
  WHERE src.track_id IS NULL AND isrc.id IS NULL AND mb.id IS NULL
    AND t.song_key = s.song_key AND t.song_key <> ''
    AND t.version = s.version AND t.version_detail = s.version_detail
    AND t.duration_ms BETWEEN s.duration_ms - %(near)s AND s.duration_ms + %(near)s
    AND (t.musicbrainz_id IS NULL OR s.musicbrainz_id IS NULL
         OR t.musicbrainz_id = s.musicbrainz_id)
  ORDER BY abs(t.duration_ms - s.duration_ms), t.id
  LIMIT 1
) words ON true
ORDER BY s.n
"""


@dataclass(frozen=True)
class Recording:
    """What an incoming recording can be recognised by.

    kind, origin, key: as in TrackSource. musicbrainz_id: a UUID as text. song_key,
    version, version_detail: as in Track (catalog/versions.py).
    """

    kind: str
    origin: str
    key: str
    song_key: str
    version: str = ""
    version_detail: str = ""
    duration_ms: int | None = None
    isrc: str | None = None
    musicbrainz_id: str | None = None


def track_matching(recording: Recording) -> int | None:
    """Return the id of the track that a recording is, or None. One statement."""
    return tracks_matching([recording])[0]


def tracks_matching(recordings: Sequence[Recording]) -> list[int | None]:
    """Return for each recording the id of the track that it is, or None.

    One statement, about 0.05 ms a recording. What the recordings are to each other is
    not asked: see `Meeting`.
    """
    if not recordings:
        return []
    rows = [{"n": n, **vars(row)} for n, row in enumerate(recordings)]
    with connection.cursor() as cursor:
        cursor.execute(MATCHES, {"rows": json.dumps(rows), "near": NEAR_MS})
        return [track_id for _, track_id in cursor.fetchall()]


class Meeting:
    """Recordings that come in together, by the same rules as those of the catalog.

    They meet as if they had come one after the other.
    """

    def __init__(self) -> None:
        """Begin with nobody there."""
        self._by_id: dict[str, tuple[int, Recording]] = {}
        self._by_words: dict[tuple[str, str, str], list[tuple[int, Recording]]] = {}

    def meet(self, place: int, recording: Recording) -> int:
        """Return the place of the earlier recording that this one is, or its own."""
        for identifier in (recording.isrc, recording.musicbrainz_id):
            if identifier and identifier in self._by_id:
                found, other = self._by_id[identifier]
                if _is_believed(recording, other):
                    return found
        words = (recording.song_key, recording.version, recording.version_detail)
        alike = self._by_words.setdefault(words, []) if recording.song_key else []
        near = [
            (abs(other.duration_ms - recording.duration_ms), found)
            for found, other in alike
            if other.duration_ms is not None
            and recording.duration_ms is not None
            and abs(other.duration_ms - recording.duration_ms) <= NEAR_MS
            and (other.musicbrainz_id is None or recording.musicbrainz_id is None)
        ]
        if near:
            return min(near)[1]
        alike.append((place, recording))
        for identifier in (recording.isrc, recording.musicbrainz_id):
            if identifier:
                self._by_id.setdefault(identifier, (place, recording))
        return place


def _is_believed(one: Recording, other: Recording) -> bool:
    if one.version == other.version:
        return True
    if one.duration_ms is None or other.duration_ms is None:
        return True
    return abs(one.duration_ms - other.duration_ms) <= NEAR_MS
