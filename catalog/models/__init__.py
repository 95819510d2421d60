"""What music there is, how it sounds, and how it came in."""

from catalog.models.aliases import ArtistAlias, TrackAlias
from catalog.models.bridges import TrainedBridge
from catalog.models.changes import TrackChange
from catalog.models.hearsay import Hearsay
from catalog.models.ingest import IngestItem, IngestRun
from catalog.models.maps import CatalogMap
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
    "ArtistAlias",
    "CatalogMap",
    "Embedding",
    "EmbeddingAttempt",
    "EmbeddingFailure",
    "EmbeddingWanted",
    "Hearsay",
    "IngestItem",
    "IngestRun",
    "Space",
    "Tag",
    "Track",
    "TrackAlias",
    "TrackArtist",
    "TrackChange",
    "TrackSource",
    "TrainedBridge",
]
