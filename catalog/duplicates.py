"""Which tracks are probably one recording, and which artists one artist.

Only probably: nothing is merged by what is found here, a curator decides.
"""

from __future__ import annotations

from django.db import connection
from django.db.models import F, QuerySet
from django.db.models.expressions import RawSQL

from catalog.models import Track

# Two rips of one recording differ by their silence, two takes by more.
DURATION_TOLERANCE_MS = 3000

# In the order of lengths the nearest one is the neighbour.
_NEAR_TRACKS = """
SELECT id FROM (
  SELECT id, duration_ms,
         bool_or(duration_ms IS NULL) OVER song AS is_any,
         lag(duration_ms) OVER by_length AS shorter,
         lead(duration_ms) OVER by_length AS longer
  FROM catalog_track JOIN (
    SELECT song_key, version, version_detail FROM catalog_track WHERE song_key <> ''
    GROUP BY song_key, version, version_detail HAVING count(*) > 1
  ) AS several USING (song_key, version, version_detail)
  WINDOW song AS (PARTITION BY song_key, version, version_detail),
         by_length AS (song ORDER BY duration_ms)
) AS near
WHERE is_any OR duration_ms - shorter <= %s OR longer - duration_ms <= %s
"""

# A name without spaces and doubled letters, its words in their order of letters, so that
# "The Beach Boys" meets "Beachboys", "Lane, Ada" meets "Ada Lane", and a missing letter
# of a double is no difference.
_NEAR_ARTISTS = r"""
WITH folded AS (
  SELECT id,
         regexp_replace(replace(key, ' ', ''), '(.)\1+', '\1', 'g') AS joined,
         (SELECT string_agg(w, ' ' ORDER BY w)
          FROM unnest(string_to_array(key, ' ')) AS w WHERE w <> 'and') AS sorted
  FROM catalog_artist
),
counted AS (
  SELECT id, count(*) OVER (PARTITION BY joined) AS alike,
         count(*) OVER (PARTITION BY sorted) AS permuted
  FROM folded
)
SELECT id FROM counted WHERE alike > 1 OR permuted > 1
"""


def probable_duplicates(tracks: QuerySet[Track]) -> QuerySet[Track]:
    """Keep tracks that another one of the same song, version and length stands beside.

    Lengths within 3 s count as the same; an unknown one could be any. Reads the keys of
    all songs once.
    """
    tolerance = DURATION_TOLERANCE_MS
    found = RawSQL(_NEAR_TRACKS, (tolerance, tolerance))  # noqa: S611  # No input.
    return tracks.filter(pk__in=found)


def kin_of(track: Track) -> QuerySet[Track]:
    """Return the other recordings of a track's song, the same version first."""
    if not track.song_key:
        return Track.objects.none()
    kin = Track.objects.filter(song_key=track.song_key).exclude(pk=track.pk)
    return kin.order_by(F("version").asc(), "pk")


def near_artists() -> list[int]:
    """Return the artists whose names are nearly another one's. Reads all names once."""
    with connection.cursor() as cursor:
        cursor.execute(_NEAR_ARTISTS)
        return [pk for (pk,) in cursor.fetchall()]
