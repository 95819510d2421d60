"""What music there is, how it sounds, and how it came in."""

from catalog.models.ingest import IngestItem, IngestRun
from catalog.models.music import Album, Artist, Tag, Track, TrackArtist
from catalog.models.spaces import Embedding, Space

__all__ = [
    "Album",
    "Artist",
    "Embedding",
    "IngestItem",
    "IngestRun",
    "Space",
    "Tag",
    "Track",
    "TrackArtist",
]
