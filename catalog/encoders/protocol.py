"""What an encoder is: audio or words in, vectors out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from catalog.audio.excerpts import Excerpts

Vectors = NDArray[np.float32]


def unit_rows(rows: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the rows at unit length; one without length stays zero."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-12))


@dataclass(frozen=True)
class Layout:
    """How the features of a standardised space are weighed against each other.

    blocks: lengths of the runs of features that say much the same; they add up to d.
    axes: each (d,), a direction among standardised features that counts for itself.
    axes_share: of all variance, how much lies on the axes, in 0..1 without 1.
    """

    blocks: tuple[int, ...]
    axes: tuple[NDArray[np.float64], ...] = ()
    axes_share: float = 0.0


class AudioEncoder(Protocol):
    """Turns recordings into vectors.

    `family` is what AUDIO_ENCODER names. `is_standardised` says that the space
    standardises the vectors over the catalog before they are compared. `window_s` and
    `window_count` are the windows that recordings should be decoded into. What the
    model's files say (`model_id` aside) may need them fetched: ModelUnusable where
    they can't be had.
    """

    @property
    def family(self) -> str: ...
    @property
    def slug(self) -> str: ...
    @property
    def model_id(self) -> str: ...
    @property
    def revision(self) -> str: ...
    @property
    def dimensions(self) -> int: ...
    @property
    def rate_hz(self) -> int: ...
    @property
    def is_standardised(self) -> bool: ...
    @property
    def window_s(self) -> float: ...
    @property
    def window_count(self) -> int: ...

    def load(self) -> None:
        """Load the model now, rather than with the first recording."""
        ...

    def encode_audio(self, recordings: Sequence[Excerpts]) -> Vectors:
        """Encode n recordings. Returns (n, dimensions) float32."""
        ...


class TextEncoder(Protocol):
    """Turns texts into vectors of unit length."""

    @property
    def slug(self) -> str: ...
    @property
    def model_id(self) -> str: ...

    @property
    def revision(self) -> str:
        """Return which weights these are."""
        ...

    @property
    def dimensions(self) -> int:
        """Return the vectors' size. May load the model."""
        ...

    def encode_text(self, texts: Sequence[str]) -> Vectors:
        """Encode n texts. Returns (n, dimensions) float32, each of unit length."""
        ...


class JointEncoder(AudioEncoder, TextEncoder, Protocol):
    """Turns recordings and texts into vectors of one space."""
