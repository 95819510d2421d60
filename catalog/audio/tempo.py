"""Onsets, pulse and tempo.

Onset strength is the rise of the mel spectrum in dB, compared with a frequency-wise
maximum so that vibrato is no onset [1]. Its autocorrelation shows the pulse; the tempo
is the period whose multiples agree best, weighted by how people tap: around 120 beats
per minute, log-normally [2]. Half or double of what a listener taps is a known error.

[1] Böck and Widmer, "Maximum filter vibrato suppression for onset detection", DAFx
2013. [2] Ellis, "Beat tracking by dynamic programming", JNMR 36(1), 2007; Moelants,
"Preferred tempo reconsidered", ICMPC 2002.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from catalog.audio.stft import FRAMES_PER_S, MEL_BANDS, Floats, Spectra

Doubles = NDArray[np.float64]

SLOWEST_BPM = 40.0
FASTEST_BPM = 220.0
PREFERRED_BPM = 120.0
PREFERENCE_OCTAVES = 0.9
# How much the pulse at each multiple of a beat speaks for it. With these, no drum
# pattern of tests/catalog/audio/patterns.py is taken for one in threes.
GROUPING = {0.5: 0.3, 1.0: 1.0, 2.0: 1.0, 3.0: 0.5, 4.0: 1.0}
# A beat that is this much weaker than the strongest pulse is none.
EMPTY_BEAT = 0.2
# Below this share of a perfect pulse there is no beat to give a number to: a bare drum
# machine reaches 0.8. Chance reaches about 2.5 / sqrt(n) over the lags of n frames.
MIN_CLARITY = 0.08
CHANCE_CLARITY = 2.5
# Onsets are compared over this many frames (23 ms), as long as fast attacks last.
RISE_FRAMES = 2
LOCAL_MEAN_FRAMES = 43
# Two onsets lie at least 58 ms apart, and one stands out this far over its surroundings.
MIN_GAP_FRAMES = 5
ONSET_THRESHOLD = 0.6
MAX_LAG_S = 6.2
REFINE = 0.04


@dataclass(frozen=True)
class Rhythm:
    """When things happen.

    strength: (t,) onset strength, in dB of mean rise, above its local mean;
    flux: (t, 3) the same below 200 Hz, between, and above 3 kHz, without local mean;
    onsets: frames at which something begins; seconds: how long was listened;
    by_band: (3, lags) autocorrelation of each flux, 1 at lag 0, one lag a short frame;
    autocorrelation: (lags,) mean of those and of the strength's; period_frames: of the
    beat, or None without a pulse; clarity: height of the pulse in 0..1.
    """

    strength: Floats
    flux: Floats
    onsets: NDArray[np.intp]
    seconds: float
    autocorrelation: Doubles
    by_band: Doubles
    period_frames: float | None
    clarity: float

    @property
    def tempo_bpm(self) -> float | None:
        if self.period_frames is None:
            return None
        return 60 * FRAMES_PER_S / self.period_frames


def measure_rhythm(spectra: Spectra) -> Rhythm:
    """Find onsets, pulse and tempo. Takes ~2 ms on a CPU core for 32 s."""
    flux = _flux(spectra)
    strength = np.concatenate(
        [_above_local_mean(flux[piece].mean(axis=1)) for piece in spectra.pieces]
    )
    low, high = _band_edges()
    bands = np.stack(
        [
            flux[:, :low].mean(axis=1),
            flux[:, low:high].mean(axis=1),
            flux[:, high:].mean(axis=1),
        ],
        axis=1,
    )
    # Kick and snare alternate: each alone shows the bar that their sum hides.
    by_band = np.stack([autocorrelate(b, spectra.pieces) for b in bands.T])
    autocorrelation = np.mean(
        [autocorrelate(strength, spectra.pieces), *by_band], axis=0
    )
    period, clarity = _period(autocorrelation)
    least = MIN_CLARITY + CHANCE_CLARITY / len(strength) ** 0.5
    return Rhythm(
        strength=strength,
        flux=bands,
        onsets=_onsets(strength, spectra.pieces),
        seconds=len(strength) / FRAMES_PER_S,
        autocorrelation=autocorrelation,
        by_band=by_band,
        period_frames=period if clarity >= least else None,
        clarity=clarity,
    )


def autocorrelate(strength: Floats, pieces: tuple[slice, ...]) -> Doubles:
    """Return the (lags,) autocorrelation of a curve over all windows, 1 at lag 0.

    Unbiased: each lag is divided by how many pairs it had. All 0 for a flat curve.
    """
    lags = int(MAX_LAG_S * FRAMES_PER_S)
    total, pairs = np.zeros(lags), np.zeros(lags)
    for piece in pieces:
        curve = strength[piece].astype(np.float64)
        if curve.size < 2:
            continue
        curve = curve - curve.mean()
        n = min(lags, curve.size)
        spectrum = fft.rfft(curve, fft.next_fast_len(2 * curve.size))
        products = fft.irfft(np.abs(spectrum) ** 2)[:n]
        total[:n] += products
        pairs[:n] += curve.size - np.arange(n)
    # Lags with few pairs are noise: they would win by chance in short windows.
    reliable = pairs >= max(pairs[0] / 4, 1)
    if not reliable[0] or total[0] <= 1e-9 * pairs[0]:
        return np.zeros(lags)
    mean = np.where(reliable, total / np.maximum(pairs, 1), 0.0)
    return np.asarray(mean / mean[0])


def _flux(spectra: Spectra) -> Floats:
    """Return (t, 40) rises in dB over 23 ms; 0 in the first frames of a window."""
    mel = spectra.mel_db
    around = mel.copy()
    np.maximum(around[:, 1:], mel[:, :-1], out=around[:, 1:])
    np.maximum(around[:, :-1], mel[:, 1:], out=around[:, :-1])
    flux = np.zeros_like(mel)
    for piece in spectra.pieces:
        rise = mel[piece][RISE_FRAMES:] - around[piece][:-RISE_FRAMES]
        np.maximum(rise, 0.0, out=flux[piece][RISE_FRAMES:])
    return flux


@lru_cache(maxsize=1)
def _band_edges() -> tuple[int, int]:
    # 40 mel bands to 11 kHz: the first three lie below 200 Hz, the last 15 above 3 kHz.
    mel = [2595 * np.log10(1 + hz / 700) for hz in (30.0, 200.0, 3000.0, 11_025.0)]
    width = (mel[3] - mel[0]) / (MEL_BANDS + 1)
    return round((mel[1] - mel[0]) / width), round((mel[2] - mel[0]) / width)


def _above_local_mean(curve: Floats) -> Floats:
    kernel = np.ones(min(LOCAL_MEAN_FRAMES, curve.size), np.float32)
    # Divided by how many frames there are, or the edges would seem to stand out.
    mean = np.convolve(curve, kernel, "same") / np.convolve(
        np.ones_like(curve), kernel, "same"
    )
    return np.asarray(np.maximum(curve - mean, 0.0), np.float32)


def _onsets(strength: Floats, pieces: tuple[slice, ...]) -> NDArray[np.intp]:
    """Return the frames that are the highest within 58 ms and stand out."""
    if strength.max(initial=0.0) <= 0:
        return np.zeros(0, np.intp)
    threshold = max(ONSET_THRESHOLD, 0.1 * float(np.percentile(strength, 98)))
    found = []
    for piece in pieces:
        curve = strength[piece]
        if curve.size <= 2 * MIN_GAP_FRAMES:
            continue
        padded = np.pad(curve, MIN_GAP_FRAMES)
        highest = np.lib.stride_tricks.sliding_window_view(
            padded, 2 * MIN_GAP_FRAMES + 1
        ).max(axis=1)
        found.append(
            np.flatnonzero((curve >= highest) & (curve > threshold)) + piece.start
        )
    return np.concatenate(found) if found else np.zeros(0, np.intp)


def _at(curve: Doubles, lags: Doubles) -> Doubles:
    return np.interp(lags, np.arange(curve.size), curve, right=0.0)


def _period(autocorrelation: Doubles) -> tuple[float, float]:
    """Return the beat period in frames, and how clear it is in 0..1.

    A beat is divided in two more often than in three and grouped in two and four, so a
    candidate is scored by the autocorrelation at those multiples. Where accents don't
    tell a tempo from its half or double, the one nearer to 120 wins.
    """
    bpm = SLOWEST_BPM * 2 ** np.arange(
        0, np.log2(FASTEST_BPM / SLOWEST_BPM), np.log2(1.01)
    )
    lags = np.asarray(60 * FRAMES_PER_S / bpm, np.float64)
    # Sharp peaks are missed by a frame when sampled: smooth over three lags.
    curve = np.convolve(autocorrelation, [0.25, 0.5, 0.25], "same")
    evidence = np.sum(
        [w * _at(curve, lags * beats) for beats, w in GROUPING.items()], axis=0
    )
    own = _at(curve, lags)
    # Empty half beats are no beat, however regular their doubles.
    evidence = evidence * np.where(own > EMPTY_BEAT * own.max(), 1.0, 0.5)
    octaves = np.log2(bpm / PREFERRED_BPM)
    preference = np.exp(-0.5 * (octaves / PREFERENCE_OCTAVES) ** 2)
    best = float(lags[int(np.argmax(np.maximum(evidence, 0.0) * preference))])
    clarity = float(np.clip(_at(autocorrelation, _around(best)).max(), 0.0, 1.0))
    return _refine(curve, best), clarity


def _around(lag: float) -> Doubles:
    return lag + np.linspace(-1.5, 1.5, 7)


def _refine(curve: Doubles, lag: float) -> float:
    """Return the period to a fraction of a frame, from its highest usable multiple.

    Never more than 4 % away: beyond, it would be another pulse.
    """
    first = lag
    for k in (1, 2, 4):
        centre = round(lag * k)
        # Never so wide that the neighbouring subdivision could win.
        reach = max(1, min(3, round(lag * REFINE * k)))
        if centre + reach + 1 >= curve.size or centre - reach < 1:
            break
        peak = (
            centre - reach + int(np.argmax(curve[centre - reach : centre + reach + 1]))
        )
        left, middle, right = curve[peak - 1 : peak + 2]
        bend = left - 2 * middle + right
        if middle <= 0 or bend >= 0:
            break
        finer = (peak + float(np.clip(0.5 * (left - right) / bend, -0.5, 0.5))) / k
        if abs(finer / first - 1) > REFINE:
            break
        lag = finer
    return lag
