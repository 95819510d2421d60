"""Pitch classes, key and mode.

Peaks of the long frames are placed between bins, tuned to the recording's own concert
pitch, and each votes for the fundamentals whose harmonic it may be [1]. The mean
chroma is correlated with the 24 rotations of three published pairs of key profiles
[2, 3, 4]; their mean decides.

[1] Gómez, "Tonal description of polyphonic audio for music content processing",
INFORMS JoC 18(3), 2006. [2] Krumhansl and Kessler, Psychological Review 89(4), 1982.
[3] Temperley, "The Cognition of Basic Musical Structures", 2001 (revised).
[4] Albrecht and Shanahan, "The use of large corpora to train a new type of key-finding
algorithm", Music Perception 31(1), 2013.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from catalog.audio.stft import LONG_SIZE, RATE_HZ, Floats, Spectra

Doubles = NDArray[np.float64]

A4_HZ = 440.0
LOWEST_HZ = 55.0
HIGHEST_HZ = 4000.0
HARMONICS = 4
HARMONIC_DECAY = 0.6
# A peak counts when it stands this far above the mean of its surroundings.
PROMINENCE = 4.0
# Correlation of the best key's profile below which the sound has no key. White noise
# reaches 0.3 and progressions 0.8; drums that have a pitch of their own pass.
MIN_CORRELATION = 0.4

_MAJOR = (
    (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88),
    (5.0, 2.0, 3.5, 2.0, 4.5, 4.0, 2.0, 4.5, 2.0, 3.5, 1.5, 4.0),
    (
        0.238,
        0.006,
        0.111,
        0.006,
        0.137,
        0.094,
        0.016,
        0.214,
        0.009,
        0.080,
        0.008,
        0.081,
    ),
)
_MINOR = (
    (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17),
    (5.0, 2.0, 3.5, 4.5, 2.0, 4.0, 2.0, 4.5, 3.5, 2.0, 1.5, 4.0),
    (
        0.220,
        0.006,
        0.104,
        0.123,
        0.019,
        0.103,
        0.012,
        0.214,
        0.062,
        0.022,
        0.061,
        0.052,
    ),
)


@dataclass(frozen=True)
class Tonality:
    """Which notes sound.

    chroma: (u, 12) salience of each pitch class (0 is C) in each long frame, summing
    to 1 where something sounds and 0 elsewhere; profile: (12,) their mean by salience;
    correlations: (2, 12) of the profile with each major (row 0) and minor key;
    salience: (u,) of all peaks; pitch: (u,) their centre in MIDI note numbers, NaN
    where nothing sounds; tonicness: (u,) share of the power that lies in peaks.
    """

    chroma: Doubles
    profile: Doubles
    correlations: Doubles
    salience: Doubles
    pitch: Doubles
    bass_pitch: Doubles
    tonicness: Doubles
    peak_count: Doubles

    @property
    def tonic(self) -> int:
        """The pitch class of the likeliest key, even where it's not likely."""
        return int(np.argmax(self.correlations.max(axis=0)))

    @property
    def is_major(self) -> bool:
        major, minor = self.correlations[:, self.tonic]
        return bool(major >= minor)

    @property
    def has_key(self) -> bool:
        return bool(self.correlations.max() >= MIN_CORRELATION)


def measure_tonality(spectra: Spectra) -> Tonality:
    """Find notes, tuning and key. Takes ~3 ms on a CPU core for 32 s."""
    power = spectra.long_power
    count = len(power)
    frame, hz, weight, peak_power = _peaks(power)
    total = power.sum(axis=1, dtype=np.float64)
    pitch = 69 + 12 * np.log2(hz / A4_HZ)
    tuning = _tuning(pitch, weight)

    chroma = np.zeros((count, 12))
    for harmonic in range(1, HARMONICS + 1):
        # A peak may be the 2nd, 3rd or 4th harmonic of a lower note.
        note = pitch - tuning - 12 * np.log2(harmonic)
        below = np.floor(note).astype(np.int64)
        share = note - below
        vote = weight * HARMONIC_DECAY ** (harmonic - 1)
        # A peak between two notes votes for both: cos² over a semitone each side.
        for semitone, part in (
            (below, np.cos(np.pi / 2 * share) ** 2),
            (below + 1, np.sin(np.pi / 2 * share) ** 2),
        ):
            cells = frame * 12 + semitone % 12
            chroma += np.bincount(cells, vote * part, count * 12).reshape(count, 12)

    salience = chroma.sum(axis=1)
    profile = chroma.sum(axis=0)
    weight_sum = np.bincount(frame, weight, count)
    sounding = weight_sum > 0
    centre = np.full(count, np.nan)
    centre[sounding] = (
        np.bincount(frame, weight * pitch, count)[sounding] / weight_sum[sounding]
    )
    bass = np.full(count, np.inf)
    # The lowest peak that is no rumble: within 20 dB of the frame's strongest.
    strongest = np.zeros(count)
    np.maximum.at(strongest, frame, peak_power)
    strong = peak_power > 0.01 * strongest[frame]
    np.minimum.at(bass, frame[strong], pitch[strong])
    return Tonality(
        chroma=chroma / np.maximum(salience, 1e-12)[:, None],
        profile=profile / max(float(profile.sum()), 1e-12),
        correlations=key_correlations(profile),
        salience=salience,
        pitch=centre,
        bass_pitch=np.where(np.isfinite(bass), bass, np.nan),
        tonicness=np.clip(
            np.bincount(frame, peak_power, count) * 1.5 / np.maximum(total, 1e-12),
            0.0,
            1.0,
        ),
        peak_count=np.bincount(frame, minlength=count).astype(np.float64),
    )


def _peaks(
    power: Floats,
) -> tuple[NDArray[np.intp], Doubles, Doubles, Doubles]:
    """Return (frame, hz, weight, power) of all spectral peaks.

    A peak is a local maximum that stands out; its place is that of the parabola
    through the decibels of its three bins. Its weight is its magnitude's root, so that
    the bass and the loudest instrument don't drown the others.
    """
    first = int(LOWEST_HZ * LONG_SIZE / RATE_HZ)
    last = int(HIGHEST_HZ * LONG_SIZE / RATE_HZ)
    inner = power[:, first:last]
    loudest = power.max(initial=0.0)
    around = _running_mean(power, 20)[:, first:last]
    is_peak = (
        (inner > power[:, first - 1 : last - 1])
        & (inner >= power[:, first + 1 : last + 1])
        & (inner > PROMINENCE * around)
        & (inner > max(1e-6 * float(loudest), 1e-10))
    )
    frame, bin_ = np.nonzero(is_peak)
    bin_ += first
    left, middle, right = (
        np.log(np.maximum(power[frame, bin_ + d], 1e-20)).astype(np.float64)
        for d in (-1, 0, 1)
    )
    bend = left - 2 * middle + right
    offset = np.where(bend < -1e-9, 0.5 * (left - right) / np.minimum(bend, -1e-9), 0.0)
    hz = (bin_ + np.clip(offset, -0.5, 0.5)) * RATE_HZ / LONG_SIZE
    peak_power = power[frame, bin_].astype(np.float64)
    return frame, hz, peak_power**0.25, peak_power


def _running_mean(power: Floats, reach: int) -> Floats:
    sums = np.cumsum(
        np.pad(power, ((0, 0), (reach + 1, reach)), mode="edge"),
        axis=1,
        dtype=np.float64,
    )
    size = 2 * reach + 1
    return np.asarray((sums[:, size:] - sums[:, :-size]) / size, np.float32)


def _tuning(pitch: Doubles, weight: Doubles) -> float:
    """Return how far the recording is tuned from A 440, in semitones, ±0.5."""
    mean = np.sum(weight * np.exp(2j * np.pi * pitch))
    return float(np.angle(mean) / (2 * np.pi)) if abs(mean) > 0 else 0.0


@lru_cache(maxsize=1)
def _profiles() -> Doubles:
    """Return (3, 2, 12, 12): source, mode, tonic, pitch class; zero mean, unit norm."""
    both = np.array([_MAJOR, _MINOR]).transpose(1, 0, 2)
    centred = both - both.mean(axis=2, keepdims=True)
    unit = centred / np.linalg.norm(centred, axis=2, keepdims=True)
    return np.stack([np.roll(unit, tonic, axis=2) for tonic in range(12)], axis=2)


def key_correlations(profile: Doubles) -> Doubles:
    """Return (2, 12): how well (12,) pitch classes fit each major and minor key."""
    centred = profile - profile.mean()
    norm = float(np.linalg.norm(centred))
    if norm <= 1e-9 * max(float(profile.sum()), 1e-12):
        return np.zeros((2, 12))
    return np.asarray(
        np.einsum("smtc,c->mt", _profiles(), centred / norm) / len(_profiles())
    )
