"""Decoding windows of good recordings, in every usual format."""

import subprocess
import sys

import numpy as np
import pytest

from catalog.audio.decode import decode_excerpts
from tests.catalog.audio.sounds import make_sine, write_sound

FORMATS = [
    ("song.mp3", "libmp3lame", None, 44_100),
    ("song.m4a", "aac", None, 44_100),
    ("lossless.m4a", "alac", None, 44_100),
    ("song.flac", "flac", None, 44_100),
    ("song.ogg", "vorbis", None, 44_100),
    ("song.opus", "libopus", "ogg", 48_000),
    ("song.wav", "pcm_s16le", None, 44_100),
    ("deep.wav", "pcm_f32le", None, 96_000),
    ("song.aiff", "pcm_s16be", None, 44_100),
    ("song.wma", "wmav2", "asf", 44_100),
    ("song.ac3", "ac3", None, 48_000),
    ("song.webm", "libopus", "webm", 48_000),
    ("song.aac", "aac", "adts", 44_100),
]


def make_rising(seconds: float, rate_hz: int):
    """Return a tone that rises from 200 Hz by 20 Hz a second: it tells the time."""
    t = np.arange(int(seconds * rate_hz)) / rate_hz
    return 0.4 * np.sin(2 * np.pi * (200 * t + 10 * t * t))


def heard_at_s(window, rate_hz: int = 22_050) -> float:
    """Return when in a rising tone the middle fifth of a second of a window lies."""
    middle = window[window.size // 2 - rate_hz // 10 :][: rate_hz // 5]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(middle.size), 1 << 17))
    return (np.argmax(spectrum) * rate_hz / (1 << 17) - 200) / 20


@pytest.mark.parametrize(
    ("name", "codec", "container", "rate_hz"), FORMATS, ids=[f[0] for f in FORMATS]
)
def test_windows_lie_where_they_should(tmp_path, name, codec, container, rate_hz):
    path = write_sound(
        tmp_path / name,
        make_rising(30, rate_hz),
        codec=codec,
        container=container,
        rate_hz=rate_hz,
    )

    excerpts = decode_excerpts(path, window_s=4.0, window_count=3)

    assert excerpts.rate_hz == 22_050
    assert abs(excerpts.duration_ms - 30_000) < 150
    assert [w.size for w in excerpts.windows] == [4 * 22_050] * 3
    heard = [heard_at_s(w) for w in excerpts.windows]
    assert np.allclose(heard, [5, 15, 25], atol=0.2)
    for window in excerpts.windows:
        assert window.dtype == np.float32
        assert abs(np.sqrt(np.mean(window**2)) - 0.4 / 2**0.5) < 0.02


def test_a_short_recording_is_taken_whole_and_once(tmp_path):
    path = write_sound(
        tmp_path / "song.opus",
        make_rising(28, 48_000),
        codec="libopus",
        container="ogg",
        rate_hz=48_000,
    )

    excerpts = decode_excerpts(path)

    assert len(excerpts.windows) == 1
    assert abs(excerpts.windows[0].size - 28 * 22_050) < 0.03 * 22_050


def test_the_wanted_rate_is_given(tmp_path):
    path = write_sound(tmp_path / "song.flac", make_sine(seconds=12), codec="flac")

    excerpts = decode_excerpts(path, rate_hz=48_000, window_s=2.0, window_count=2)

    assert excerpts.rate_hz == 48_000
    assert [w.size for w in excerpts.windows] == [96_000, 96_000]


def test_channels_are_averaged(tmp_path):
    left = make_sine(seconds=5, level=0.8, rate_hz=44_100)
    path = write_sound(
        tmp_path / "song.flac", np.stack([left, np.zeros_like(left)]), codec="flac"
    )

    (window,) = decode_excerpts(path).windows

    assert abs(np.abs(window).max() - 0.4) < 0.01


def test_samples_stay_within_full_scale_and_finite(tmp_path):
    wild = make_sine(seconds=5, level=3.0, rate_hz=44_100)
    wild[1000:1010] = np.nan
    wild[2000:2010] = np.inf
    path = write_sound(tmp_path / "song.wav", wild, codec="pcm_f32le")

    (window,) = decode_excerpts(path).windows

    assert np.isfinite(window).all()
    assert np.abs(window).max() <= 1.0


def test_two_hours_cost_no_more_memory_than_their_windows(tmp_path):
    minute = write_sound(
        tmp_path / "minute.mp3",
        make_rising(60, 22_050),
        codec="libmp3lame",
        rate_hz=22_050,
        layout="mono",
        bit_rate=32_000,
        options={"write_xing": "0", "id3v2_version": "0"},
    ).read_bytes()
    path = tmp_path / "mix.mp3"
    path.write_bytes(minute * 120)
    script = (
        "import re, sys; from pathlib import Path;"
        "from catalog.audio.decode import decode_excerpts;"
        "e = decode_excerpts(Path(sys.argv[1]));"
        "print(len(e.windows), e.duration_ms // 60_000,"
        " int(re.search(r'VmHWM:\\s*(\\d+)', Path('/proc/self/status').read_text())[1])"
        " // 1024)"
    )

    answer = subprocess.run(
        [sys.executable, "-c", script, path], capture_output=True, text=True, check=True
    )

    windows, minutes, peak_mib = map(int, answer.stdout.split())
    assert (windows, minutes) == (4, 120)
    # Two hours as float32 are 600 MiB.
    assert peak_mib < 250
    assert answer.stderr == ""
