"""Loudness against FFmpeg's own meter, and against the standard's reference."""

import av
import numpy as np
import pytest

from catalog.audio.describe import describe
from catalog.audio.loudness import block_loudness, integrated_loudness
from tests.catalog.audio.patterns import make_drums, make_progression
from tests.catalog.audio.sounds import RATE_HZ, make_excerpts, make_music, make_sine


def loudness_of(wave, rate_hz=RATE_HZ):
    return integrated_loudness(block_loudness(make_excerpts(wave, rate_hz=rate_hz)))


def ebur128_of(wave, rate_hz=RATE_HZ) -> float:
    """Measure with FFmpeg's filter, as played by two loudspeakers."""
    graph = av.filter.Graph()
    source = graph.add(
        "abuffer", sample_rate=str(rate_hz), sample_fmt="flt", channel_layout="mono"
    )
    meter = graph.add("ebur128", dualmono="1", metadata="1", framelog="quiet")
    sink = graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    samples = wave.astype(np.float32)[None]
    frame = av.AudioFrame.from_ndarray(samples, format="flt", layout="mono")
    frame.sample_rate, frame.pts = rate_hz, 0
    graph.push(frame)
    graph.push(None)
    measured = float("nan")
    while True:
        try:
            measured = float(graph.pull().metadata["lavfi.r128.I"])
        except (av.error.BlockingIOError, av.error.EOFError):
            return measured


@pytest.mark.parametrize("rate_hz", [22_050, 48_000])
def test_a_tone_at_full_scale_measures_what_the_standard_says(rate_hz):
    # BS.1770: 997 Hz at 0 dBFS in one channel reads -3.01 LUFS, in both 0.
    tone = make_sine(997, level=1.0, rate_hz=rate_hz)

    assert loudness_of(tone, rate_hz) == pytest.approx(0.0, abs=0.1)


@pytest.mark.parametrize(
    "wave",
    [
        make_music(seconds=12),
        make_drums("rock", 110, seconds=12),
        make_progression(2, False, rng=np.random.default_rng(0)),
        np.concatenate([make_music(seconds=8), 0.01 * make_music(seconds=8)]),
        np.random.default_rng(2).standard_normal(12 * RATE_HZ) * 0.1,
    ],
    ids=["music", "drums", "chords", "loud then faint", "noise"],
)
def test_it_agrees_with_ffmpeg(wave):
    assert loudness_of(wave) == pytest.approx(ebur128_of(wave), abs=0.3)


def test_half_the_level_is_six_lu_less():
    music = make_music()

    assert loudness_of(music) - loudness_of(music / 2) == pytest.approx(6.02, abs=0.01)


def test_silence_has_no_loudness():
    measures = describe(make_excerpts(np.zeros(50_000))).measures

    assert measures.loudness_lufs is None
    assert measures.energy is None
    assert measures.tempo_bpm is None
    assert measures.pitch_class is None
