"""Several rows that are one thing become one row, and nothing that they hold is lost."""

from catalog.merging.artists import artists_merge
from catalog.merging.refusal import MergeRefused, artists_check, tracks_check
from catalog.merging.tracks import Merged, tracks_merge

__all__ = [
    "MergeRefused",
    "Merged",
    "artists_check",
    "artists_merge",
    "tracks_check",
    "tracks_merge",
]
