"""Valence and danceability: monotone in their cues, and heard in what is played."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.audio.describe import describe
from catalog.audio.feeling import (
    DanceCues,
    ValenceCues,
    measure_danceability,
    measure_valence,
)
from tests.catalog.audio.patterns import make_progression
from tests.catalog.audio.sounds import make_excerpts, make_music, make_sine

SAD = ValenceCues(
    mode_contrast=-0.1,
    onsets_per_s=1.0,
    tempo_bpm=65.0,
    pitch_octaves=0.0,
    centroid_hz=600.0,
)
STILL = DanceCues(
    clarity=0.12, low_pulse=0.05, low_rise=0.25, stroke_db=-3.5, tempo_bpm=70.0
)


@pytest.mark.parametrize(
    ("cue", "happier"),
    [
        ("mode_contrast", 0.1),
        ("onsets_per_s", 4.0),
        ("tempo_bpm", 130.0),
        ("pitch_octaves", 1.0),
        ("centroid_hz", 2000.0),
    ],
)
def test_each_cue_makes_it_happier(cue, happier):
    assert measure_valence(replace(SAD, **{cue: happier})) > measure_valence(SAD)


@pytest.mark.parametrize(
    ("cue", "better"),
    [
        ("clarity", 0.5),
        ("low_pulse", 0.4),
        ("tempo_bpm", 120.0),
        ("low_rise", 0.6),
        ("stroke_db", 0.0),
    ],
)
def test_each_cue_makes_one_dance(cue, better):
    still = measure_danceability(STILL)

    assert measure_danceability(replace(STILL, **{cue: better})) > still


numbers = st.floats(-1e6, 1e6)


@given(numbers, numbers, numbers, st.one_of(st.none(), st.floats(40, 220)))
def test_both_stay_within_0_and_1(one, two, three, tempo_bpm):
    valence = measure_valence(ValenceCues(one, abs(two), tempo_bpm, three, abs(one)))
    danceability = measure_danceability(DanceCues(one, two, three, one, tempo_bpm))

    assert 0 <= valence <= 1 + 1e-9
    assert 0 <= danceability <= 1 + 1e-9


def test_major_sounds_happier_than_minor():
    major, minor = (
        describe(
            make_excerpts(make_progression(0, mode, rng=np.random.default_rng(4)))
        ).measures.valence
        for mode in (True, False)
    )

    assert major > minor + 0.1


def test_a_beat_is_danced_to_and_a_tone_is_not():
    beat, tone = (
        describe(make_excerpts(wave)).measures.danceability
        for wave in (make_music(seconds=16), make_sine(seconds=16))
    )

    assert beat > tone + 0.2


def test_silence_feels_like_nothing():
    measures = describe(make_excerpts(np.zeros(22_050 * 4))).measures

    assert measures.valence is None
    assert measures.danceability is None
