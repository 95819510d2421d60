"""What can be told of how a recording sounds: the columns of Track that say it.

The rule of this file: an attribute is named here, and whoever stores, merges or shows
all of them takes the names from here.
"""

from __future__ import annotations

from typing import Final

# From 0 to 1.
UNIT_ATTRIBUTES: Final = (
    "energy",
    "valence",
    "danceability",
    "acousticness",
    "instrumentalness",
    "speechiness",
    "liveness",
)
ATTRIBUTES: Final = (
    "tempo_bpm",
    "pitch_class",
    "is_major",
    "loudness_lufs",
    *UNIT_ATTRIBUTES,
    "replaygain_db",
)
