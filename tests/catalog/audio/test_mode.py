"""Major or minor, by each of the ways in which it is asked."""

import numpy as np
import pytest

from catalog.audio.features.mode import mode
from catalog.audio.stft import compute_spectra
from catalog.audio.tonality import measure_tonality
from tests.catalog.audio.patterns import make_progression
from tests.catalog.audio.sounds import make_excerpts


def mode_of(wave):
    return mode(measure_tonality(compute_spectra(make_excerpts(wave))))


@pytest.mark.parametrize("seed", [2, 4])
def test_each_way_of_asking_tells_major_from_minor(seed):
    major, minor = (
        mode_of(make_progression(0, flag, rng=np.random.default_rng(seed)))
        for flag in (True, False)
    )

    assert (major["contrast"] > minor["contrast"]).all()
    assert major["degrees"][0] > 0 > minor["degrees"][0]
    assert (major["bass"] > minor["bass"]).all()


def test_silence_has_no_mode():
    blocks = mode_of(np.zeros(22_050 * 4))

    assert np.concatenate(list(blocks.values())).tolist() == [0.0] * 12
