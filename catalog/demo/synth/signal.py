"""Arrays of sound and the few things done to all of them."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from catalog.demo.seeds import seeded

RATE_HZ = 48_000
Sound = NDArray[np.float32]


def hertz(midi: float) -> float:
    """Return the frequency of a MIDI note (69 is 440 Hz)."""
    return float(440.0 * 2.0 ** ((midi - 69) / 12))


def seconds(length_s: float) -> Sound:
    """Return the time of each sample from 0 to a length, in seconds."""
    return np.arange(round(length_s * RATE_HZ), dtype=np.float32) / np.float32(RATE_HZ)


@cache
def hiss() -> Sound:
    """Return six seconds of white noise, the same every time."""
    noise = seeded("hiss").standard_normal(6 * RATE_HZ).astype(np.float32)
    noise.setflags(write=False)
    return noise


def noise(count: int, offset: int = 0) -> Sound:
    """Return white noise of unit variance; another offset is another noise."""
    start = offset * 7919 % (len(hiss()) - count)
    return hiss()[start : start + count]


def fade(sound: Sound, attack_s: float, release_s: float) -> Sound:
    """Fade a sound in and out in place, and return it. Works on the last axis."""
    count = sound.shape[-1]
    rise = min(round(attack_s * RATE_HZ), count // 2)
    fall = min(round(release_s * RATE_HZ), count - rise)
    if rise > 1:
        sound[..., :rise] *= np.linspace(0, 1, rise, dtype=np.float32)
    if fall > 1:
        sound[..., -fall:] *= np.linspace(1, 0, fall, dtype=np.float32) ** 2
    return sound
