"""Recordings to vectors, on all cores, without the catalog.

The rule of this file: a recording that can't be listened to is told of and left out; no
other suffers from it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from scipy import fft
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from catalog.audio.decode import decode_excerpts
from catalog.audio.excerpts import DecodeError, Excerpts
from catalog.audio.stft import LEVEL, RATE_HZ, compute_spectra
from catalog.audio.tags import read_tags
from catalog.encoders.descriptors import DescriptorsEncoder
from catalog.encoders.protocol import AudioEncoder, Vectors

BASELINE = "mean-mfcc"
# As many as librosa gives unless asked; the first is the level.
BASELINE_CEPSTRA = 20
# Decoded recordings in memory at a time, for encoders that run in this process.
BATCH = 8


@dataclass(frozen=True)
class Heard:
    """One recording. baseline: (20,); descriptors: (d,); reason: why neither is.

    artist: by its tags, "" where they don't say.
    """

    path: Path
    artist: str = ""
    baseline: Vectors | None = None
    descriptors: Vectors | None = None
    reason: str = ""


def mean_mfcc(excerpts: Excerpts) -> Vectors:
    """Return the (20,) mean cepstra of the mel spectrum in dB, the level with them.

    The baseline: what is tried first with sound, and knows nothing of notes or time.
    """
    spectra = compute_spectra(excerpts)
    cepstra = fft.dct(spectra.mel_db, type=2, norm="ortho", axis=1)
    mean = cepstra[:, :BASELINE_CEPSTRA].mean(axis=0, dtype=np.float64)
    # The spectra are all at one level: give back how loud the recording was.
    power = np.mean([np.mean(w**2, dtype=np.float64) for w in excerpts.windows])
    gain_db = 10 * np.log10(max(float(power), 1e-10) / LEVEL**2)
    mean[0] += gain_db * spectra.mel_db.shape[1] ** 0.5
    return np.asarray(mean, np.float32)


def describe_file(path: Path) -> Heard:
    """Decode a file and take the baseline's numbers and the descriptors."""
    with threadpool_limits(1):
        try:
            excerpts = decode_excerpts(path, rate_hz=RATE_HZ)
        except DecodeError as error:
            return Heard(path, reason=str(error))
        return Heard(
            path,
            artist=next(iter(read_tags(path).artists), ""),
            baseline=mean_mfcc(excerpts),
            descriptors=DescriptorsEncoder().encode_audio([excerpts])[0],
        )


def describe_files(paths: Sequence[Path], *, workers: int = 0) -> Iterator[Heard]:
    """Yield each file's numbers in order, computed in parallel. 0 workers: one a core.

    Takes about 0.15 s on a CPU core for a song of three minutes.
    """
    workers = min(workers or os.cpu_count() or 1, max(len(paths), 1))
    if workers == 1:
        yield from map(describe_file, paths)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(describe_file, paths, chunksize=2)


def encode_files(paths: Sequence[Path], *, encoder: AudioEncoder) -> Iterator[Vectors]:
    """Yield (d,) for each file, by an encoder that holds a model in this process.

    The files must be known to be readable.
    """
    for start in range(0, len(paths), BATCH):
        batch = paths[start : start + BATCH]
        recordings = [
            decode_excerpts(
                path,
                rate_hz=encoder.rate_hz,
                window_s=encoder.window_s,
                window_count=encoder.window_count,
            )
            for path in batch
        ]
        yield from encoder.encode_audio(recordings)
