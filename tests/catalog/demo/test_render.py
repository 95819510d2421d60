"""What the demo library sounds like, measured."""

import numpy as np
import pytest
from scipy.stats import spearmanr

from catalog.demo.library import demo_tracks
from catalog.demo.synth import render_track
from catalog.demo.synth.drums import _MAKERS, drum
from catalog.demo.synth.signal import RATE_HZ
from tests.catalog.demo.rendered import one_of_each_style, sound, track

# One process renders each style, and keeps it for the others.
pytestmark = pytest.mark.xdist_group("rendered")


def _level(samples):
    return float(np.sqrt((samples.astype(np.float64) ** 2).mean()))


def _spectrum(samples):
    """Power and frequencies of the first 22 seconds: a length that is quick."""
    mono = samples[: 1 << 20].mean(axis=1)
    return np.abs(np.fft.rfft(mono)) ** 2, np.fft.rfftfreq(len(mono), 1 / RATE_HZ)


def _centroid_hz(samples):
    power, hz = _spectrum(samples)
    return float((power * hz).sum() / power.sum())


def _chroma(samples):
    power, hz = _spectrum(samples)
    heard = (hz > 110) & (hz < 2000)
    classes = np.round(69 + 12 * np.log2(hz[heard] / 440)).astype(int) % 12
    return np.bincount(classes, weights=power[heard], minlength=12)


@pytest.mark.parametrize("each", one_of_each_style(), ids=lambda t: t.style)
def test_every_style_renders_whole_and_clean(each):
    samples = sound(each.slug)

    assert samples.dtype == np.float32
    assert samples.shape == (round(each.duration_s * RATE_HZ), 2)
    assert np.isfinite(samples).all()
    assert 0.05 < np.abs(samples).max() < 1.0
    assert _level(samples) > 0.01
    # No second in the middle is silent, and the end has died away.
    seconds = samples[RATE_HZ : -3 * RATE_HZ]
    whole = len(seconds) // RATE_HZ * RATE_HZ
    levels = np.abs(seconds[:whole]).reshape(-1, RATE_HZ, 2).max(axis=(1, 2))
    assert levels.min() > 0.003
    assert _level(samples[-480:]) < 0.002
    # Hardly anything is bent by the limiter, and no side is empty.
    assert (np.abs(samples) > 0.9).mean() < 0.01
    left, right = _level(samples[:, 0]), _level(samples[:, 1])
    assert 0.6 < left / right < 1.7


def test_the_same_track_gives_the_same_samples():
    slug = demo_tracks()[3].slug

    again = render_track(track(slug))

    assert again.tobytes() == sound(slug).tobytes()


def test_louder_means_more_energy():
    tracks = one_of_each_style()
    levels = [_level(sound(each.slug)) for each in tracks]

    assert spearmanr([each.energy for each in tracks], levels).statistic > 0.8


def test_metal_is_brighter_than_ambient():
    by_genre: dict[str, list[float]] = {}
    for each in one_of_each_style():
        by_genre.setdefault(each.genre, []).append(_centroid_hz(sound(each.slug)))

    assert np.mean(by_genre["metal"]) > 1.5 * np.mean(by_genre["ambient"])


def test_the_declared_mode_is_the_one_heard():
    agreed = []
    for each in one_of_each_style():
        chroma = np.roll(_chroma(sound(each.slug)), -each.pitch_class)
        if chroma[[3, 4]].sum() > 0.02 * chroma.sum():
            agreed.append((chroma[4] > chroma[3]) == each.is_major)

    assert len(agreed) > 30
    assert np.mean(agreed) > 0.8


def test_the_declared_tempo_is_the_one_heard():
    each = next(t for t in one_of_each_style() if t.style == "warehouse")
    samples = sound(each.slug)

    # The kick's beat: the rise of the lows, compared with itself a beat later.
    hop = 480
    low = np.abs(samples.mean(axis=1))[: len(samples) // hop * hop]
    rise = np.maximum(np.diff(low.reshape(-1, hop).max(axis=1)), 0)
    rise -= rise.mean()
    likeness = np.correlate(rise, rise, "full")[len(rise) - 1 :]
    lags = np.arange(35, 65)
    best = lags[likeness[lags].argmax()]
    assert 60 / (best * hop / RATE_HZ) == pytest.approx(each.tempo_bpm, rel=0.03)


@pytest.mark.parametrize("name", sorted(_MAKERS))
def test_every_drum_makes_a_short_clean_sound(name):
    stroke = drum(name)

    assert np.isfinite(stroke).all()
    assert 0.3 < np.abs(stroke).max() <= 1.0
    assert len(stroke) < 2 * RATE_HZ
    assert abs(float(stroke[-1])) < 0.01
