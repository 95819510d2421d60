"""The demo library's tracks: made here, then heard like any other file."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings

from catalog.demo.cover import render_cover
from catalog.demo.encode import write_opus
from catalog.demo.library import DemoTrack, demo_tracks
from catalog.demo.tags import tags_of
from catalog.ingest.covers import file_replace
from catalog.ingest.facts import Attribute, Refused, TrackFacts
from catalog.ingest.heard import file_listen
from catalog.ingest.merging import GENERATOR, MEASURED
from catalog.models import Tag, Track

RATE_HZ = 48_000
LICENCE = "CC0-1.0"
FOLDER = "demo"
# What the generator knows better than any ear: it made the sound from these.
GENERATED = (
    "tempo_bpm",
    "pitch_class",
    "is_major",
    "energy",
    "valence",
    "danceability",
    "acousticness",
    "instrumentalness",
)


@cache
def tracks_by_slug() -> dict[str, DemoTrack]:
    """Return the demo library by slug."""
    return {track.slug: track for track in demo_tracks()}


def demo_fingerprint(track: DemoTrack) -> str:
    """Return what changes whenever a newer library has other facts for a track."""
    facts = json.dumps(asdict(track), sort_keys=True)
    return hashlib.sha256(facts.encode()).hexdigest()[:32]


def demo_facts(slug: str) -> TrackFacts:
    """Make a demo track: render it, write its audio and cover, and listen to it.

    Raises Refused where the library has no such track. Takes about a second.
    """
    track = tracks_by_slug().get(slug)
    if track is None:
        raise Refused("This version of the demo library has no such track.")
    audio_path = f"{FOLDER}/{slug}.opus"
    cover_path = f"{FOLDER}/{slug}.svg"
    media = Path(settings.MEDIA_ROOT)
    _write_audio(media / audio_path, track)
    file_replace(media / cover_path, render_cover(track))
    heard = file_listen(media / audio_path)
    generated: dict[str, Attribute] = {name: getattr(track, name) for name in GENERATED}
    sources = dict.fromkeys(heard.measures, MEASURED)
    return TrackFacts(
        source=Track.Source.DEMO,
        source_key=slug,
        fingerprint=demo_fingerprint(track),
        title=track.title,
        artists=track.artists,
        album=track.album,
        tags=_tags(track),
        released_on=date(track.year, 1, 1),
        released_precision=Track.DatePrecision.YEAR,
        year=track.year,
        duration_ms=heard.duration_ms,
        language=track.language,
        popularity=track.popularity,
        is_explicit=False,
        licence=LICENCE,
        audio_path=audio_path,
        cover_path=cover_path,
        attributes=heard.measures | generated,
        attribute_sources=sources | dict.fromkeys(GENERATED, GENERATOR),
        renewed=frozenset({MEASURED, GENERATOR}),
        raw=heard.raw,
    )


def _write_audio(path: Path, track: DemoTrack) -> None:
    # The players bring scipy and much code: only workers that make music need it.
    from catalog.demo.synth import render_track

    path.parent.mkdir(parents=True, exist_ok=True)
    samples = render_track(track)
    write_opus(path, samples, rate_hz=RATE_HZ, tags=tags_of(track))


def _tags(track: DemoTrack) -> tuple[tuple[str, str], ...]:
    kinds = (
        (Tag.Kind.GENRE, (track.genre, *track.subgenres)),
        (Tag.Kind.MOOD, track.moods),
        (Tag.Kind.THEME, track.themes),
        (Tag.Kind.INSTRUMENT, track.instruments),
    )
    return tuple((kind.value, name) for kind, names in kinds for name in names)
