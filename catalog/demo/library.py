"""The demo library: which tracks there are, and what is true of each."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from catalog.demo.feels import FEELS, Feel, valence_of
from catalog.demo.order import spread_out
from catalog.demo.roster import ACTS
from catalog.demo.roster.act import Record
from catalog.demo.seeds import seeded
from catalog.demo.synth.render import form_of
from catalog.demo.synth.style import Style
from catalog.demo.synth.styles import STYLES


@dataclass(frozen=True)
class DemoTrack:
    """One track of the demo library; every figure is what its sound is made from.

    pitch_class: the tonic, 0 is C; energy .. instrumentalness: 0..1; popularity:
    0..100, made up; language: "" as all are instrumental (voices sing no words);
    year: of the recording. style, drive and lightness are what the players need: the
    band, how hard it plays for its style, and how light its lines are (0..1).
    """

    slug: str
    title: str
    artists: tuple[str, ...]
    album: str
    year: int
    genre: str
    subgenres: tuple[str, ...]
    moods: tuple[str, ...]
    themes: tuple[str, ...]
    instruments: tuple[str, ...]
    tempo_bpm: float
    pitch_class: int
    is_major: bool
    energy: float
    valence: float
    danceability: float
    acousticness: float
    instrumentalness: float
    popularity: int
    language: str
    duration_s: float
    style: str
    drive: float
    lightness: float


@cache
def demo_tracks() -> tuple[DemoTrack, ...]:
    """Return all tracks, ordered so that any first few differ as much as possible."""
    tracks = [
        _make_track(act.name, record, song)
        for act in ACTS
        for record in act.records
        for song in record.songs
    ]
    return spread_out(tracks)


def _make_track(artist: str, record: Record, song: str) -> DemoTrack:
    title, feel_name, themes, *guests = (part.strip() for part in song.split(" : "))
    style = STYLES[record.style]
    feel = FEELS[feel_name]
    slug = f"{_slug(artist)}--{_slug(title)}"
    rng = seeded(slug, "facts")
    drive = round(_between(feel.drive + rng.normal(0, 0.06), 0.0, 1.0), 3)
    lightness = round(_between(feel.lightness + rng.normal(0, 0.05), 0.0, 1.0), 3)
    pace = _between(feel.pace + rng.normal(0, 0.08), 0.0, 1.0)
    slowest, fastest = style.tempo_bpm
    tempo_bpm = float(round(slowest + pace * (fastest - slowest)))
    return DemoTrack(
        slug=slug,
        title=title,
        artists=(artist, *guests),
        album=record.title,
        year=record.year,
        genre=style.genre,
        subgenres=style.subgenres,
        moods=feel.moods,
        themes=tuple(themes.split()),
        instruments=style.instruments,
        tempo_bpm=tempo_bpm,
        pitch_class=int(rng.integers(0, 12)),
        is_major=feel.is_major,
        energy=_energy(style, drive),
        valence=valence_of(feel, tempo_bpm, lightness, style.colour),
        danceability=_danceability(style, feel, drive),
        acousticness=round(style.acousticness, 3),
        instrumentalness=round(style.instrumentalness, 3),
        popularity=int(_between(rng.normal(48, 20), 2, 97)),
        language="",
        duration_s=form_of(style.slug, tempo_bpm).duration_s,
        style=style.slug,
        drive=drive,
        lightness=lightness,
    )


def _energy(style: Style, drive: float) -> float:
    gentle, hard = style.energy
    return round(gentle + drive * (hard - gentle), 3)


def _danceability(style: Style, feel: Feel, drive: float) -> float:
    value = style.danceability + 0.1 * (drive - 0.5) + 0.08 * (feel.lightness - 0.5)
    return round(_between(value, 0.02, 0.98), 3)


def _between(value: float, low: float, high: float) -> float:
    return float(min(high, max(low, value)))


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
