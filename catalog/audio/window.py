"""One window of a recording, put together from decoded frames."""

from __future__ import annotations

import av
import numpy as np
from av.audio.frame import AudioFrame

from catalog.audio.excerpts import Samples

# What recordings are sampled at, from telephones to DSD; the resampler would turn a
# packet at 1 Hz into an hour.
RATES_HZ = range(2_000, 800_000)


class Window:
    """Collects frames from `begin_s` on, as mono at `rate_hz`."""

    def __init__(self, begin_s: float, length_s: float, rate_hz: int) -> None:
        self._begin_s = begin_s
        self._wanted = round(length_s * rate_hz)
        self._rate_hz = rate_hz
        self._pieces: list[Samples] = []
        self._size = 0
        self._resampler: av.AudioResampler | None = None
        self._shape: tuple[str, str, int] | None = None

    @property
    def is_full(self) -> bool:
        return self._size >= self._wanted

    def add(self, frame: AudioFrame, start_s: float) -> None:
        """Add a decoded frame, unless it lies before the window."""
        at_s = None if frame.time is None else frame.time - start_s
        if frame.sample_rate not in RATES_HZ or frame.samples == 0:
            return
        if at_s is not None and at_s + frame.samples / frame.sample_rate <= (
            self._begin_s
        ):
            return
        shape = (frame.format.name, frame.layout.name, frame.sample_rate)
        if self._resampler is None or shape != self._shape:
            self._flush()
            # maxval keeps the mean of the channels: without it FFmpeg mixes two equal
            # channels 3 dB louder, beyond full scale.
            self._resampler = av.AudioResampler(
                format="flt",
                layout="mono",
                rate=self._rate_hz,
                options={"rematrix_maxval": "1.0"},
            )
            self._shape = shape
        frame.pts = None
        self._keep(self._resampler.resample(frame))

    def samples(self) -> Samples:
        """Return what was collected, clipped to [-1, 1] and finite."""
        self._flush()
        if not self._pieces:
            return np.zeros(0, np.float32)
        samples = np.concatenate(self._pieces)[: self._wanted]
        np.nan_to_num(samples, copy=False, nan=0.0, posinf=1.0, neginf=-1.0)
        return np.clip(samples, -1.0, 1.0, out=samples)

    def _flush(self) -> None:
        if self._resampler is not None:
            self._keep(self._resampler.resample(None))
            self._resampler = None

    def _keep(self, frames: list[AudioFrame]) -> None:
        for frame in frames:
            self._pieces.append(frame.to_ndarray()[0])
            self._size += frame.samples
