"""Samples to Ogg/Opus files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

BITS_PER_S = 96_000


def write_opus(
    path: Path,
    samples: NDArray[np.float32],
    *,
    rate_hz: int,
    tags: Mapping[str, str],
) -> None:
    """Write (n, 2) float32 samples as stereo Opus at about 96 kbit/s.

    The file appears under its name only when it is whole: a killed process leaves at
    most a hidden ".part" beside it, which the next run overwrites. Raises OSError
    when the folder can't be written, ValueError when the samples aren't (n, 2).
    """
    if samples.ndim != 2 or samples.shape[1] != 2:
        raise ValueError(f"stereo samples wanted, (n, 2), not {samples.shape}")
    part = path.with_name(f".{path.name}.part")
    with av.open(str(part), "w", format="ogg") as container:
        stream = container.add_stream("libopus", rate=rate_hz, layout="stereo")
        stream.bit_rate = BITS_PER_S
        stream.options = {"compression_level": "5"}
        # Ogg keeps an audio stream's tags with the stream.
        stream.metadata.update(tags)
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(samples.reshape(1, -1), dtype=np.float32),
            format="flt",
            layout="stereo",
        )
        frame.sample_rate = rate_hz
        frame.pts = 0
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    os.replace(part, path)
