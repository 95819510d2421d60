"""Describe a recording: features that are compared, and measures that are shown."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog.audio.energy import EnergyCues, measure_energy
from catalog.audio.excerpts import Excerpts
from catalog.audio.features.dynamics import dynamics, loudness_range
from catalog.audio.features.mode import mode
from catalog.audio.features.rhythm import rhythm
from catalog.audio.features.statistics import Blocks
from catalog.audio.features.timbre import timbre
from catalog.audio.features.tonal import tonal
from catalog.audio.feeling import (
    DanceCues,
    ValenceCues,
    measure_danceability,
    measure_valence,
)
from catalog.audio.loudness import block_loudness, integrated_loudness
from catalog.audio.stft import compute_spectra
from catalog.audio.tempo import Rhythm, measure_rhythm
from catalog.audio.tonality import measure_tonality

# How many numbers each group's blocks give; their files say what they are.
BLOCKS = {
    "timbre": {"mfcc_mean": 13, "shape": 10, "contrast": 12, "register": 8, "drift": 4},
    "rhythm": {
        "onsets": 4,
        "intervals": 3,
        "pulse": 1,
        "tempo": 3,
        "metre": 7,
        "flux": 3,
        "modulation": 5,
        "drum": 3,
    },
    "tonal": {
        "scale": 12,
        "key": 4,
        "intervals": 6,
        "triads": 3,
        "spread": 4,
        "centroid": 3,
        "tonicness": 3,
        "pitch": 4,
    },
    "mode": {"contrast": 5, "degrees": 3, "bass": 4},
    "dynamics": {"loudness": 2, "level": 5, "attack": 5, "percussion": 7},
}
GROUPS = {group: sum(blocks.values()) for group, blocks in BLOCKS.items()}
DIMENSIONS = sum(GROUPS.values())


@dataclass(frozen=True)
class Measures:
    """What was measured; None where the recording has no such thing.

    tempo_bpm: beats per minute, 40..220, of the beat nearest to how people tap;
    pitch_class: of the tonic, 0 is C; loudness_lufs: integrated, BS.1770-4;
    energy: 0..1, see catalog.audio.energy; valence, danceability: 0..1, see
    catalog.audio.feeling.
    """

    tempo_bpm: float | None
    pitch_class: int | None
    is_major: bool | None
    loudness_lufs: float | None
    energy: float | None
    valence: float | None
    danceability: float | None


@dataclass(frozen=True)
class Description:
    """features: (DIMENSIONS,) float32, finite, not standardised."""

    features: NDArray[np.float32]
    measures: Measures


def describe(excerpts: Excerpts) -> Description:
    """Describe one recording from its windows.

    Raises ValueError unless they are sampled at 22 050 Hz. Takes ~30 ms on a CPU core
    for 32 s (benchmarks/audio.py).
    """
    spectra = compute_spectra(excerpts)
    found_rhythm = measure_rhythm(spectra)
    found_tonality = measure_tonality(spectra)
    blocks_lufs = block_loudness(excerpts)
    loudness_lufs = integrated_loudness(blocks_lufs)

    groups = {
        "timbre": timbre(spectra),
        "rhythm": rhythm(spectra, found_rhythm),
        "tonal": tonal(found_tonality),
        "mode": mode(found_tonality),
        "dynamics": dynamics(spectra, found_rhythm, blocks_lufs, loudness_lufs),
    }
    features = np.concatenate([_flat(group) for group in groups.values()])
    has_key = loudness_lufs is not None and found_tonality.has_key
    return Description(
        features=features.astype(np.float32),
        measures=Measures(
            tempo_bpm=None if loudness_lufs is None else found_rhythm.tempo_bpm,
            pitch_class=found_tonality.tonic if has_key else None,
            is_major=found_tonality.is_major if has_key else None,
            loudness_lufs=loudness_lufs,
            energy=_energy(groups["timbre"], found_rhythm, blocks_lufs, loudness_lufs),
            valence=_valence(groups, found_rhythm) if has_key else None,
            danceability=None
            if loudness_lufs is None
            else _danceability(groups, found_rhythm),
        ),
    )


def _flat(blocks: Blocks) -> NDArray[np.float64]:
    return np.concatenate(list(blocks.values()))


def _energy(
    timbre_blocks: Blocks,
    found: Rhythm,
    blocks_lufs: NDArray[np.float64],
    loudness_lufs: float | None,
) -> float | None:
    if loudness_lufs is None:
        return None
    return measure_energy(
        EnergyCues(
            loudness_lufs=loudness_lufs,
            onsets_per_s=found.onsets.size / found.seconds,
            rise_db=float(found.flux.mean()),
            centroid_hz=1000 * 2 ** float(timbre_blocks["shape"][0]),
            range_lu=loudness_range(blocks_lufs),
        )
    )


def _valence(groups: dict[str, Blocks], found: Rhythm) -> float:
    return measure_valence(
        ValenceCues(
            mode_contrast=float(groups["mode"]["contrast"][0]),
            onsets_per_s=found.onsets.size / found.seconds,
            tempo_bpm=found.tempo_bpm,
            pitch_octaves=float(groups["tonal"]["pitch"][0]),
            centroid_hz=1000 * 2 ** float(groups["timbre"]["shape"][0]),
        )
    )


def _danceability(groups: dict[str, Blocks], found: Rhythm) -> float:
    return measure_danceability(
        DanceCues(
            clarity=found.clarity,
            low_pulse=float(groups["rhythm"]["drum"][0]),
            tempo_bpm=found.tempo_bpm,
            low_rise=float(groups["rhythm"]["flux"][0]),
            stroke_db=float(groups["dynamics"]["percussion"][0]),
        )
    )
