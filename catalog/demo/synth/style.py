"""What a style of music is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Layer:
    """One accompanying player.

    kind: how chords become notes ("block", "strum", "pad", "power", "arp up",
    "arp wave", "pick", "octaves", "riff"); cells: rhythm by bar, "a / b" alternates;
    voice: a timbre or a pad; centre: MIDI of the middle of the hand; pan: -1..1;
    send: share that goes to the room; level: joins from this level on.
    """

    kind: str
    cells: str
    voice: str
    gain_db: float = -8.0
    pan: float = 0.0
    size: int = 4
    centre: int = 62
    send: float = 0.2
    level: int = 1
    drive: float = 0.0
    chorus: float = 0.0
    ducked: float = 0.0
    sweep: bool = False
    echo: float = 0.0


@dataclass(frozen=True)
class Lead:
    """Who carries the melody, and how.

    cells: the family of rhythms; centre: MIDI; answer: the voice that takes over in
    the last section, if another.
    """

    voices: tuple[str, ...]
    cells: str
    centre: int = 72
    gain_db: float = -3.0
    pan: float = 0.0
    send: float = 0.3
    echo: float = 0.0
    drive: float = 0.0
    from_level: int = 2


@dataclass(frozen=True)
class Style:
    """A style: its ranges, its band and its habits.

    tempo_bpm, energy: the ranges within which its pieces lie; colour: what its
    timbre adds to or takes from valence; loose_ms: how far players stray in time;
    room: (decay in seconds, wet share); low_cell and low_voice: the bass, whose cell
    signs are r root, f fifth, o octave, t third, s sixth or seventh, a approach.
    crackle, wow: an old record, an uneven tape; rises: the kick leaves in the break,
    and noise and a drum roll climb to its return.
    """

    slug: str
    genre: str
    subgenres: tuple[str, ...]
    tempo_bpm: tuple[float, float]
    energy: tuple[float, float]
    groove: str
    low_cells: str
    low_voice: str
    layers: tuple[Layer, ...]
    lead: Lead | None
    major: tuple[str, ...]
    minor: tuple[str, ...]
    instruments: tuple[str, ...]
    scales: tuple[str, str] = ("major", "minor")
    beats_per_bar: int = 4
    bars_per_chord: int = 1
    swing: float = 0.5
    swing_16: float = 0.5
    room: tuple[float, float] = (1.2, 0.16)
    low_gain_db: float = -2.0
    low_drive: float = 0.0
    low_ducked: float = 0.0
    drum_gain_db: float = -1.0
    drum_send: float = 0.08
    loose_ms: float = 6.0
    colour: float = 0.0
    danceability: float = 0.5
    acousticness: float = 0.5
    instrumentalness: float = 0.9
    crackle: bool = False
    rises: bool = False
    wow: bool = False
