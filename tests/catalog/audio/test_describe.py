"""Features are finite and of the right shape, whatever the sound."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.audio.describe import BLOCKS, DIMENSIONS, GROUPS, describe
from catalog.audio.excerpts import Excerpts
from catalog.audio.features.dynamics import dynamics
from catalog.audio.features.mode import mode
from catalog.audio.features.rhythm import rhythm
from catalog.audio.features.timbre import timbre
from catalog.audio.features.tonal import tonal
from catalog.audio.loudness import block_loudness, integrated_loudness
from catalog.audio.stft import compute_spectra
from catalog.audio.tempo import measure_rhythm
from catalog.audio.tonality import measure_tonality
from tests.catalog.audio.patterns import make_progression
from tests.catalog.audio.sounds import RATE_HZ, make_excerpts, make_music, make_sine


@st.composite
def strange_sounds(draw):
    """Draw one to three windows of sounds that are hardly music."""
    windows = []
    for _ in range(draw(st.integers(1, 3))):
        size = draw(st.sampled_from([1, 2, 300, 1024, 1025, 8191, 22_050, 60_000]))
        rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
        level = draw(st.sampled_from([1e-12, 1e-6, 1e-3, 0.1, 1.0, 100.0]))
        t = np.arange(size) / RATE_HZ
        kind = draw(
            st.sampled_from(
                ["noise", "silence", "click", "dc", "square", "sine", "gap"]
            )
        )
        match kind:
            case "noise":
                wave = rng.standard_normal(size)
            case "click":
                wave = np.zeros(size)
                wave[rng.integers(size)] = 1
            case "dc":
                wave = np.ones(size)
            case "square":
                wave = np.sign(np.sin(2 * np.pi * rng.uniform(20, 9000) * t))
            case "sine":
                wave = np.sin(2 * np.pi * rng.uniform(20, 11_000) * t)
            case "gap":
                wave = rng.standard_normal(size) * (t < t[-1] / 2)
            case _:
                wave = np.zeros(size)
        windows.append(wave * level)
    return make_excerpts(*windows)


@given(strange_sounds())
@settings(max_examples=120)
def test_features_and_measures_are_always_finite(excerpts):
    description = describe(excerpts)

    assert description.features.shape == (DIMENSIONS,)
    assert description.features.dtype == np.float32
    assert np.isfinite(description.features).all()
    assert np.abs(description.features).max() < 1000
    measures = description.measures
    if measures.energy is not None:
        assert 0 <= measures.energy <= 1
    if measures.tempo_bpm is not None:
        assert 35 < measures.tempo_bpm < 230
    if measures.loudness_lufs is not None:
        assert -75 < measures.loudness_lufs < 8


def test_groups_have_the_sizes_they_state():
    excerpts = make_excerpts(make_music())
    spectra = compute_spectra(excerpts)
    found = measure_rhythm(spectra)
    blocks = block_loudness(excerpts)
    groups = {
        "timbre": timbre(spectra),
        "rhythm": rhythm(spectra, found),
        "tonal": tonal(measure_tonality(spectra)),
        "mode": mode(measure_tonality(spectra)),
        "dynamics": dynamics(spectra, found, blocks, integrated_loudness(blocks)),
    }

    sizes = {
        name: {block: numbers.size for block, numbers in blocks.items()}
        for name, blocks in groups.items()
    }

    assert sizes == BLOCKS
    assert list(sizes) == list(BLOCKS)


def test_another_rate_is_refused():
    with pytest.raises(ValueError, match="22050"):
        describe(Excerpts((np.zeros(48_000, np.float32),), 48_000, 1000))


def test_the_level_changes_loudness_and_hardly_anything_else():
    music = make_music()
    loud, soft = (describe(make_excerpts(music * k)).features for k in (1.0, 0.25))

    changed = np.flatnonzero(np.abs(loud - soft) > 0.02)

    # loudness, which is LUFS / 10, is the first of the dynamics.
    assert changed.tolist() == [DIMENSIONS - GROUPS["dynamics"]]


def test_major_and_minor_differ_in_the_tonal_group_most():
    major, minor = (
        describe(
            make_excerpts(make_progression(0, mode, rng=np.random.default_rng(4)))
        ).features
        for mode in (True, False)
    )
    start = GROUPS["timbre"] + GROUPS["rhythm"]
    contrast = start + 12 + 2

    assert major[contrast] > 0 > minor[contrast]


def test_windows_are_not_joined_by_an_onset():
    tone = make_sine(seconds=8)
    found = measure_rhythm(compute_spectra(make_excerpts(tone, tone[11:], tone[5:])))

    assert found.onsets.size == 0
