"""Energy: how intense and active a recording seems, 0..1.

A weighted mean of five ramps, each 0 at the calm end and 1 at the intense end. Which
cues, follows what moves listeners' arousal [1, 2]: loudness, speed of events,
brightness, force of attacks, and evenness, as compressed loud music has little range.
The ends are set by hand, from a faint solo to a loud dense mix; so are the weights, with
loudness first as in [1]. It ranks recordings: 0.5 is no more than a middling one.

[1] Coutinho and Cangelosi, "Musical emotions: predicting second-by-second subjective
feelings of emotion from low-level psychoacoustic features and physiological
measurements", Emotion 11(4), 2011. [2] Gomez and Danuser, "Relationships between
musical structure and psychophysiological measures of emotion", Emotion 7(2), 2007.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class EnergyCues:
    """What energy is made of, with units."""

    loudness_lufs: float
    onsets_per_s: float
    rise_db: float
    centroid_hz: float
    range_lu: float


# Cue: (calm end, intense end, weight).
LOUDNESS_LUFS = (-32.0, -9.0, 0.35)
ONSETS_PER_S = (0.5, 7.0, 0.2)
RISE_DB = (0.3, 3.0, 0.2)
CENTROID_OCTAVES = (-1.5, 1.5, 0.15)
RANGE_LU = (16.0, 2.0, 0.1)


def measure_energy(cues: EnergyCues) -> float:
    """Return 0..1; never falls when any cue moves towards its intense end."""
    values = (
        (cues.loudness_lufs, LOUDNESS_LUFS),
        (cues.onsets_per_s, ONSETS_PER_S),
        (cues.rise_db, RISE_DB),
        (float(np.log2(max(cues.centroid_hz, 1.0) / 1000)), CENTROID_OCTAVES),
        (cues.range_lu, RANGE_LU),
    )
    return sum(
        weight * min(1.0, max(0.0, (value - calm) / (intense - calm)))
        for value, (calm, intense, weight) in values
    )
