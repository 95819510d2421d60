"""Sounds and files made for tests of listening."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
from av.audio.stream import AudioStream
from numpy.typing import NDArray

from catalog.audio.excerpts import Excerpts

RATE_HZ = 22_050

Wave = NDArray[np.float64]


def make_excerpts(*windows: Wave, rate_hz: int = RATE_HZ) -> Excerpts:
    """Return windows as excerpts, cut to [-1, 1] and float32."""
    samples = tuple(np.clip(w, -1, 1).astype(np.float32) for w in windows)
    seconds = sum(w.size for w in samples) / rate_hz
    return Excerpts(samples, rate_hz, round(seconds * 1000))


def make_sine(
    hz: float = 440.0,
    *,
    seconds: float = 8.0,
    level: float = 0.3,
    rate_hz: int = RATE_HZ,
) -> Wave:
    t = np.arange(int(seconds * rate_hz)) / rate_hz
    return np.asarray(level * np.sin(2 * np.pi * hz * t))


def make_music(*, seconds: float = 8.0, rate_hz: int = RATE_HZ, seed: int = 1) -> Wave:
    """Return chords of C, F and G with a noise stroke on each beat of 120 BPM."""
    t = np.arange(int(seconds * rate_hz)) / rate_hz
    beat = np.floor(t * 2).astype(int)
    root = np.array([130.81, 174.61, 196.0, 130.81])[beat // 4 % 4]
    phase = 2 * np.pi * np.cumsum(root) / rate_hz
    chord = sum(np.sin(phase * r) for r in (1, 1.2599, 1.4983, 2)) * 0.08
    noise = np.random.default_rng(seed).standard_normal(t.size)
    return np.asarray(chord + 0.15 * noise * np.exp(-(t * 2 - beat) * 20))


def write_sound(
    path: Path,
    samples: Wave,
    *,
    codec: str,
    rate_hz: int = 44_100,
    container: str | None = None,
    bit_rate: int = 128_000,
    layout: str = "stereo",
    options: dict[str, str] | None = None,
) -> Path:
    """Encode samples, (n,) for equal channels or (channels, n), and return the path."""
    with av.open(str(path), "w", format=container, options=options or {}) as out:
        stream = out.add_stream(codec, rate=rate_hz, layout=layout)
        assert isinstance(stream, AudioStream)
        if codec == "vorbis":
            stream.codec_context.options = {"strict": "experimental"}

        stream.bit_rate = bit_rate
        channels = np.atleast_2d(samples).astype(np.float32)
        count = 2 if layout == "stereo" else 1
        channels = np.broadcast_to(channels, (count, channels.shape[1]))
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(channels), format="fltp", layout=layout
        )
        frame.sample_rate, frame.pts = rate_hz, 0
        stream.codec_context.open()
        resampler = av.AudioResampler(
            format=stream.format,
            layout=layout,
            rate=stream.rate,
            frame_size=stream.codec_context.frame_size or 4096,
        )
        for piece in resampler.resample(frame) + resampler.resample(None):
            out.mux(stream.encode(piece))
        out.mux(stream.encode(None))
    return path
