"""What happens to sound after it was played: rooms, echoes, drive, age."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import fft
from scipy.signal import butter, lfilter, sosfilt

from catalog.demo.seeds import seeded
from catalog.demo.synth.signal import RATE_HZ, Sound

_HALF_HZ = RATE_HZ // 2


@cache
def _sos(
    kind: Literal["lowpass", "highpass"], cutoff_hz: float, order: int, rate_hz: int
) -> NDArray[np.float32]:
    sos = butter(order, cutoff_hz, kind, fs=rate_hz, output="sos")
    return sos.astype(np.float32)


def low_pass(sound: Sound, cutoff_hz: float, order: int = 2) -> Sound:
    """Take away what is above a frequency. Works on the last axis."""
    out = sosfilt(_sos("lowpass", cutoff_hz, order, RATE_HZ), sound)
    return np.asarray(out, dtype=np.float32)


def high_pass(sound: Sound, cutoff_hz: float, order: int = 2) -> Sound:
    """Take away what is below a frequency. Works on the last axis."""
    out = sosfilt(_sos("highpass", cutoff_hz, order, RATE_HZ), sound)
    return np.asarray(out, dtype=np.float32)


def drive(sound: Sound, amount: float) -> Sound:
    """Overdrive (1 warm .. 20 metal) through a guitar cabinet."""
    peak = np.float32(np.abs(sound).max() + 1e-9)
    pushed = np.tanh(high_pass(sound, 90) * np.float32(amount / peak * 2.2))
    return low_pass(pushed, 4800 if amount > 3 else 6500, 4) * np.float32(0.42)


def chorus(sound: Sound, depth: float, rng: np.random.Generator) -> Sound:
    """Add two slowly wandering copies, one on each side. (2, n) in and out."""
    count = sound.shape[1]
    out = sound.copy()
    index = np.arange(count, dtype=np.int32)
    t = index.astype(np.float32) / RATE_HZ
    for side in (0, 1):
        rate_hz = 0.45 + 0.25 * rng.random()
        turn = np.float32(2 * np.pi) * (np.float32(rate_hz) * t + np.float32(side / 2))
        late = ((0.013 + 0.0035 * np.sin(turn)) * RATE_HZ).astype(np.int32)
        out[side] += np.float32(depth) * sound[side][np.maximum(index - late, 0)]
    return out * np.float32(1 / (1 + depth * 0.6))


def echo(sound: Sound, delay_s: float, share: float, repeats: int = 4) -> Sound:
    """Add repeats that wander from side to side. (2, n) in and out."""
    out = sound.copy()
    gap = round(delay_s * RATE_HZ)
    tail = low_pass(sound, 3600)
    for number in range(1, repeats + 1):
        late = gap * number
        if late >= sound.shape[1]:
            break
        gain = np.float32(share**number)
        near, far = (0.9, 0.35) if number % 2 else (0.35, 0.9)
        mono = (tail[0, :-late] + tail[1, :-late]) * np.float32(0.5)
        out[0, late:] += mono * gain * np.float32(near)
        out[1, late:] += mono * gain * np.float32(far)
    return out


@lru_cache(maxsize=16)
def _room(decay_s: float) -> Sound:
    """Return a room's answer to a click, (2, n) at 24 kHz."""
    count = round(min(decay_s * 1.25, 5.0) * _HALF_HZ)
    t = np.arange(count, dtype=np.float32) / _HALF_HZ
    rng = seeded("room", str(decay_s))
    noise = rng.standard_normal((2, count)).astype(np.float32)
    # Walls and air eat highs: the tail is made of a quick bright and a slow dark part.
    dark = lfilter([0.22], [1, -0.78], noise, axis=1).astype(np.float32)
    answer = noise * np.exp(-t * (11 / decay_s)) * 0.5 + dark * np.exp(
        -t * (6.9 / decay_s)
    )
    early = round(0.012 * _HALF_HZ)
    answer[:, :early] *= 0.05
    answer *= np.float32(1 / np.sqrt((answer**2).sum(axis=1).mean()))
    return answer.astype(np.float32)


def reverb(send: Sound, decay_s: float) -> Sound:
    """Return the room's answer to a mono send, (2, n), without the sound itself.

    Made at half the rate: a room has no highs, and it halves the cost.
    """
    count = len(send)
    half = send[: count // 2 * 2].reshape(-1, 2).mean(axis=1)
    half = sosfilt(_sos("highpass", 160.0, 2, _HALF_HZ), half).astype(np.float32)
    room = _room(decay_s)
    size = fft.next_fast_len(len(half) + room.shape[1], real=True)
    wet = fft.irfft(
        fft.rfft(half, size)[None, :] * fft.rfft(room, size, axis=1), size, axis=1
    )[:, : len(half)]
    out = np.zeros((2, count), dtype=np.float32)
    out[:, 0 : 2 * len(half) : 2] = wet
    middle = wet.copy()
    middle[:, :-1] += wet[:, 1:]
    out[:, 1 : 2 * len(half) : 2] = middle * 0.5
    return out


def duck(sound: Sound, hits_s: list[float], depth: float, release_s: float) -> Sound:
    """Make room for the kick: the sound dips at each hit and swells back, in place."""
    count = sound.shape[-1]
    length = round(release_s * RATE_HZ)
    ramp = np.linspace(0, 1, length, dtype=np.float32) ** 1.5
    dip = 1 - np.float32(depth) * (1 - ramp)
    for hit_s in hits_s:
        start = round(hit_s * RATE_HZ)
        end = min(count, start + length)
        if start < count:
            sound[..., start:end] *= dip[: end - start]
    return sound


def crackle(count: int, rng: np.random.Generator) -> Sound:
    """Return the surface of an old record, mono."""
    out = (rng.standard_normal(count // 8).astype(np.float32) * 0.004).repeat(8)
    clicks = rng.integers(0, len(out), size=round(count / RATE_HZ * 14))
    out[clicks] += rng.exponential(0.05, size=len(clicks)).astype(np.float32) * (
        rng.choice([-1, 1], size=len(clicks))
    )
    full = np.zeros(count, dtype=np.float32)
    full[: len(out)] = out
    return low_pass(full, 6000)


def wobble(sound: Sound, depth_s: float = 0.0011, rate_hz: float = 0.7) -> Sound:
    """Play it from a tape that runs unevenly. (2, n) in and out."""
    count = sound.shape[1]
    index = np.arange(count, dtype=np.float32)
    late = depth_s * RATE_HZ * (1 + np.sin(2 * np.pi * rate_hz * index / RATE_HZ))
    place = np.maximum(np.arange(count) - late, 0).astype(np.float64)
    low = place.astype(np.int64)
    share = (place - low).astype(np.float32)
    high = np.minimum(low + 1, count - 1)
    return np.asarray(
        sound[:, low] * (1 - share) + sound[:, high] * share, dtype=np.float32
    )
