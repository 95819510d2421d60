"""Loudness as people hear it: ITU-R BS.1770-4 [1], in LUFS.

The windows are a mono downmix. They count as played by both loudspeakers of a stereo
pair ("dual mono"), so that a song measures near what its stereo master does.

[1] ITU-R BS.1770-4, "Algorithms to measure audio programme loudness and true-peak
audio level", 2015. The filters for other rates than 48 kHz follow B. De Man,
"Evaluation of implementations of the EBU R128 loudness measurement", AES 145, 2018.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from catalog.audio.excerpts import Excerpts, Samples

BLOCK_S = 0.4
STEP_S = 0.1
ABSOLUTE_GATE_LUFS = -70.0
RELATIVE_GATE_LU = -10.0
DUAL_MONO_LU = 10 * np.log10(2)
OFFSET_LUFS = -0.691


def block_loudness(excerpts: Excerpts) -> NDArray[np.float64]:
    """Return the (n,) loudness in LUFS of blocks of 0.4 s, one every 0.1 s.

    -inf where there is digital silence; a window shorter than 0.4 s is one block.
    """
    blocks = np.concatenate(
        [_block_power(window, excerpts.rate_hz) for window in excerpts.windows]
    )
    return _lufs(blocks)


def integrated_loudness(blocks_lufs: NDArray[np.float64]) -> float | None:
    """Return the gated loudness in LUFS, or None where all of it is silent.

    Gates: blocks above -70 LUFS, then those no more than 10 LU below their mean.
    """
    heard = blocks_lufs[blocks_lufs > ABSOLUTE_GATE_LUFS]
    if heard.size == 0:
        return None
    gate = _mean_lufs(heard) + RELATIVE_GATE_LU
    return _mean_lufs(heard[heard > gate])


def _mean_lufs(blocks_lufs: NDArray[np.float64]) -> float:
    return float(10 * np.log10(np.mean(10 ** (blocks_lufs / 10))))


def _lufs(power: NDArray[np.float64]) -> NDArray[np.float64]:
    with np.errstate(divide="ignore"):
        return np.asarray(OFFSET_LUFS + DUAL_MONO_LU + 10 * np.log10(power))


def _block_power(window: Samples, rate_hz: int) -> NDArray[np.float64]:
    weighted = signal.sosfilt(_k_weighting(rate_hz), window)
    step = round(STEP_S * rate_hz)
    if weighted.size < round(BLOCK_S * rate_hz):
        return np.array([np.mean(weighted**2) if weighted.size else 0.0])
    tenths = weighted[: weighted.size // step * step].reshape(-1, step)
    energies = np.mean(tenths**2, axis=1)
    return np.convolve(energies, np.full(4, 0.25), mode="valid")


@lru_cache(maxsize=4)
def _k_weighting(rate_hz: int) -> NDArray[np.float64]:
    """Return the two second-order sections of the K weighting at any rate."""
    # The shelf of the head: +4 dB above 1.7 kHz.
    k = np.tan(np.pi * 1681.974450955533 / rate_hz)
    q = 0.7071752369554196
    high = 10 ** (3.999843853973347 / 20)
    band = high**0.4996667741545416
    a0 = 1 + k / q + k * k
    shelf = [
        (high + band * k / q + k * k) / a0,
        2 * (k * k - high) / a0,
        (high - band * k / q + k * k) / a0,
        1.0,
        2 * (k * k - 1) / a0,
        (1 - k / q + k * k) / a0,
    ]
    # The ear hears little of the lowest octave: high-pass at 38 Hz.
    k = np.tan(np.pi * 38.13547087602444 / rate_hz)
    q = 0.5003270373238773
    a0 = 1 + k / q + k * k
    high_pass = [1.0, -2.0, 1.0, 1.0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0]
    return np.array([shelf, high_pass])
