"""Energy rises with what makes music intense."""

from dataclasses import replace

import numpy as np
import pytest

from catalog.audio.describe import describe
from catalog.audio.energy import EnergyCues, measure_energy
from tests.catalog.audio.patterns import make_drums, make_progression
from tests.catalog.audio.sounds import make_excerpts

CUES = EnergyCues(
    loudness_lufs=-18, onsets_per_s=3, rise_db=1, centroid_hz=1200, range_lu=8
)


def energy_of(wave) -> float:
    energy = describe(make_excerpts(wave)).measures.energy
    assert energy is not None
    return energy


@pytest.mark.parametrize(
    ("cue", "calm", "intense"),
    [
        ("loudness_lufs", -25, -10),
        ("onsets_per_s", 1, 6),
        ("rise_db", 0.5, 2),
        ("centroid_hz", 600, 2500),
        ("range_lu", 14, 3),
    ],
)
def test_each_cue_raises_it(cue, calm, intense):
    assert measure_energy(replace(CUES, **{cue: calm})) < measure_energy(
        replace(CUES, **{cue: intense})
    )


def test_it_stays_between_0_and_1():
    least = EnergyCues(-80, 0, 0, 20, 40)
    most = EnergyCues(0, 40, 20, 9000, 0)

    assert measure_energy(least) == 0
    assert measure_energy(most) == pytest.approx(1)


def test_drums_have_more_than_slow_chords_and_both_together_more_than_chords():
    chords = make_progression(0, False, rng=np.random.default_rng(0))
    drums = make_drums("techno", 140, seconds=16)

    assert energy_of(chords) < energy_of(drums)
    assert energy_of(chords) < energy_of(chords + drums)


def test_faster_and_louder_have_more():
    slow = make_drums("rock", 70, seconds=16)
    fast = make_drums("rock", 140, seconds=16)

    assert energy_of(slow) < energy_of(fast)
    assert energy_of(fast / 4) < energy_of(fast)
