"""Drum patterns and chord progressions whose tempo and key are known."""

from __future__ import annotations

import numpy as np

from tests.catalog.audio.sounds import RATE_HZ, Wave

# Hits in a bar of four beats of four sixteenths: kick, snare, hat.
PATTERNS = {
    "four on the floor": ("x...x...x...x...", "....x.......x...", "..x...x...x...x."),
    "rock": ("x.......x.x.....", "....x.......x...", "x.x.x.x.x.x.x.x."),
    "boom bap": ("x.....x...x.....", "....x.......x..x", "x.x.x.x.x.x.x.x."),
    "ballad": ("x.......x.......", "....x.......x...", "x...x...x...x..."),
    "bossa": ("x..xx..xx..xx..x", "x..x..x...x..x..", "x.x.x.x.x.x.x.x."),
    "techno": ("x...x...x...x...", "....x.......x...", "xxxxxxxxxxxxxxxx"),
}


def make_clicks(bpm: float, *, seconds: float = 20.0) -> Wave:
    """Return a metronome's clicks."""
    wave = np.zeros(int(seconds * RATE_HZ))
    for at_s in np.arange(0.1, seconds - 0.1, 60 / bpm):
        _add(wave, at_s, _stroke("click", np.random.default_rng(0)))
    return wave


def make_drums(
    pattern: str, bpm: float, *, seconds: float = 20.0, seed: int = 0
) -> Wave:
    """Return a drum machine, a little uneven in force, never in time."""
    rng = np.random.default_rng(seed)
    wave = np.zeros(int(seconds * RATE_HZ))
    sixteenth_s = 15 / bpm
    for drum, hits in zip(("kick", "snare", "hat"), PATTERNS[pattern], strict=True):
        for step in range(int(seconds / sixteenth_s)):
            if hits[step % 16] == "x":
                force = rng.uniform(0.8, 1.0)
                _add(wave, step * sixteenth_s, force * _stroke(drum, rng))
    return wave


def make_progression(
    tonic: int, is_major: bool, *, rng: np.random.Generator, seconds: float = 16.0
) -> Wave:
    """Return chords and a bass in a key: I-IV-V-I and the like, tuned at random."""
    degrees = {
        True: [(0, 1), (5, 1), (7, 1), (0, 1), (9, 0), (2, 0), (7, 1), (0, 1)],
        False: [(0, 0), (5, 0), (7, 1), (0, 0), (8, 1), (3, 1), (7, 1), (0, 0)],
    }[is_major]
    chord_s = seconds / len(degrees)
    tuning = rng.uniform(-0.3, 0.3)
    parts = []
    for root, is_major_chord in degrees:
        note = 48 + (tonic + root) % 12
        third = 4 if is_major_chord else 3
        wave = sum(
            _tone(note + step + tuning, chord_s, rng)
            for step in (-12, 0, third, 7, rng.choice([12, 12 + third, 19]))
        )
        parts.append(np.asarray(wave))
    return 0.1 * np.concatenate(parts)


def _tone(note: float, seconds: float, rng: np.random.Generator) -> Wave:
    hz = 440 * 2 ** ((note - 69) / 12)
    t = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    decay = rng.uniform(0.4, 0.9)
    partials = sum(
        decay**k * np.sin(2 * np.pi * k * hz * t + rng.uniform(0, 6.28))
        for k in range(1, 8)
        if k * hz < RATE_HZ / 2
    )
    envelope = np.minimum(t / 0.02, 1) * np.exp(-t * rng.uniform(0.2, 2))
    return np.asarray(partials * envelope)


def _stroke(drum: str, rng: np.random.Generator) -> Wave:
    t = np.arange(int(0.15 * RATE_HZ)) / RATE_HZ
    noise = rng.standard_normal(t.size)
    match drum:
        case "kick":
            wave = (
                0.7
                * np.sin(2 * np.pi * (50 * t - 4 * np.exp(-t * 30)))
                * np.exp(-t * 25)
            )
        case "snare":
            wave = (0.15 * noise + 0.2 * np.sin(2 * np.pi * 190 * t)) * np.exp(-t * 30)
        case "hat":
            wave = 0.06 * np.diff(noise, prepend=0) * np.exp(-t * 70)
        case _:
            wave = 0.5 * np.sin(2 * np.pi * 1500 * t) * np.exp(-t * 150)
    return np.asarray(wave)


def _add(wave: Wave, at_s: float, stroke: Wave) -> None:
    start = round(at_s * RATE_HZ)
    end = min(start + stroke.size, wave.size)
    wave[start:end] += stroke[: end - start]
