"""What music there is, how it sounds, and how it came in."""

from catalog.models.ingest import IngestItem, IngestRun
from catalog.models.music import Album, Artist, Tag, Track, TrackArtist
from catalog.models.sources import TrackSource
from catalog.models.spaces import (
    Embedding,
    EmbeddingAttempt,
    EmbeddingFailure,
    EmbeddingWanted,
    Space,
)

__all__ = [
    "Album",
    "Artist",
    "Embedding",
    "EmbeddingAttempt",
    "EmbeddingFailure",
    "EmbeddingWanted",
    "IngestItem",
    "IngestRun",
    "Space",
    "Tag",
    "Track",
    "TrackArtist",
    "TrackSource",
]
