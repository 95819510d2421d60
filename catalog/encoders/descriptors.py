"""The default encoder: signal processing that needs no download and no GPU.

146 numbers that carry genre and emotion and not only timbre: 47 of timbre, 29 of
rhythm, 39 of harmony and register, 12 of mode, 19 of dynamics and articulation. What
each is, its unit and its source stand at the head of `catalog/audio/features/*.py`.
Statistics go over all frames of all windows; variation between segments of about 8 s is
counted apart. Skewed ones are logs. They are raw: the space standardises them over the
catalog, and weighs them as `layout` says.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from catalog.audio.describe import BLOCKS, DIMENSIONS, describe
from catalog.audio.excerpts import Excerpts
from catalog.audio.stft import RATE_HZ
from catalog.encoders.protocol import Layout, Vectors

# Earlier revisions that measured the same 146 numbers, and weighed them otherwise.
SAME_FEATURES_AS = ("2",)
# Learned by ./bin/bench axes on made piano pieces: each feature's part in each axis.
AXES_FILE = Path(__file__).with_name("axes.json")
AXIS_NAMES = ("valence", "arousal")
# How much of what a distance is made of lies on the two axes. More of it, and songs are
# told apart by feeling and no longer by style: at a third the five nearest in the demo
# library share their genre about as often as when all features count alike (0.36, 0.37).
AXES_SHARE = 1 / 3


class DescriptorsEncoder:
    """Describes recordings by their spectral, rhythmic, tonal and dynamic features."""

    family = "descriptors"
    slug = "descriptors-3"
    model_id = "descriptors"
    revision = "3"
    dimensions = DIMENSIONS
    rate_hz = RATE_HZ
    is_standardised = True
    window_s = 8.0
    window_count = 4

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


def feature_names() -> tuple[str, ...]:
    """Return the 146 features' names: group, block, and place within it."""
    return tuple(
        f"{group}.{block}.{place}"
        for group, blocks in BLOCKS.items()
        for block, length in blocks.items()
        for place in range(length)
    )


@lru_cache(maxsize=1)
def descriptors_layout() -> Layout:
    """Return how the descriptors are weighed in their space. Reads a small file."""
    parts = json.loads(AXES_FILE.read_text(encoding="utf-8"))
    table = np.array([parts[name] for name in feature_names()])
    return Layout(
        blocks=tuple(n for blocks in BLOCKS.values() for n in blocks.values()),
        axes=tuple(table.T),
        axes_share=AXES_SHARE,
    )
