"""Major or minor, asked in several ways. 12 numbers.

Mode says most of how happy music sounds [1], yet any one measure of it errs where the
tonic is mistaken (C major for A minor). These err on different recordings, and together
they weigh in a distance as mode does with listeners.

contrast (5): correlation of the best major key less that of the best minor key [2]; its
mean over stretches of about 8 s, and the share of them in which major wins; the log odds
of major against minor over all keys, for the recording and for the mean stretch. degrees
(3): major less minor third, sixth and seventh over the tonic. bass (4): major less minor
third over the sounding bass; and with the bass counted as half of all notes, as it tells
the tonic from its relative: the best major less the best minor key, the same at the
likeliest tonic, and the thirds over it.

[1] Juslin and Laukka, Psychological Bulletin 129(5), 2003; Panda, Malheiro and Paiva,
"Audio features for music emotion recognition: a survey", IEEE TAC 14(1), 2020.
[2] Krumhansl and Kessler, Psychological Review 89(4), 1982; see catalog.audio.tonality.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from catalog.audio.features.statistics import Block, Blocks
from catalog.audio.stft import LONG_HOP, RATE_HZ, SEGMENT_S
from catalog.audio.tonality import Tonality, key_correlations

Doubles = NDArray[np.float64]

SEGMENT_FRAMES = round(SEGMENT_S * RATE_HZ / LONG_HOP)
# How sharply the odds prefer the better keys: correlations 0.05 apart are 1 to e.
SHARPNESS = 20.0
BASS_SHARE = 0.5
# Differences between shares of twelve notes are small: in tenths they read better.
TENTHS = 10.0


def mode(found: Tonality) -> Blocks:
    """Describe the mode. 0 throughout where no note sounds."""
    stretches = _stretches(found)
    best = stretches.max(axis=2)
    difference = best[:, 0] - best[:, 1]
    return {
        "contrast": np.array(
            [
                _best_difference(found.correlations),
                difference.mean(),
                np.mean(difference > 0),
                _odds(found.correlations),
                _odds(stretches.mean(axis=0)),
            ]
        ),
        "degrees": TENTHS * _degrees(found.profile, found.tonic),
        "bass": _bass(found),
    }


def _stretches(found: Tonality) -> Doubles:
    """Return (s, 2, 12): the key correlations of each stretch that sounds."""
    notes = found.chroma * found.salience[:, None]
    count = max(1, round(len(notes) / SEGMENT_FRAMES))
    sums = [part.sum(axis=0) for part in np.array_split(notes, count)]
    heard = [key_correlations(total) for total in sums if total.any()]
    return np.stack(heard) if heard else np.zeros((1, 2, 12))


def _best_difference(correlations: Doubles) -> float:
    major, minor = correlations.max(axis=1)
    return float(major - minor)


def _odds(correlations: Doubles) -> float:
    major, minor = np.exp(SHARPNESS * (correlations - correlations.max())).sum(axis=1)
    return float(np.log((major + 1e-9) / (minor + 1e-9)))


def _degrees(profile: Doubles, tonic: int) -> Block:
    turned = np.roll(profile, -tonic)
    return np.asarray(turned[[4, 9, 11]] - turned[[3, 8, 10]])


def _bass(found: Tonality) -> Block:
    has_bass = np.isfinite(found.bass_pitch) & (found.salience > 0)
    if not has_bass.any():
        return np.zeros(4)
    bass = np.round(found.bass_pitch[has_bass]).astype(np.intp) % 12
    chroma = found.chroma[has_bass]
    rows = np.arange(len(bass))
    thirds = chroma[rows, (bass + 4) % 12] - chroma[rows, (bass + 3) % 12]
    shares = np.bincount(bass, minlength=12) / len(bass)
    correlations = key_correlations(found.profile + BASS_SHARE * shares)
    tonic = int(np.argmax(correlations.max(axis=0)))
    return np.array(
        [
            TENTHS * thirds.mean(),
            _best_difference(correlations),
            correlations[0, tonic] - correlations[1, tonic],
            TENTHS * _degrees(found.profile, tonic)[0],
        ]
    )
