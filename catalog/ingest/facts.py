"""What one item of an import brings, before it is stored."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

Attribute = float | int | bool | None


class Refused(Exception):
    """An item can't be taken in; the message says why, in a sentence."""


@dataclass(frozen=True)
class TrackFacts:
    """One recording as it comes in.

    source, origin, source_key, fingerprint and content_hash as in TrackSource.
    tags: (kind, name). attributes: by field name of Track; only those that are known.
    attribute_sources: for each of them "measured", "generator", "tags" or a table's
    name; renewed: those of which all that is known now is here. raw: (d,) float32 of
    the audio encoder, None where the sound is known already. audio_path and cover_path
    as in Track.
    """

    source: str
    source_key: str
    fingerprint: str
    title: str
    audio_path: str
    raw: NDArray[np.float32] | None = field(repr=False)
    origin: str = ""
    content_hash: str = ""
    artists: tuple[str, ...] = ()
    album: str = ""
    album_artist: str = ""
    is_compilation: bool = False
    tags: tuple[tuple[str, str], ...] = ()
    released_on: date | None = None
    released_precision: str = ""
    year: int | None = None
    duration_ms: int | None = None
    isrc: str | None = None
    musicbrainz_id: uuid.UUID | None = None
    is_explicit: bool | None = None
    popularity: int | None = None
    language: str = ""
    licence: str = ""
    cover_path: str = ""
    attributes: dict[str, Attribute] = field(default_factory=dict)
    attribute_sources: dict[str, str] = field(default_factory=dict)
    renewed: frozenset[str] = frozenset()
