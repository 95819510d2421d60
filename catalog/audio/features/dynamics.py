"""How loud, how even, how sharply played. 19 numbers.

loudness (2): integrated loudness in LUFS / 10 and its range, the 10th to the 95th
percentile of blocks of 0.4 s, as a log of LU [1]. level (5): crest of peak over mean in
dB / 10, spread of the frames' level, share of frames below their mean power, share
within 60 dB of the loudest, spread between segments. attack (5): how far levels rise at
onsets in dB, mean and spread, how long that takes in ms, as a log; how far they fall in
the 0.2 s after, mean and spread: staccato or legato [2]. percussion (7): power that
comes and goes at once against power that lasts, in dB, over all and in each of three
bands, and its spread over the segments; likewise how much of the level's decibels
belong to neither [3].

[1] EBU Tech 3342, 2016. [2] after Peeters, CUIDADO report, IRCAM 2004; articulation
carries emotion: Juslin and Laukka, Psychological Bulletin 129(5), 2003. [3] after
Fitzgerald, "Harmonic/percussive separation using median filtering", DAFx 2010, on mel
bands and with medians of three.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from catalog.audio.features.statistics import (
    Block,
    Blocks,
    decibel_ratio,
    log1p_std,
    mean_and_spread,
    segment_spread,
)
from catalog.audio.stft import Floats, Spectra
from catalog.audio.tempo import Rhythm

QUIETEST_LUFS = -70.0
ATTACK_FRAMES = 6
FALL_FRAMES = 17
# A sound that lasts 70 ms on both sides is a tone; one five mel bands wide is a stroke.
LASTING_FRAMES = 6
WIDE_BANDS = 5


def dynamics(
    spectra: Spectra,
    found: Rhythm,
    blocks_lufs: NDArray[np.float64],
    loudness_lufs: float | None,
) -> Blocks:
    """Describe level, articulation and percussiveness."""
    level = np.maximum(spectra.level_db, spectra.level_db.max() - 60.0)
    return {
        "loudness": np.array(
            [
                (QUIETEST_LUFS if loudness_lufs is None else loudness_lufs) / 10,
                np.log1p(loudness_range(blocks_lufs)),
            ]
        ),
        "level": np.concatenate([_level(spectra), log1p_std(level)]),
        "attack": _attack(level, found.onsets),
        "percussion": _percussion(spectra),
    }


def loudness_range(blocks_lufs: NDArray[np.float64]) -> float:
    """Return the LU between the quiet and the loud parts that can be heard."""
    heard = blocks_lufs[blocks_lufs > QUIETEST_LUFS]
    if heard.size < 2:
        return 0.0
    low, high = np.percentile(heard, (10, 95))
    return float(high - low)


def _level(spectra: Spectra) -> Block:
    power = 10 ** (spectra.level_db.astype(np.float64) / 10)
    mean = float(power.mean())
    return np.array(
        [
            decibel_ratio(spectra.peak**2, mean, 0.0) / 10,
            float(np.mean(power < mean)),
            float(spectra.is_active.mean()),
            float(segment_spread(spectra.level_db, spectra.segments)[0]),
        ]
    )


def _attack(level: Floats, onsets: NDArray[np.intp]) -> Block:
    inside = onsets[(onsets >= ATTACK_FRAMES) & (onsets < level.size - FALL_FRAMES)]
    if inside.size == 0:
        return np.zeros(5)
    around = level[inside[:, None] + np.arange(-ATTACK_FRAMES, ATTACK_FRAMES)]
    bottom = around[:, :ATTACK_FRAMES].argmin(axis=1)
    top = ATTACK_FRAMES + around[:, ATTACK_FRAMES:].argmax(axis=1)
    rows = np.arange(inside.size)
    rise = around[rows, top] - around[rows, bottom]
    after = level[inside[:, None] + np.arange(FALL_FRAMES)]
    fall = after.max(axis=1) - after[:, -1]
    return np.concatenate(
        [
            mean_and_spread(np.sqrt(np.maximum(rise, 0.0))),
            [np.log((top - bottom).mean())],
            mean_and_spread(np.sqrt(np.maximum(fall, 0.0))),
        ]
    )


def _median_of_three(a: Floats, b: Floats, c: Floats) -> Floats:
    return np.maximum(np.minimum(a, b), np.minimum(np.maximum(a, b), c))


def _percussion(spectra: Spectra) -> Block:
    mel = spectra.mel_db
    n, wide = LASTING_FRAMES, WIDE_BANDS
    if len(mel) <= 2 * n:
        return np.zeros(7)
    # At the seams between windows this compares strangers: a few frames of thousands.
    lasting = _median_of_three(mel[: -2 * n], mel[n:-n], mel[2 * n :])
    middle = mel[n:-n]
    padded = np.pad(middle, ((0, 0), (wide, wide)), mode="edge")
    broad = _median_of_three(padded[:, : -2 * wide], middle, padded[:, 2 * wide :])
    power = 10 ** (middle / 10)
    # Wiener masks, as in Fitzgerald: the nearer of the two explanations takes most.
    difference = np.clip(broad - lasting, -40.0, 40.0) / 10
    stroke = power / (1 + 10**-difference)
    tone = power - stroke
    bands = (slice(0, 40), slice(0, 3), slice(3, 25), slice(25, 40))
    over_all = [
        decibel_ratio(float(stroke[:, b].sum()), float(tone[:, b].sum()), -30.0)
        for b in bands
    ]
    balance = stroke.sum(axis=1) / np.maximum(power.sum(axis=1), 1e-12)
    residual = np.maximum(middle - np.maximum(lasting, broad), 0.0)
    return np.array(
        [
            *over_all,
            float(balance.mean()),
            float(np.log1p(balance.std())),
            float(np.log1p(residual.mean())),
        ]
    )
