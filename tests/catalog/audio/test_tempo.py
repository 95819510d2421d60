"""Tempo of metronomes and drum machines."""

import numpy as np
import pytest

from catalog.audio.describe import describe
from catalog.audio.stft import compute_spectra
from catalog.audio.tempo import measure_rhythm
from tests.catalog.audio.patterns import PATTERNS, make_clicks, make_drums
from tests.catalog.audio.sounds import RATE_HZ, make_excerpts

BPMS = (60, 66.5, 75, 84, 91.3, 100, 108, 117, 126, 133.3, 144, 155, 168, 180)


def tempo_of(wave):
    half = wave.size // 2
    excerpts = make_excerpts(wave[:half], wave[half:])
    return measure_rhythm(compute_spectra(excerpts)).tempo_bpm


def is_near(found, bpm) -> bool:
    return found is not None and abs(found / bpm - 1) < 0.04


def test_a_metronome_is_followed_to_a_hundredth():
    for bpm in BPMS[:10]:
        assert tempo_of(make_clicks(bpm)) == pytest.approx(bpm, rel=0.01)


def test_drum_patterns_give_their_tempo_its_half_or_its_double():
    found = [
        (bpm, tempo_of(make_drums(name, bpm, seconds=16)))
        for name in PATTERNS
        for bpm in BPMS
    ]

    related = [any(is_near(f, bpm * k) for k in (0.5, 1, 2)) for bpm, f in found]
    exact = [is_near(f, bpm) for bpm, f in found]

    assert np.mean(related) >= 0.95
    assert np.mean(exact) >= 0.65


def test_usual_tempos_are_not_taken_for_half_or_double():
    found = [
        is_near(tempo_of(make_drums(name, bpm, seconds=16)), bpm)
        for name in PATTERNS
        for bpm in (90, 100, 110, 120, 130, 140)
    ]

    assert np.mean(found) >= 0.95


def test_noise_has_no_tempo():
    noise = np.random.default_rng(5).standard_normal(16 * RATE_HZ) * 0.1

    assert describe(make_excerpts(noise)).measures.tempo_bpm is None


def test_onsets_are_found_where_the_strokes_are():
    rhythm = measure_rhythm(
        compute_spectra(make_excerpts(make_clicks(120, seconds=16)))
    )

    assert abs(rhythm.onsets.size - 32) <= 1
    assert np.allclose(np.diff(rhythm.onsets), 43, atol=1)
