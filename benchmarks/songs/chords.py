"""A song for measuring speed: chords over a drum machine."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.songs.mp3 import write_mp3

RATE_HZ = 44_100
BIT_RATE = 192_000


def make_song(path: Path, minutes: float, *, seed: int) -> Path:
    """Write an MP3 of chords over a drum machine, other for each seed."""
    rng = np.random.default_rng(seed)
    t = np.arange(int(minutes * 60 * RATE_HZ)) / RATE_HZ
    beat = t * rng.uniform(1.2, 2.6)
    step = np.floor(beat).astype(int)
    root = rng.uniform(90, 180) * 2 ** (rng.integers(0, 12, step[-1] + 1)[step] / 12)
    phase = 2 * np.pi * np.cumsum(root) / RATE_HZ
    chord = sum(np.sin(phase * ratio) for ratio in (1.0, 1.26, 1.5, 2.0, 3.0, 4.0))
    stroke = rng.standard_normal(t.size) * np.exp(-(beat - step) * 12)
    left = 0.06 * chord + 0.2 * stroke
    right = 0.06 * np.roll(chord, 200) + 0.15 * stroke
    wave = np.clip(np.stack([left, right]), -1, 1).astype(np.float32)
    write_mp3(path, wave, rate_hz=RATE_HZ, bit_rate=BIT_RATE)
    return path
