"""What it sounds like: the spectrum's shape, frame by frame. 47 numbers.

mfcc_mean (13): cepstra 1..13 of the mel spectrum in dB [1]; not the 0th, which is
loudness. Their spread and change are left out: they drowned what carries emotion, and
genre was told no worse without them (benchmarks/emotions.py). shape (10): mean and spread of centroid, bandwidth and 85 % roll-off in
octaves re 1 kHz, flatness in dB, and zero crossings [2]. contrast (12): how far each of
six octaves from 80 Hz stands out of its own noise, in dB, and its spread [3].
register (8): power in octaves from 43 Hz, in dB re all. drift (4): spread between
segments of centroid and of the first three cepstra.

[1] Tzanetakis and Cook, IEEE TSAP 10(5), 2002. [2] Peeters, CUIDADO report, IRCAM 2004.
[3] after Jiang et al., ICME 2002; here mean over geometric mean, which needs no sorting.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy import fft

from catalog.audio.features.statistics import (
    Blocks,
    log1p_std,
    mean_and_spread,
    segment_spread,
)
from catalog.audio.stft import MEL_BANDS, SHORT_SIZE, Floats, Spectra, bins_hz

CEPSTRA = 13
ROLLOFF = 0.85
CONTRAST_EDGES_HZ = (80, 200, 400, 800, 1600, 3200, 6400)
REGISTER_EDGES_HZ = (21, 64, 107, 193, 366, 710, 1400, 2800, 11_025)


def timbre(spectra: Spectra) -> Blocks:
    """Describe the timbre, from frames that are within 60 dB of the loudest."""
    active = spectra.is_active
    cepstra = np.asarray(spectra.mel_db @ _cosines())
    # Every second frame is enough for what changes slowly, at half the cost.
    power = spectra.power[::2]
    some = active[::2]
    if not some.any():
        some = np.ones_like(some)
    centroid, bandwidth, rolloff, flatness = _shape(power)
    contrast = _contrast(power[some])
    return {
        "mfcc_mean": cepstra[active].mean(axis=0, dtype=np.float64),
        "shape": np.concatenate(
            [
                mean_and_spread(curve[some])
                for curve in (centroid, bandwidth, rolloff, flatness)
            ]
            + [mean_and_spread(np.sqrt(spectra.crossings[active]))]
        ),
        "contrast": np.concatenate(
            [contrast.mean(axis=0, dtype=np.float64), log1p_std(contrast)]
        ),
        "register": _register(power),
        "drift": np.concatenate(
            [
                segment_spread(_centroid_of_mel(spectra.mel_db), spectra.segments),
                segment_spread(cepstra[:, :3], spectra.segments),
            ]
        ),
    }


@lru_cache(maxsize=1)
def _cosines() -> Floats:
    basis = fft.dct(np.eye(MEL_BANDS), type=2, norm="ortho", axis=1)
    return np.ascontiguousarray(basis[:, 1 : CEPSTRA + 1], np.float32)


def _shape(power: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Return (t,) centroid, bandwidth, roll-off in octaves re 1 kHz, flatness in dB."""
    # Magnitudes, not power: power follows the loudest partial alone.
    magnitude = np.sqrt(power[:, 1:])
    hz = bins_hz(SHORT_SIZE)[1:]
    total = np.maximum(magnitude.sum(axis=1), 1e-9)
    moments = magnitude @ np.stack([hz, hz * hz], axis=1)
    centre = moments[:, 0] / total
    width = np.sqrt(np.maximum(moments[:, 1] / total - centre**2, 1.0))
    reached = np.cumsum(magnitude, axis=1) < ROLLOFF * total[:, None]
    edge = hz[np.minimum(reached.sum(axis=1), hz.size - 1)]
    floored = np.maximum(power[:, 1:], 1e-12)
    flatness = 10 * (
        np.mean(np.log10(floored), axis=1) - np.log10(np.mean(floored, axis=1))
    )
    return _octaves(centre), _octaves(width), _octaves(edge), flatness


def _octaves(hz: Floats) -> Floats:
    return np.log2(np.maximum(hz, 20.0) / 1000.0)


def _centroid_of_mel(mel_db: Floats) -> Floats:
    above = mel_db - mel_db.min()
    bands = np.arange(MEL_BANDS, dtype=np.float32)
    return np.asarray((above @ bands) / np.maximum(above.sum(axis=1), 1e-6))


def _bins(edges_hz: tuple[int, ...]) -> list[slice]:
    edges = [round(hz * SHORT_SIZE / 22_050) for hz in edges_hz]
    return [slice(a, max(b, a + 1)) for a, b in zip(edges, edges[1:], strict=False)]


def _contrast(power: Floats) -> Floats:
    floored = np.maximum(power, 1e-12)
    logs = np.log10(floored)
    return np.stack(
        [
            10 * (np.log10(floored[:, b].mean(axis=1)) - logs[:, b].mean(axis=1))
            for b in _bins(CONTRAST_EDGES_HZ)
        ],
        axis=1,
    )


def _register(power: Floats) -> np.ndarray:
    mean = power.mean(axis=0, dtype=np.float64)
    total = max(float(mean[1:].sum()), 1e-12)
    bands = np.array([mean[b].sum() for b in _bins(REGISTER_EDGES_HZ)])
    return 10 * np.log10(np.maximum(bands / total, 1e-6))
