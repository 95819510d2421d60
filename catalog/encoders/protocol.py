"""What an encoder is: audio or words in, vectors out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from catalog.audio.excerpts import Excerpts

Vectors = NDArray[np.float32]


class AudioEncoder(Protocol):
    """Turns recordings into vectors.

    `is_standardised` says that the vectors are raw features, which the space
    standardises over the catalog before they are compared.
    """

    slug: str
    model_id: str
    revision: str
    dimensions: int
    rate_hz: int
    is_standardised: bool

    def encode_audio(self, recordings: Sequence[Excerpts]) -> Vectors:
        """Encode n recordings. Returns (n, dimensions) float32."""
        ...


class TextEncoder(Protocol):
    """Turns texts into vectors of unit length."""

    slug: str
    model_id: str

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
