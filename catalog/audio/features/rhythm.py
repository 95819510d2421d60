"""How it moves. 29 numbers.

onsets (4): log of onsets a second, log mean rise, its variation and peakedness.
intervals (3): log median time between onsets, its variation, and how unevenly times
are spread over octaves (entropy) [1]. pulse (1): clarity of the beat [2]. tempo (3):
octaves re 120 BPM, and the place within the octave as cosine and sine, so that half
and double tempo are neighbours. metre (7): the autocorrelation at 1/4, 1/3, 1/2, 2/3, 2, 3 and
4 beats: duple or triple, straight or swung. flux (3): log rise below 200 Hz, between
and above 3 kHz: kick, voice, cymbals. modulation (5): share of the level's movement in
octaves from 0.5 to 16 Hz, in dB [3]. drum (3): beat pulse of each of the three bands.

[1] Dixon, JNMR 30(1), 2001. [2] Lartillot et al., "Multi-feature modeling of pulse
clarity", ISMIR 2008. [3] after Pampalk, Rauber and Merkl, "Content-based organization
and visualization of music archives", ACM MM 2002.
"""

from __future__ import annotations

import numpy as np
from scipy import fft

from catalog.audio.features.statistics import (
    Block,
    Blocks,
    decibel_ratio,
    scalar,
)
from catalog.audio.stft import FRAMES_PER_S, Spectra
from catalog.audio.tempo import PREFERRED_BPM, Rhythm

METRE_BEATS = (1 / 4, 1 / 3, 1 / 2, 2 / 3, 2.0, 3.0, 4.0)
MODULATION_EDGES_HZ = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
LONGEST_INTERVAL_S = 4.0


def rhythm(spectra: Spectra, found: Rhythm) -> Blocks:
    """Describe the rhythm. A recording without a pulse counts as 120 BPM, unclear."""
    period = found.period_frames or 60 * FRAMES_PER_S / PREFERRED_BPM
    octave = np.log2(60 * FRAMES_PER_S / period / PREFERRED_BPM)
    beat = np.arange(found.autocorrelation.size)
    return {
        "onsets": _onsets(found),
        "intervals": _intervals(found, spectra.pieces),
        "pulse": scalar(found.clarity),
        "tempo": np.array(
            [octave, np.cos(2 * np.pi * octave), np.sin(2 * np.pi * octave)]
        ),
        "metre": np.interp(
            np.array(METRE_BEATS) * period, beat, found.autocorrelation, right=0.0
        ),
        "flux": np.log1p(found.flux.mean(axis=0, dtype=np.float64)),
        "modulation": _modulation(spectra),
        "drum": np.array(
            [np.interp(period, beat, curve, right=0.0) for curve in found.by_band]
        ),
    }


def _onsets(found: Rhythm) -> Block:
    mean = float(found.strength.mean(dtype=np.float64))
    spread = float(found.strength.std(dtype=np.float64))
    top = float(np.percentile(found.strength, 99))
    return np.array(
        [
            np.log(0.1 + found.onsets.size / found.seconds),
            np.log1p(mean),
            spread / (mean + 0.05),
            np.log1p(top / (mean + 0.05)),
        ]
    )


def _intervals(found: Rhythm, pieces: tuple[slice, ...]) -> Block:
    gaps = [
        np.diff(found.onsets[(found.onsets >= p.start) & (found.onsets < p.stop)])
        for p in pieces
    ]
    seconds = np.concatenate(gaps) / FRAMES_PER_S
    if seconds.size < 2:
        return np.array([np.log2(LONGEST_INTERVAL_S), 0.0, 0.0])
    logs = np.log2(np.clip(seconds, 0.05, LONGEST_INTERVAL_S))
    share = np.histogram(logs, bins=12, range=(-4.4, 2.0))[0] / logs.size
    entropy = -float(np.sum(share * np.log(np.maximum(share, 1e-12))))
    return np.array([float(np.median(logs)), float(logs.std()), entropy])


def _modulation(spectra: Spectra) -> Block:
    edges = MODULATION_EDGES_HZ
    bands = np.zeros(len(edges) - 1)
    floor_db = float(spectra.level_db.max()) - 60.0
    for piece in spectra.pieces:
        level = np.maximum(spectra.level_db[piece], floor_db).astype(np.float64)
        level -= level.mean()
        spectrum = np.abs(fft.rfft(level * np.hanning(level.size))) ** 2
        hz = fft.rfftfreq(level.size, 1 / FRAMES_PER_S)
        bands += [
            spectrum[(hz >= a) & (hz < b)].sum()
            for a, b in zip(edges, edges[1:], strict=False)
        ]
    total = float(bands.sum())
    return np.array([decibel_ratio(float(b), total, -30.0) for b in bands])
