"""Key and mode of chord progressions."""

import numpy as np
import pytest

from catalog.audio.describe import describe
from catalog.audio.stft import compute_spectra
from catalog.audio.tonality import measure_tonality
from tests.catalog.audio.patterns import make_drums, make_progression
from tests.catalog.audio.sounds import make_excerpts, make_sine


def test_the_key_of_progressions_in_all_24_keys():
    rng = np.random.default_rng(8)
    right = 0
    for tonic in range(12):
        for is_major in (True, False):
            wave = make_progression(tonic, is_major, rng=rng, seconds=8)
            found = measure_tonality(compute_spectra(make_excerpts(wave)))
            right += (found.tonic, found.is_major) == (tonic, is_major)

    assert right >= 22


def test_the_key_is_heard_through_drums():
    rng = np.random.default_rng(9)
    right = 0
    for tonic in range(12):
        wave = make_progression(tonic, tonic % 2 == 0, rng=rng, seconds=12)
        drums = 0.6 * make_drums("rock", 100, seconds=12)
        measures = describe(make_excerpts(wave + drums)).measures
        right += (measures.pitch_class, measures.is_major) == (tonic, tonic % 2 == 0)

    assert right >= 10


def test_noise_has_no_key():
    noise = np.random.default_rng(5).standard_normal(200_000) * 0.1
    measures = describe(make_excerpts(noise)).measures

    assert measures.pitch_class is None
    assert measures.is_major is None


@pytest.mark.parametrize(("hz", "pitch_class"), [(440, 9), (261.63, 0), (370, 6)])
def test_a_single_note_is_its_own_pitch_class(hz, pitch_class):
    found = measure_tonality(compute_spectra(make_excerpts(make_sine(hz))))

    assert int(np.argmax(found.profile)) == pitch_class


def test_transposing_moves_the_key_but_not_the_scale():
    low = make_progression(0, True, rng=np.random.default_rng(1))
    high = make_progression(5, True, rng=np.random.default_rng(1))
    first, second = (
        measure_tonality(compute_spectra(make_excerpts(w))) for w in (low, high)
    )

    assert (first.tonic, second.tonic) == (0, 5)
    assert np.allclose(
        np.roll(first.profile, 0), np.roll(second.profile, -5), atol=0.03
    )
