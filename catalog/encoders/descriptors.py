"""The default encoder: signal processing that needs no download and no GPU.

146 numbers that carry genre and emotion and not only timbre: 47 of timbre, 29 of
rhythm, 39 of harmony and register, 12 of mode, 19 of dynamics and articulation. What each is, its
unit and its source stand at the head of `catalog/audio/features/*.py`. Statistics go
over all frames of all windows; variation between segments of about 8 s is counted
apart. Skewed ones are logs. They are raw: the space standardises them over the catalog.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from catalog.audio.describe import DIMENSIONS, describe
from catalog.audio.excerpts import Excerpts
from catalog.audio.stft import RATE_HZ
from catalog.encoders.protocol import Vectors


class DescriptorsEncoder:
    """Describes recordings by their spectral, rhythmic, tonal and dynamic features."""

    family = "descriptors"
    slug = "descriptors-2"
    model_id = "descriptors"
    revision = "2"
    dimensions = DIMENSIONS
    rate_hz = RATE_HZ
    is_standardised = True
    window_s = 8.0
    window_count = 4
    feature_weights: Vectors | None = None

    def load(self) -> None:
        """Do nothing: there is no model."""

    def encode_audio(self, recordings: Sequence[Excerpts]) -> Vectors:
        """Describe n recordings. Returns (n, 146) float32, raw.

        Raises ValueError unless they are sampled at 22 050 Hz.
        """
        vectors = np.empty((len(recordings), DIMENSIONS), np.float32)
        for row, excerpts in enumerate(recordings):
            vectors[row] = describe(excerpts).features
        return vectors
