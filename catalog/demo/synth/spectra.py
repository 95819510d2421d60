"""Families of timbre: how strong each overtone is, and when."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from catalog.demo.synth.voices import Overtones

Grid = NDArray[np.float64]


def plucked(position: float, slope: float, decay: float, damping: float) -> Overtones:
    """A string plucked at a fraction of its length; highs die sooner than lows."""

    def overtones(k: Grid, t: Grid, bright: float, hz: float) -> Grid:
        comb = np.abs(np.sin(np.pi * k * position)) + 0.04
        fall = (decay + damping * k * (hz / 220) ** 0.3) * (hz / 220) ** 0.25
        return np.asarray(comb / k ** (slope - 0.35 * bright) * np.exp(-t * fall))

    return overtones


def struck(slope: float, decay: float, damping: float) -> Overtones:
    """A hammered string, as in a piano: two rates of decay."""

    def overtones(k: Grid, t: Grid, bright: float, hz: float) -> Grid:
        fall = (decay + damping * k) * (hz / 260) ** 0.5
        start = np.exp(-k * (hz / 2600) * (1.3 - 0.8 * bright)) / k**slope
        two_rates = 0.75 * np.exp(-t * fall * 2.2) + 0.35 * np.exp(-t * fall * 0.5)
        return np.asarray(start * two_rates)

    return overtones


def bars(partials: dict[int, tuple[float, float]]) -> Overtones:
    """Bells, bars and tines: a few partials, each (strength, decay per second)."""

    def overtones(k: Grid, t: Grid, bright: float, hz: float) -> Grid:
        out = np.zeros((t.shape[0], k.shape[1]))
        for number, (strength, decay) in partials.items():
            if number <= k.shape[1]:
                lift = (0.5 + bright) if number > 1 else 1.0
                out[:, number - 1] = strength * lift * np.exp(-t[:, 0] * decay)
        return out

    return overtones


def swept(
    floor_hz: float,
    peak_hz: float,
    decay: float,
    resonance: float = 0.0,
    *,
    slope: float = 1.0,
    odd: bool = False,
    rise_s: float = 0.0,
) -> Overtones:
    """A saw or (odd) square through a low-pass that opens and closes again."""

    def overtones(k: Grid, t: Grid, bright: float, hz: float) -> Grid:
        opening = np.exp(-t * decay)
        if rise_s:
            opening = opening * (1 - np.exp(-t / rise_s))
        cutoff = floor_hz + (peak_hz - floor_hz) * opening * (0.45 + 0.75 * bright)
        ratio = k * hz / cutoff
        filtered = 1 / (1 + ratio**4)
        if resonance:
            filtered = filtered + resonance * np.exp(-((ratio - 1) ** 2) * 18)
        wave = 1 / k**slope
        if odd:
            wave = wave * (0.04 + (k % 2))
        return np.asarray(wave * filtered)

    return overtones


def formant(
    peaks: tuple[tuple[float, float, float], ...],
    slope: float = 1.0,
    *,
    bloom_s: float = 0.05,
    odd: float = 1.0,
) -> Overtones:
    """Winds, bows and throats: a source through fixed resonances.

    peaks: (centre in Hz, width in Hz, strength). odd: the strength of even overtones.
    """

    def overtones(k: Grid, t: Grid, bright: float, hz: float) -> Grid:
        body = np.full_like(k, 0.12)
        for centre, width, strength in peaks:
            body = body + strength * np.exp(-(((k * hz - centre) / width) ** 2))
        source = np.where(k % 2 == 0, odd, 1.0) / k ** (slope - 0.3 * bright)
        # Highs speak later than lows and hold the tone.
        speak = 1 - np.exp(-(t + 0.004) / (bloom_s * (0.4 + 0.16 * k)))
        return np.asarray(source * body * speak)

    return overtones


def drawbars(levels: dict[int, float]) -> Overtones:
    """An organ: overtones at levels that don't change."""

    def overtones(k: Grid, t: Grid, bright: float, hz: float) -> Grid:
        out = np.zeros((t.shape[0], k.shape[1]))
        for number, level in levels.items():
            if number <= k.shape[1]:
                out[:, number - 1] = level
        return out

    return overtones
