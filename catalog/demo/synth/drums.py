"""Drum sounds, each made once and reused by every piece."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

from catalog.demo.synth.signal import RATE_HZ, Sound, fade, noise, seconds


@cache
def _band_filter(low_hz: float, high_hz: float) -> NDArray[np.float64]:
    return butter(2, (low_hz, high_hz), "bandpass", fs=RATE_HZ, output="sos")


@cache
def _high_filter(low_hz: float) -> NDArray[np.float64]:
    return butter(2, low_hz, "highpass", fs=RATE_HZ, output="sos")


def _band(sound: Sound, low_hz: float, high_hz: float) -> Sound:
    out = sosfilt(_band_filter(low_hz, high_hz), sound)
    return np.asarray(out, dtype=np.float32)


def _high(sound: Sound, low_hz: float) -> Sound:
    out = sosfilt(_high_filter(low_hz), sound)
    return np.asarray(out, dtype=np.float32)


def _unit(sound: Sound | NDArray[np.float64], peak: float = 0.9) -> Sound:
    out = np.asarray(sound * (peak / np.abs(sound).max()), dtype=np.float32)
    return fade(out, 0.0, 0.008)


def _drop(
    low_hz: float, high_hz: float, sweep: float, decay: float, length_s: float
) -> Sound:
    """A skin: a sine that falls from a high to a low pitch."""
    t = seconds(length_s)
    phase = low_hz * t + (high_hz - low_hz) * (1 - np.exp(-t * sweep)) / sweep
    return np.asarray(np.sin(2 * np.pi * phase) * np.exp(-t * decay), dtype=np.float32)


def _kick(
    low_hz: float,
    high_hz: float,
    decay: float,
    click: float,
    drive: float = 1.0,
    length_s: float = 0.45,
) -> Sound:
    body = _drop(low_hz, high_hz, 32, decay, length_s)
    t = seconds(length_s)
    body += _high(noise(len(t), 1), 1800) * np.exp(-t * 320) * click
    return _unit(np.tanh(body * drive))


def _snare(
    tone_hz: float, rattle: float, decay: float, low_hz: float, length_s: float = 0.35
) -> Sound:
    t = seconds(length_s)
    shell = _drop(tone_hz, tone_hz * 1.7, 40, 22, length_s)
    wires = _band(noise(len(t), 2), low_hz, 9000) * np.exp(-t * decay)
    return _unit(shell * 0.8 + wires * np.float32(rattle))


def _clap() -> Sound:
    t = seconds(0.35)
    burst = np.zeros(len(t), dtype=np.float32)
    for late_s in (0.0, 0.011, 0.023):
        at = round(late_s * RATE_HZ)
        burst[at:] += np.exp(-t[: len(t) - at] * 160)
    burst += 0.5 * np.exp(-t * 17)
    return _unit(_band(noise(len(t), 3), 900, 4800) * burst)


def _metal(decay: float, length_s: float, low_hz: float, ring: float) -> Sound:
    """A cymbal: noise and a cluster of unrelated squares."""
    t = seconds(length_s)
    cluster = np.zeros(len(t), dtype=np.float32)
    for ratio in (1.0, 1.34, 1.79, 2.13, 2.76, 3.37):
        cluster += np.sign(np.sin(2 * np.pi * 463 * ratio * t))
    mixed = noise(len(t), 4) * (1 - ring) + cluster * np.float32(ring * 0.6)
    return _unit(_high(mixed.astype(np.float32), low_hz) * np.exp(-t * decay))


def _ride() -> Sound:
    t = seconds(0.9)
    ping = np.zeros(len(t), dtype=np.float32)
    for ratio, strength in ((1.0, 1.0), (1.48, 0.6), (2.09, 0.5), (2.71, 0.4)):
        ping += strength * np.sin(2 * np.pi * 2540 * ratio * t) * np.exp(-t * 9)
    wash = _high(noise(len(t), 5), 5200) * np.exp(-t * 4.5)
    return _unit(ping * 0.35 + wash * 0.5)


def _crash() -> Sound:
    t = seconds(1.9)
    wash = _high(noise(len(t), 6), 3000) * (np.exp(-t * 2.6) + np.exp(-t * 14))
    return _unit(wash)


def _brush(length_s: float, attack_s: float) -> Sound:
    t = seconds(length_s)
    rise = np.clip(t / attack_s, 0, 1)
    return _unit(_band(noise(len(t), 7), 1500, 7500) * rise * np.exp(-t * 9), 0.7)


def _shaker() -> Sound:
    t = seconds(0.12)
    shape = np.exp(-(((t - 0.035) / 0.025) ** 2))
    return _unit(_high(noise(len(t), 8), 5200) * shape, 0.8)


def _tambourine() -> Sound:
    t = seconds(0.25)
    return _unit(_high(noise(len(t), 9), 6500) * np.exp(-t * 18), 0.8)


def _block(frequency_hz: float, decay: float) -> Sound:
    t = seconds(0.2)
    tone = np.sin(2 * np.pi * frequency_hz * t) + 0.4 * np.sin(
        2 * np.pi * frequency_hz * 2.67 * t
    )
    return _unit((tone * np.exp(-t * decay)).astype(np.float32))


def _cowbell() -> Sound:
    t = seconds(0.3)
    tone = np.sign(np.sin(2 * np.pi * 562 * t)) + np.sign(np.sin(2 * np.pi * 845 * t))
    return _unit(_band(tone.astype(np.float32), 500, 5000) * np.exp(-t * 14))


def _boom(low_hz: float, decay: float, skin: float) -> Sound:
    body = _drop(low_hz, low_hz * 1.35, 18, decay, 1.3)
    t = seconds(1.3)
    body += _band(noise(len(t), 10), 120, 1400) * np.exp(-t * 30) * np.float32(skin)
    return _unit(body)


def _gated() -> Sound:
    t = seconds(0.3)
    shell = _drop(185, 320, 40, 14, 0.3)
    room = _band(noise(len(t), 11), 350, 7500) * (0.35 + 0.65 * np.exp(-t * 30))
    room *= t < 0.23
    return _unit(shell * 0.7 + room * np.float32(0.8))


def _dusty(sound: Sound) -> Sound:
    """As if from an old record: fewer steps of loudness and no highs."""
    crushed = np.round(np.tanh(sound * 1.6) * 24) / 24
    return _unit(_band(crushed.astype(np.float32), 60, 5200))


_MAKERS: dict[str, Callable[[], Sound]] = {
    "kick": lambda: _kick(56, 190, 11, 0.5, 1.2),
    "soft kick": lambda: _kick(58, 120, 13, 0.15),
    "jazz kick": lambda: _kick(72, 130, 16, 0.1),
    "rock kick": lambda: _kick(60, 240, 13, 0.9, 1.8),
    "metal kick": lambda: _kick(62, 320, 22, 1.6, 1.6, 0.25),
    "house kick": lambda: _kick(51, 260, 8.5, 0.7, 1.7),
    "techno kick": lambda: _kick(47, 330, 6.5, 0.8, 2.8, 0.5),
    "808 kick": lambda: _kick(44, 130, 4.0, 0.3, 1.3, 0.9),
    "dusty kick": lambda: _dusty(_kick(58, 200, 12, 0.6, 1.6)),
    "snare": lambda: _snare(190, 0.8, 17, 1200),
    "rock snare": lambda: _snare(210, 1.2, 14, 900, 0.4),
    "tight snare": lambda: _snare(240, 1.0, 26, 1500, 0.22),
    "jazz snare": lambda: _snare(230, 0.7, 24, 1800, 0.25),
    "dusty snare": lambda: _dusty(_snare(185, 1.1, 18, 900)),
    "gated snare": _gated,
    "trap snare": lambda: _snare(250, 1.3, 20, 2200, 0.3),
    "clap": _clap,
    "snap": lambda: _unit(
        _band(noise(5000, 12), 1700, 4200) * np.exp(-seconds(5000 / RATE_HZ) * 75)
    ),
    "rim": lambda: _block(1650, 75),
    "hat": lambda: _metal(62, 0.09, 7000, 0.3),
    "open hat": lambda: _metal(9, 0.42, 6500, 0.3),
    "machine hat": lambda: _metal(48, 0.1, 8000, 0.75),
    "machine open hat": lambda: _metal(9, 0.36, 7500, 0.7),
    "dusty hat": lambda: _dusty(_metal(50, 0.1, 4000, 0.2)),
    "pedal hat": lambda: _metal(80, 0.07, 5000, 0.1),
    "ride": _ride,
    "crash": _crash,
    "brush": lambda: _brush(0.34, 0.09),
    "brush tap": lambda: _brush(0.18, 0.004),
    "shaker": _shaker,
    "tambourine": _tambourine,
    "cowbell": _cowbell,
    "clave": lambda: _block(2500, 55),
    "block": lambda: _block(900, 50),
    "high conga": lambda: _unit(
        _drop(330, 400, 40, 13, 0.4)
        + 0.3 * _band(noise(19200, 13), 800, 4000) * np.exp(-seconds(0.4) * 90)
    ),
    "low conga": lambda: _unit(_drop(215, 265, 40, 10, 0.45)),
    "slap conga": lambda: _unit(
        _drop(400, 520, 50, 28, 0.2)
        + 0.8 * _band(noise(9600, 14), 1200, 6000) * np.exp(-seconds(0.2) * 70)
    ),
    "high tom": lambda: _unit(_drop(165, 250, 20, 8, 0.6)),
    "mid tom": lambda: _unit(_drop(120, 190, 20, 7, 0.7)),
    "low tom": lambda: _unit(_drop(84, 140, 18, 6, 0.8)),
    "timpani": lambda: _boom(74, 2.8, 0.4),
    "taiko": lambda: _boom(58, 4.0, 1.0),
    "bodhran": lambda: _boom(88, 11, 0.5),
    "stomp": lambda: _boom(64, 16, 0.8),
}


@cache
def drum(name: str) -> Sound:
    """Return one stroke of a drum at full strength, mono float32 at 48 kHz."""
    sound = _MAKERS[name]()
    sound.setflags(write=False)
    return sound
