"""Writes sound as MP3."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

FRAME = 1152


def write_mp3(
    path: Path, sound: NDArray[np.float32], *, rate_hz: int = 48_000, bit_rate: int
) -> None:
    """Write (n,) mono or (2, n) stereo float32 in [-1, 1] as an MP3."""
    channels = np.atleast_2d(sound)
    layout = "mono" if len(channels) == 1 else "stereo"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libmp3lame", rate=rate_hz, layout=layout)
        stream.bit_rate = bit_rate
        for start in range(0, channels.shape[1], FRAME):
            piece = np.ascontiguousarray(channels[:, start : start + FRAME])
            frame = av.AudioFrame.from_ndarray(piece, format="fltp", layout=layout)
            frame.sample_rate, frame.pts = rate_hz, start
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
