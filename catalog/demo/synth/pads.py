"""Sounds of many players: strings, choirs, pads and supersaws.

Each pitch is one inverse FFT of a spectrum whose overtones are bands and not lines,
with random phases: what Nasca Octavian Paul describes as the PADsynth algorithm
(zynaddsubfx.sourceforge.io/doc/PADsynth/PADsynth.htm). Left and right have phases of
their own, which makes the sound wide.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from catalog.demo.seeds import seeded
from catalog.demo.synth.signal import RATE_HZ, Sound, fade, hertz

_LOOP = 1 << 17


@dataclass(frozen=True)
class Pad:
    """How one ensemble sounds.

    spectrum: (overtone numbers, their frequencies in Hz) to strengths.
    width_cents: how far the players are apart in tune.
    """

    spectrum: Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.float64]]
    width_cents: float
    attack_s: float
    release_s: float
    gain: float = 1.0


@cache
def _phases() -> NDArray[np.complex64]:
    turns = seeded("pad phases").random((2, _LOOP // 2 + 1)) * 2 * np.pi
    return np.asarray(np.exp(1j * turns), dtype=np.complex64)


@lru_cache(maxsize=96)
def _loop(pad: Pad, midi: int) -> Sound:
    """Return 2.7 s of an ensemble on one note, (2, 131072), that loops seamlessly."""
    f = hertz(midi)
    count = int(min(48, 16_000 / f))
    k = np.arange(1, count + 1, dtype=np.float64)
    strengths = pad.spectrum(k, k * f)
    magnitude = np.zeros(_LOOP // 2 + 1, dtype=np.float32)
    bin_hz = RATE_HZ / _LOOP
    for number, strength in zip(k, strengths, strict=True):
        centre = number * f / bin_hz
        width = max(1.2, centre * (2 ** (pad.width_cents / 1200) - 1))
        low = max(1, int(centre - 3 * width))
        high = min(len(magnitude), int(centre + 3 * width) + 2)
        bins = np.arange(low, high)
        bell = np.exp(-(((bins - centre) / width) ** 2))
        magnitude[low:high] += strength * bell / np.sqrt(width)
    turned = np.roll(_phases(), midi * 977, axis=1) * magnitude
    loop: Sound = fft.irfft(turned, n=_LOOP, axis=1).astype(np.float32)
    loop *= np.float32(0.16 / (loop.std() + 1e-12))
    return loop


def play_pad(pad: Pad, midi: int, length_s: float, velocity: float) -> Sound:
    """Sound one note of an ensemble. Returns (2, n) float32 at 48 kHz."""
    count = round((length_s + pad.release_s) * RATE_HZ)
    loop = _loop(pad, midi)
    start = midi * 4099 % (_LOOP // 2)
    place = slice(start, start + count)
    if start + count > _LOOP:
        repeats = -(-(start + count) // _LOOP)
        sound = np.tile(loop, (1, repeats))[:, place]
    else:
        sound = loop[:, place].copy()
    sound *= np.float32(pad.gain * (0.3 + 0.7 * velocity))
    return fade(sound, pad.attack_s, pad.release_s)


def _falling(slope: float, roof_hz: float) -> Callable[..., NDArray[np.float64]]:
    def spectrum(
        k: NDArray[np.float64], hz: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        return np.asarray(1 / k**slope / (1 + (hz / roof_hz) ** 3))

    return spectrum


def _throat(
    peaks: tuple[tuple[float, float, float], ...],
) -> Callable[..., NDArray[np.float64]]:
    def spectrum(
        k: NDArray[np.float64], hz: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        body = np.full_like(hz, 0.05)
        for centre, width, strength in peaks:
            body += strength * np.exp(-(((hz - centre) / width) ** 2))
        return np.asarray(body / k**0.9)

    return spectrum


def _glass(k: NDArray[np.float64], hz: NDArray[np.float64]) -> NDArray[np.float64]:
    keep = np.isin(k, (1, 2, 4, 7, 8, 11, 16))
    return np.asarray(keep / k**0.8 / (1 + (hz / 7000) ** 3))


PADS: dict[str, Pad] = {
    "strings": Pad(_falling(1.0, 4200), 22, 0.16, 0.4),
    "dark strings": Pad(_falling(1.2, 1500), 24, 0.3, 0.6),
    "high strings": Pad(_falling(0.9, 6500), 18, 0.2, 0.5, 0.8),
    "choir": Pad(
        _throat(((650, 160, 1.2), (1080, 180, 0.8), (2700, 350, 0.25))), 26, 0.25, 0.6
    ),
    "dark choir": Pad(_throat(((380, 140, 1.3), (800, 160, 0.5))), 28, 0.4, 0.8),
    "warm pad": Pad(_falling(1.3, 1400), 30, 0.4, 0.9),
    "glass pad": Pad(_glass, 14, 0.7, 1.4, 0.7),
    "air pad": Pad(_falling(1.5, 3000), 70, 0.9, 1.6),
    "supersaw": Pad(_falling(0.85, 9500), 30, 0.01, 0.14, 0.9),
    "synth strings": Pad(_falling(0.95, 3600), 34, 0.22, 0.5),
    "brass section": Pad(_falling(0.9, 3400), 14, 0.05, 0.14),
    "drone": Pad(_falling(1.1, 900), 18, 1.2, 2.0, 1.1),
}
