"""The last step: the sound of the year, and how loud it stands."""

from __future__ import annotations

import numpy as np

from catalog.demo.seeds import seeded
from catalog.demo.synth import effects
from catalog.demo.synth.signal import RATE_HZ, Sound
from catalog.demo.synth.style import Style

PEAK = 0.97
_BASS_SHARE = 0.3


def loudness_dbfs(energy: float) -> float:
    """Return the level (RMS of the loudest seconds) that an energy stands for."""
    return float(-27.0 + 16.2 * energy**0.85)


def master(sound: Sound, style: Style, year: int, energy: float, slug: str) -> Sound:
    """Finish a mix: (2, n) in, (2, n) out with peaks below 1."""
    rng = seeded(slug, "master")
    if style.wow:
        sound = effects.wobble(sound)
    sound = effects.high_pass(sound, 28)
    # Tape, valves and narrow stereo of old; the roof of the spectrum rises by decade.
    if year < 1985:
        roof_hz = {195: 7200.0, 196: 9500.0, 197: 13500.0}.get(year // 10, 15500.0)
        sound = effects.low_pass(sound, roof_hz)
        width = {195: 0.15, 196: 0.6}.get(year // 10, 0.9)
        middle = sound.mean(axis=0, keepdims=True)
        sound = middle + (sound - middle) * np.float32(width)
    sound = _tame_bass(sound)
    # Darker for gentle pieces, open for energetic ones.
    tilt = np.float32(0.9 * energy - 0.35)
    sound = sound + tilt * effects.high_pass(sound, 2600, 1)
    level = _loud_rms(sound)
    sound = sound * np.float32(10 ** (loudness_dbfs(energy) / 20) / level)
    if style.crackle:
        sound += effects.crackle(sound.shape[1], rng) * np.float32(0.5)
    sound = _limit(sound)
    edge = round(0.005 * RATE_HZ)
    sound[:, :edge] *= np.linspace(0, 1, edge, dtype=np.float32)
    tail = round(0.6 * RATE_HZ)
    sound[:, -tail:] *= np.linspace(1, 0, tail, dtype=np.float32) ** 2
    return sound


def _tame_bass(sound: Sound) -> Sound:
    """Turn the bass down where it would take more than its share of the power."""
    low = effects.low_pass(sound, 110, 1)
    share = float((low**2).mean() / ((sound**2).mean() + 1e-12))
    if share <= _BASS_SHARE:
        return sound
    return sound - low * np.float32(1 - (_BASS_SHARE / share) ** 0.5)


def _loud_rms(sound: Sound) -> float:
    """The level of the louder half of the seconds: rests don't count."""
    whole = sound.shape[1] // RATE_HZ * RATE_HZ
    power = (sound[:, :whole] ** 2).reshape(2, -1, RATE_HZ).mean(axis=(0, 2))
    loud = np.sort(power)[len(power) // 2 :]
    return float(np.sqrt(loud.mean()) + 1e-9)


def _limit(sound: Sound) -> Sound:
    """Round off what would clip: straight up to 0.6, then bent below the peak."""
    knee, room = np.float32(0.6), np.float32(PEAK - 0.6)
    size = np.abs(sound)
    over = size > knee
    bent = knee + room * np.tanh((size[over] - knee) / room)
    sound[over] = np.copysign(bent, sound[over])
    return sound
