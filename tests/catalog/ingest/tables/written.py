"""Tables written for tests, in the forms that people have."""

from __future__ import annotations

import csv
import io

SPOTIFY_COLUMNS = [
    "track_id",
    "track_name",
    "track_artist",
    "track_popularity",
    "track_album_id",
    "track_album_name",
    "track_album_release_date",
    "playlist_name",
    "playlist_id",
    "playlist_genre",
    "playlist_subgenre",
    "danceability",
    "energy",
    "key",
    "loudness",
    "mode",
    "speechiness",
    "acousticness",
    "instrumentalness",
    "liveness",
    "valence",
    "tempo",
    "duration_ms",
]


def spotify_row(number=1, **cells):
    """Return the cells of one song; keywords replace them."""
    row = dict.fromkeys(SPOTIFY_COLUMNS, "")
    row |= {
        "track_id": f"{number:022d}",
        "track_name": f"Song {number}",
        "track_artist": f"Artist {number % 7}",
        "track_popularity": "66",
        "track_album_name": f"Album {number % 5}",
        "track_album_release_date": "2019-06-14",
        "playlist_genre": "edm",
        "playlist_subgenre": "big room",
        "danceability": "0.748",
        "energy": "0.916",
        "key": "6",
        "loudness": "-2.634",
        "mode": "1",
        "speechiness": "0.0583",
        "acousticness": "0.102",
        "instrumentalness": "0",
        "liveness": "0.0653",
        "valence": "0.518",
        "tempo": "122.036",
        "duration_ms": str(180_000 + 10 * number),
    }
    return row | cells


def csv_text(rows, *, delimiter=","):
    """Write rows (dicts with the same keys) as CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
