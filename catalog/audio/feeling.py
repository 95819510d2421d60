"""Valence and danceability: how happy it sounds, how well one can dance to it, 0..1.

Weighted means of ramps, as in catalog.audio.energy: each 0 at one end of its cue and 1
at the other. Ends and weights are set by hand after what is known of listeners; they
rank recordings, and 0.5 is no more than a middling one.

Valence: mode weighs most, then pace of events and tempo, then register and brightness
[1, 2]. Mode is how far the best major key fits better than the best minor one, so that
what has no clear mode counts as neither. Danceability: a clear beat with weight in the bass
and in drum strokes, near 120 beats a minute [3, 4].

On the demo library they follow what its pieces were made from (Spearman, 228 pieces):
see benchmarks/RESULTS.md. That shows that the cues are heard, not that listeners agree.

Acousticness and instrumentalness aren't measured: nothing here hears a voice, or tells
a sampled instrument from a played one, and a number that pretended to would be worse
than none.

[1] Gabrielsson and Lindström, "The role of structure in the musical expression of
emotions", 2010. [2] Eerola, Friberg and Bresin, "Emotional expression in music:
contribution, linearity, and additivity of primary musical cues", Frontiers in
Psychology 4, 2013. [3] Streich and Herrera, "Detrended fluctuation analysis of music
signals: danceability estimation", AES 118, 2005, for what the word means. [4] Burger et
al., "Influences of rhythm- and timbre-related musical features on characteristics of
music-induced movement", Frontiers in Psychology 4, 2013: pulse clarity and low-frequency
flux move people most.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

# (value, end that counts 0, end that counts 1, weight)
Ramp = tuple[float, float, float, float]
PREFERRED_BPM = 120.0


@dataclass(frozen=True)
class ValenceCues:
    """mode_contrast: correlation of the best major key less that of the best minor.

    pitch_octaves: centre of the notes re middle C. tempo_bpm: None without a pulse.
    """

    mode_contrast: float
    onsets_per_s: float
    tempo_bpm: float | None
    pitch_octaves: float
    centroid_hz: float


@dataclass(frozen=True)
class DanceCues:
    """clarity: of the beat; low_pulse: beat of what is below 200 Hz, both 0..1.

    low_rise: log rise below 200 Hz, in dB; stroke_db: power that comes and goes at once
    against power that lasts; tempo_bpm: None without a pulse.
    """

    clarity: float
    low_pulse: float
    low_rise: float
    stroke_db: float
    tempo_bpm: float | None


def measure_valence(cues: ValenceCues) -> float:
    """Return 0..1; never falls when a cue moves towards its happy end."""
    tempo_bpm = cues.tempo_bpm or PREFERRED_BPM * 2**-0.5
    return _mean(
        (
            (cues.mode_contrast, -0.25, 0.35, 0.5),
            (cues.onsets_per_s, 0.5, 6.0, 0.15),
            (float(np.log2(tempo_bpm / 60)), 0.0, 1.4, 0.15),
            (cues.pitch_octaves, 0.0, 2.2, 0.1),
            (float(np.log2(max(cues.centroid_hz, 1.0) / 1000)), -1.5, 1.5, 0.1),
        )
    )


def measure_danceability(cues: DanceCues) -> float:
    """Return 0..1; without a pulse only what little regularity there is counts."""
    near = 0.0
    if cues.tempo_bpm is not None:
        octaves = float(np.log2(cues.tempo_bpm / PREFERRED_BPM))
        near = float(np.exp(-0.5 * (octaves / 0.5) ** 2))
    return _mean(
        (
            (cues.clarity, 0.1, 0.7, 0.25),
            (cues.low_pulse, 0.0, 0.7, 0.15),
            (cues.low_rise, 0.2, 0.9, 0.25),
            (cues.stroke_db, -4.0, 1.5, 0.2),
            (near, 0.0, 1.0, 0.15),
        )
    )


def _mean(ramps: Iterable[Ramp]) -> float:
    return sum(
        weight * min(1.0, max(0.0, (value - low) / (high - low)))
        for value, low, high, weight in ramps
    )
