"""What a track's page shows beside its form: how it sounds, and what stands near it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from catalog.admin.words import duration_words
from catalog.columns.current import current_columns
from catalog.documents import PITCHES
from catalog.duplicates import kin_of
from catalog.links import audio_url, cover_url
from catalog.models import Embedding, EmbeddingFailure, Space, Track
from catalog.spaces import current_space

NEIGHBOURS = 10
KIN_SHOWN = 50
# Field, label, unit.
ATTRIBUTES = (
    ("tempo_bpm", "Tempo", "BPM"),
    ("pitch_class", "Key", ""),
    ("is_major", "Mode", ""),
    ("loudness_lufs", "Loudness", "LUFS"),
    ("replaygain_db", "ReplayGain", "dB"),
    ("energy", "Energy", "0 to 1"),
    ("valence", "Valence", "0 to 1"),
    ("danceability", "Danceability", "0 to 1"),
    ("acousticness", "Acousticness", "0 to 1"),
    ("instrumentalness", "Instrumentalness", "0 to 1"),
    ("speechiness", "Speechiness", "0 to 1"),
    ("liveness", "Liveness", "0 to 1"),
)
ATTRIBUTE_NAMES = tuple(name for name, _, _ in ATTRIBUTES)


@dataclass(frozen=True)
class Attribute:
    """One attribute as it is shown. `source` is "" where nobody said."""

    label: str
    value: str
    unit: str
    source: str


@dataclass(frozen=True)
class Place:
    """A space, and whether the track is in it: since when, or why not."""

    space: Space
    embedding: Embedding | None
    failure: EmbeddingFailure | None


@dataclass(frozen=True)
class Near:
    """A track that sounds alike; likeness is a cosine, 1 for the same sound."""

    track: Track
    likeness: float
    audio_url: str | None


def track_panels(track: Track) -> dict[str, Any]:
    """Return what the page's template needs. About eight queries."""
    return {
        "audio_url": None if track.vanished_at else audio_url(track),
        "cover_url": cover_url(track),
        "length": duration_words(track.duration_ms),
        "attributes": attributes_of(track),
        "places": places_of(track),
        "kin": list(with_artists(kin_of(track))[:KIN_SHOWN]),
        "neighbours": neighbours_of(track),
        "space": current_space(Space.Kind.AUDIO),
    }


def attributes_of(track: Track) -> list[Attribute]:
    """Return the attributes that are known, each with its unit and source."""
    return [
        Attribute(label, _shown(name, value), unit, _source(track, name))
        for name, label, unit in ATTRIBUTES
        if (value := getattr(track, name)) is not None
    ]


def places_of(track: Track) -> list[Place]:
    """Return every space with the track's vector, or what kept it out. Three queries."""
    held = {e.space_id: e for e in track.embeddings.defer("vector", "raw")}
    failed = {f.space_id: f for f in EmbeddingFailure.objects.filter(track=track)}
    spaces = Space.objects.defer("fitted").order_by("-is_current", "kind", "slug")
    return [Place(s, held.get(s.pk), failed.get(s.pk)) for s in spaces]


def neighbours_of(track: Track) -> list[Near]:
    """Return the tracks that sound most like it in the current audio space.

    By ear, this is how to tell whether a space is sound. Measured in the columns that
    search measures in (catalog/columns): a few ms, and four queries where they are new.
    """
    columns = current_columns()
    view, space = columns.view, columns.audio
    rows = view.rows_of([track.pk])
    here = view.vectors(space.pk, rows) if space else {}
    if space is None or not here:
        return []
    others = view.is_there.copy()
    others[rows] = False
    (vector,) = here.values()
    near, likeness = view.nearest(space.pk, others, vector, limit=NEIGHBOURS)
    ids = [int(pk) for pk in view.ids[near]]
    tracks = with_artists(Track.objects.all()).in_bulk(ids)
    return [
        Near(tracks[pk], float(how), audio_url(tracks[pk]))
        for pk, how in zip(ids, likeness, strict=True)
        if pk in tracks
    ]


def with_artists(tracks: Any) -> Any:
    """Have the artists of tracks fetched in one query more."""
    return tracks.prefetch_related("credits__artist")


def _source(track: Track, name: str) -> str:
    return str(track.attribute_sources.get(name, ""))


def _shown(name: str, value: Any) -> str:
    match name:
        case "pitch_class":
            return PITCHES[value]
        case "is_major":
            return "major" if value else "minor"
        case "tempo_bpm" | "loudness_lufs" | "replaygain_db":
            return f"{value:.1f}"
    return f"{value:.2f}"
