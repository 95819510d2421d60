"""What a kept track takes over from those that are merged into it.

The rule of this file: what is known stays; only what is missing is taken, and from the
first of the others that knows it. Fields that mean something only together are taken
together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from catalog.models import Track

IDENTIFIERS = (
    *("isrc", "musicbrainz_id", "spotify_id"),
    *("youtube_id", "apple_music_id", "deezer_id"),
)
GROUPS = (
    ("pitch_class", "is_major"),
    *(
        (name,)
        for name in (
            *IDENTIFIERS,
            "album_id",
            "duration_ms",
            "is_explicit",
            "language",
            "popularity",
            "licence",
            "cover_path",
            "tempo_bpm",
            "loudness_lufs",
            "energy",
            "valence",
            "danceability",
            "acousticness",
            "instrumentalness",
            "speechiness",
            "liveness",
            "replaygain_db",
        )
    ),
)
# From coarse to fine; "" is a year alone, or nothing.
PRECISIONS = ("", *Track.DatePrecision.values)


def facts_taken(keep: Track, others: Sequence[Track]) -> dict[str, Any]:
    """Return the fields that the kept track takes over, with their values."""
    taken: dict[str, Any] = {}
    sources = dict(keep.attribute_sources)
    for group in GROUPS:
        if any(is_known(getattr(keep, name)) for name in group):
            continue
        giver = next((o for o in others if is_known(getattr(o, group[0]))), None)
        for name in group if giver else ():
            taken[name] = getattr(giver, name)
            if giver and name in giver.attribute_sources:
                sources[name] = giver.attribute_sources[name]
    if sources != keep.attribute_sources:
        taken["attribute_sources"] = sources
    return taken | _release(keep, others) | _presence(keep, others)


def audio_giver(keep: Track, others: Sequence[Track]) -> Track | None:
    """Return the track whose audio the kept one takes; None where it needs none.

    Audio that is gone counts as none where another track's is still there.
    """
    with_audio = [other for other in others if other.audio_path]
    there = [other for other in with_audio if other.vanished_at is None]
    if not keep.audio_path:
        return next(iter(there or with_audio), None)
    return next(iter(there), None) if keep.vanished_at else None


def identifiers_dropped(keep: Track, others: Sequence[Track]) -> list[str]:
    """Return the others' identifiers that the kept track has no room for."""
    dropped = []
    for name in IDENTIFIERS:
        values = (getattr(track, name) for track in (keep, *others))
        known = dict.fromkeys(str(value) for value in values if is_known(value))
        dropped += [f"{name} {value}" for value in list(known)[1:]]
    return dropped


def is_known(value: object) -> bool:
    """Say whether a field's value says anything."""
    return value is not None and value != ""


def _release(keep: Track, others: Sequence[Track]) -> dict[str, Any]:
    """Take the date where there is none, or a finer one of the same year."""
    best = keep
    for other in others:
        if other.year is None or best.year not in (None, other.year):
            continue
        if best.year is None or _fineness(other) > _fineness(best):
            best = other
    if best is keep:
        return {}
    return {
        name: getattr(best, name)
        for name in ("year", "released_on", "released_precision")
    }


def _fineness(track: Track) -> int:
    return PRECISIONS.index(track.released_precision) if track.released_on else 0


def _presence(keep: Track, others: Sequence[Track]) -> dict[str, Any]:
    """Take the audio of another, and be gone only if all of them are."""
    taken: dict[str, Any] = {}
    if giver := audio_giver(keep, others):
        taken["audio_path"] = giver.audio_path
    if keep.vanished_at and any(other.vanished_at is None for other in others):
        taken["vanished_at"] = None
    return taken
