"""Which notes sound together. 39 numbers.

scale (12): the mean chroma's root, turned so that the tonic comes first: the colour of
the mode without its key. key (4): correlation of the best major and of the best minor
key at the tonic, their difference, and how far the best key stands over the next that
isn't its relative. intervals (6): how often notes 1..6 semitones apart sound together
[1]. triads (3): fit of the frames to major and to minor triads, and their difference.
spread (4): entropy of the mean chroma and of single frames; movement of the tonal
centroid, mean and spread [2]. centroid (3): its distance from the centre on the circles
of fifths, minor and major thirds. tonicness (3): share of power in peaks, in dB, mean
and spread; log of how many peaks. pitch (4): centre of the notes in octaves re middle
C, its spread, and the same of the bass.

[1] after Fujishima, ICMC 1999, and Forte's interval vector. [2] Harte, Sandler and
Gasser, "Detecting harmonic change in musical audio", AMCMM 2006.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from catalog.audio.features.statistics import Block, Blocks, mean_and_spread
from catalog.audio.tonality import Tonality

Doubles = NDArray[np.float64]

MIDDLE_C = 60.0


def tonal(found: Tonality) -> Blocks:
    """Describe harmony and register, from the frames in which a note sounds."""
    sounding = found.salience > 0
    chroma = found.chroma[sounding]
    return {
        "scale": np.sqrt(np.roll(found.profile, -found.tonic)),
        "key": _key(found.correlations, found.tonic),
        "intervals": _intervals(chroma),
        "triads": _triads(chroma),
        "spread": np.concatenate(
            [
                [_entropy(found.profile[None]), _entropy(chroma)],
                _movement(found.chroma, sounding),
            ]
        ),
        "centroid": _centroid(found.profile),
        "tonicness": np.append(
            mean_and_spread(10 * np.log10(np.maximum(found.tonicness, 1e-4))),
            np.log1p(found.peak_count.mean()),
        ),
        "pitch": np.concatenate(
            [
                mean_and_spread((found.pitch[sounding] - MIDDLE_C) / 12),
                mean_and_spread((found.bass_pitch[sounding] - MIDDLE_C) / 12),
            ]
        ),
    }


def _key(correlations: Doubles, tonic: int) -> Block:
    major, minor = correlations[:, tonic]
    others = correlations.copy()
    others[:, tonic] = -1.0
    # The relative key shares all notes: it says nothing against this one.
    others[(1, (tonic + 9) % 12) if major >= minor else (0, (tonic + 3) % 12)] = -1.0
    best = max(major, minor)
    return np.array([major, minor, major - minor, best - others.max()])


def _intervals(chroma: Doubles) -> Block:
    if not len(chroma):
        return np.zeros(6)
    return (
        np.array(
            [
                np.mean(np.sum(chroma * np.roll(chroma, k, axis=1), axis=1))
                for k in range(1, 7)
            ]
        )
        ** 0.5
    )


@lru_cache(maxsize=1)
def _triad_bank() -> Doubles:
    """Return (12, 24): unit chromas of the major, then of the minor triads."""
    bank = np.zeros((12, 24))
    for root in range(12):
        bank[[root, (root + 4) % 12, (root + 7) % 12], root] = 3**-0.5
        bank[[root, (root + 3) % 12, (root + 7) % 12], root + 12] = 3**-0.5
    return bank


def _triads(chroma: Doubles) -> Block:
    if not len(chroma):
        return np.zeros(3)
    norms = np.maximum(np.linalg.norm(chroma, axis=1, keepdims=True), 1e-12)
    fit = (chroma / norms) @ _triad_bank()
    major, minor = fit[:, :12].max(axis=1), fit[:, 12:].max(axis=1)
    return np.array([major.mean(), minor.mean(), (major - minor).mean()])


def _entropy(rows: Doubles) -> float:
    if not len(rows):
        return 0.0
    return float(-np.sum(rows * np.log(np.maximum(rows, 1e-12)), axis=1).mean())


@lru_cache(maxsize=1)
def _circles() -> Doubles:
    """Return (12, 6): Harte's tonal centroid transform."""
    notes = np.arange(12)
    return np.stack(
        [
            radius * turn(notes * step)
            for radius, step in (
                (1.0, 7 * np.pi / 6),
                (1.0, 3 * np.pi / 2),
                (0.5, 2 * np.pi / 3),
            )
            for turn in (np.sin, np.cos)
        ],
        axis=1,
    )


def _centroid(profile: Doubles) -> Block:
    return np.asarray(np.linalg.norm((profile @ _circles()).reshape(3, 2), axis=1))


def _movement(chroma: Doubles, sounding: NDArray[np.bool_]) -> Block:
    if len(chroma) < 3:
        return np.zeros(2)
    # Over two frames (0.37 s): neighbours share half of their samples.
    moved = np.linalg.norm((chroma[2:] - chroma[:-2]) @ _circles(), axis=1)
    return mean_and_spread(moved[sounding[2:] & sounding[:-2]])
