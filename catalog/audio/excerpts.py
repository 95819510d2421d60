"""The part of a recording that is listened to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]


@dataclass(frozen=True)
class Excerpts:
    """Windows spread over one recording, in playing order.

    windows: each (n,) float32, mono, in [-1, 1]; rate_hz: of all windows;
    duration_ms: of the whole recording.
    """

    windows: tuple[Samples, ...]
    rate_hz: int
    duration_ms: int


class DecodeError(Exception):
    """The file can't be listened to; the message says why, in a sentence."""
