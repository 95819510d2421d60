"""What can be asked of the catalog, and what comes back: plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Attribute = Literal[
    "energy",
    "valence",
    "tempo_bpm",
    "danceability",
    "acousticness",
    "instrumentalness",
    "loudness_lufs",
    "popularity",
]


@dataclass(frozen=True)
class Wish:
    """A soft range of an attribute: kept while enough songs keep it.

    `low` and `high` are in the attribute's own unit; None leaves that side open. A song
    whose attribute is unknown is neither in nor out, and ranks behind those within.
    `words` say the wish to a person ("calm", "more upbeat").
    """

    attribute: Attribute
    low: float | None
    high: float | None
    words: str
    weight: float = 1.0


@dataclass(frozen=True)
class Filters:
    """What holds without exception. Empty fields ask for nothing.

    Genres are name keys; one of `genres` must fit, itself or a child of it.
    """

    genres: frozenset[str] = frozenset()
    without_genres: frozenset[str] = frozenset()
    artists: frozenset[int] = frozenset()
    without_artists: frozenset[int] = frozenset()
    without_tracks: frozenset[int] = frozenset()
    year_from: int | None = None
    year_to: int | None = None
    is_instrumental: bool | None = None


@dataclass(frozen=True)
class Query:
    """One request to the catalog.

    text: words about sound and mood, "" for none. liked, disliked: track ids with
    weights above 0. diversity: 0 ranks by fit alone, 1 by being unlike the rest.
    """

    text: str = ""
    liked: Mapping[int, float] = field(default_factory=dict)
    disliked: Mapping[int, float] = field(default_factory=dict)
    wishes: tuple[Wish, ...] = ()
    filters: Filters = Filters()
    limit: int = 12
    diversity: float = 0.3
    artist_cap: int = 2


@dataclass(frozen=True)
class HitReason:
    """One fact that speaks for a track: `kind` for programs, `text` for people."""

    kind: Literal["seed", "words", "genre", "year", "artist", "attribute", "mood"]
    text: str


@dataclass(frozen=True)
class Hit:
    """A track that was found, its fused score, and why."""

    track_id: int
    score: float
    reasons: tuple[HitReason, ...]


@dataclass(frozen=True)
class Result:
    """Hits, best first, no track twice.

    relaxed: the wishes that had to be let go to find enough, in the order in which
    they went. searched: how many tracks the catalog held.
    """

    hits: tuple[Hit, ...]
    relaxed: tuple[Wish, ...]
    searched: int
