"""Several rows that are one thing become one row, and nothing that they hold is lost."""

from catalog.merging.artists import artists_merge
from catalog.merging.refusal import MergeRefused
from catalog.merging.tracks import Merged, tracks_merge

__all__ = ["MergeRefused", "Merged", "artists_merge", "tracks_merge"]
