"""Single notes: a wavetable whose overtones change while the note sounds.

A timbre says how strong each overtone is at each moment. The moments are turned into
one cycle each by an inverse FFT, once for every half octave, and a note reads its way
through these cycles at its own pitch. So a plucked string loses its highs, a horn
gains them, and a note costs about a millisecond for each second that it sounds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from catalog.demo.seeds import seeded
from catalog.demo.synth.signal import RATE_HZ, Sound, fade, hertz, noise, seconds

_CYCLE = 2048
_MOMENTS = 24
_MAX_OVERTONES = 72

Overtones = Callable[
    [NDArray[np.float64], NDArray[np.float64], float, float], NDArray[np.float64]
]


@dataclass(frozen=True)
class Timbre:
    """How one instrument's notes sound.

    overtones: (k (1, K), t in seconds (M, 1), brightness 0..1, fundamental in Hz)
    to amplitudes (M, K). span_s: the time in which the timbre changes; a longer note
    stays as it was then. rings: the note dies away by itself and is let ring for
    ring_s after its end (else it stops within release_s). breath: noise at the
    attack and, for `breath_hold`, during the note. unison_cents: a second copy
    detuned by that much.
    """

    overtones: Overtones
    span_s: float = 1.5
    attack_s: float = 0.004
    release_s: float = 0.08
    ring_s: float = 0.0
    vibrato_hz: float = 0.0
    vibrato_cents: float = 0.0
    breath: float = 0.0
    breath_hold: float = 0.0
    unison_cents: float = 0.0
    drop_semitones: float = 0.0
    gain: float = 1.0


@lru_cache(maxsize=192)
def _cycles(timbre: Timbre, half_octave: int, bright: int) -> Sound:
    """Return the cycles (M, 2048) of a timbre in one half octave."""
    lowest_hz = hertz(half_octave * 6)
    top_hz = hertz(half_octave * 6 + 5)
    count = int(max(1, min(_MAX_OVERTONES, 19_000 / top_hz)))
    k = np.arange(1, count + 1, dtype=np.float64)[None, :]
    t = (np.linspace(0, 1, _MOMENTS) ** 2 * timbre.span_s)[:, None]
    strength = timbre.overtones(k, t, bright / 2, (lowest_hz * top_hz) ** 0.5)
    phases = np.exp(2j * np.pi * seeded("phases").random(_MAX_OVERTONES)[:count])
    spectrum = np.zeros((_MOMENTS, _CYCLE // 2 + 1), dtype=np.complex64)
    spectrum[:, 1 : count + 1] = strength * phases
    cycles = np.fft.irfft(spectrum, axis=1).astype(np.float32)
    # Loudest moment at unit level, so that timbres can be mixed by their gain.
    level = np.sqrt((cycles**2).mean(axis=1).max()) + 1e-9
    cycles *= np.float32(0.22 / level)
    return cycles


def play_note(timbre: Timbre, midi: int, length_s: float, velocity: float) -> Sound:
    """Sound one note.

    Returns mono float32 samples at 48 kHz, longer than length_s by the release or
    the ring of the timbre. Velocity (0..1) sets loudness and brightness.
    """
    total_s = length_s + (timbre.ring_s or timbre.release_s)
    bright = 0 if velocity < 0.5 else 1 if velocity < 0.8 else 2
    cycles = _cycles(timbre, midi // 6, bright)
    t = seconds(total_s)
    sound = _read(cycles, timbre, hertz(midi), t)
    if timbre.unison_cents:
        other_hz = hertz(midi + timbre.unison_cents / 100)
        sound = (sound + _read(cycles, timbre, other_hz, t)) * np.float32(0.7)
    if timbre.breath:
        air = noise(len(t), midi)
        puff = np.exp(-t * 45.0)
        if timbre.breath_hold:
            puff += np.float32(timbre.breath_hold)
        sound += air * puff * np.float32(timbre.breath * 0.1)
    release_s = timbre.release_s
    if timbre.ring_s:
        release_s = min(total_s * 0.8, timbre.ring_s)
    sound *= np.float32(timbre.gain * (0.25 + 0.75 * velocity) * velocity**0.5)
    return fade(sound, timbre.attack_s, release_s)


def _read(cycles: Sound, timbre: Timbre, frequency_hz: float, t: Sound) -> Sound:
    phase = np.arange(len(t)) * (frequency_hz / RATE_HZ)
    if timbre.vibrato_cents:
        # Vibrato comes in late, as players do it.
        depth = frequency_hz * timbre.vibrato_cents / 1731.0 / timbre.vibrato_hz
        sway = np.sin(2 * np.pi * timbre.vibrato_hz * t) * depth / (2 * np.pi)
        phase += sway * np.clip((t - 0.15) * 3, 0, 1)
    if timbre.drop_semitones:
        drop = frequency_hz * (2 ** (timbre.drop_semitones / 12) - 1)
        phase += drop * 0.03 * (1 - np.exp(-t / 0.03))
    place = (phase * _CYCLE).astype(np.int64) & (_CYCLE - 1)
    moment = np.sqrt(np.minimum(t / np.float32(timbre.span_s), 1)) * (_MOMENTS - 1.001)
    row = moment.astype(np.int64)
    share = (moment - row).astype(np.float32)
    flat = cycles.ravel()
    place += row * _CYCLE
    early = flat[place]
    place += _CYCLE
    late = flat[place]
    return np.asarray(early + (late - early) * share, dtype=np.float32)
