"""Whether a song is what was asked for, as far as its facts tell.

The rule of this file: pure, and slow to say no. A fact that nobody knows says nothing, and
a number counts as against what was asked only when it lies well outside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from catalog.genres import genre_family

# How far outside of what was asked a song still isn't against it.
YEARS_MARGIN = 2
TEMPO_MARGIN_BPM = 12.0
# Attributes go from 0 to 1, and a fifth of that is heard as something else.
ATTRIBUTE_MARGIN = 0.2
LENGTH_MARGIN = 0.2
# Spoken or sung at all, and hardly at all.
INSTRUMENTAL_FROM, SUNG_BELOW = 0.5, 0.2


@dataclass(frozen=True)
class Song:
    """What is known of a song. genres: name keys; None or "" is unknown.

    key: what its recordings share, title and artists. attributes: 0..1, by name.
    """

    key: str
    genres: frozenset[str] = frozenset()
    year: int | None = None
    language: str = ""
    tempo_bpm: float | None = None
    length_s: float | None = None
    is_explicit: bool | None = None
    version: str = ""
    attributes: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """One constraint of a record. kind: "" where nobody can hold a song against it.

    words: how it was called. key: a genre's, a language's code, an attribute's name, a
    version. low, high: both counted in.
    """

    kind: str
    words: str
    key: str = ""
    low: float | None = None
    high: float | None = None
    is_refused: bool = False


def fits(asked: Asked, song: Song) -> bool | None:
    """Say whether a song is what was asked for; None where nobody knows."""
    is_of_it = _is_of(asked, song)
    return None if is_of_it is None else is_of_it != asked.is_refused


def _is_of(asked: Asked, song: Song) -> bool | None:
    match asked.kind:
        case "genre":
            wanted = genre_family(asked.key)
            return bool(wanted & song.genres) if song.genres else None
        case "years":
            return _within(asked, song.year, YEARS_MARGIN)
        case "tempo":
            return _within(asked, song.tempo_bpm, TEMPO_MARGIN_BPM)
        case "duration":
            edge = asked.high or asked.low or 0.0
            return _within(asked, song.length_s, edge * LENGTH_MARGIN)
        case "language":
            both = (asked.key, song.language)
            spoken, sung = (code.lower().partition("-")[0] for code in both)
            return spoken == sung if spoken and sung else None
        case "explicit":
            return song.is_explicit
        case "version":
            return song.version == asked.key
        case "instrumental":
            share = song.attributes.get("instrumentalness")
            if share is None or SUNG_BELOW <= share < INSTRUMENTAL_FROM:
                return None
            return share >= INSTRUMENTAL_FROM
        case "attribute":
            return _within(asked, song.attributes.get(asked.key), ATTRIBUTE_MARGIN)
    return None


def _within(asked: Asked, value: float | None, margin: float) -> bool | None:
    """Say whether a value lies within; None where it is unknown, or near an edge.

    What is refused has its margin on the inside: nobody is held to a near miss.
    """
    if value is None or (asked.low is None and asked.high is None):
        return None
    low = float("-inf") if asked.low is None else asked.low
    high = float("inf") if asked.high is None else asked.high
    if low <= value <= high:
        is_deep = low + margin <= value <= high - margin
        return True if is_deep or not asked.is_refused else None
    is_far = value < low - margin or value > high + margin
    return False if is_far or asked.is_refused else None
