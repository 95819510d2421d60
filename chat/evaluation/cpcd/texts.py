"""Text vectors that are kept on the disk from run to run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from catalog.encoders.protocol import Vectors
from catalog.encoders.text import SentenceEncoder


class KeptTexts:
    """The site's text encoder, asked only for texts that it hasn't seen."""

    def __init__(self, encoder: SentenceEncoder, folder: Path) -> None:
        """folder: where vectors are kept, by model and revision."""
        self._encoder = encoder
        self.model_id = encoder.model_id
        self._path = (
            folder / f"texts-{encoder.slug}-{encoder.revision or 'unknown'}.npz"
        )
        self._kept: dict[str, np.ndarray] = {}
        if self._path.exists():
            with np.load(self._path) as arrays:
                vectors = arrays["vectors"].astype(np.float32)
                self._kept = dict(zip(arrays["texts"].tolist(), vectors, strict=True))

    def encode_text(self, texts: Sequence[str]) -> Vectors:
        """Return (n, d) float32 of unit length, within 1e-3 of the encoder's own."""
        missing = sorted(set(texts) - self._kept.keys())
        if missing:
            vectors = self._encoder.encode_documents(missing)
            self._kept.update(zip(missing, vectors, strict=True))
            # Half the size, and no nearer to the truth of a ranking at full precision.
            # In one step: a run that is ended while it writes leaves no half a file.
            half = self._path.with_name(f"{self._path.name}.part")
            with half.open("wb") as file:
                np.savez(
                    file,
                    texts=np.array(list(self._kept)),
                    vectors=np.array(list(self._kept.values()), np.float16),
                )
            half.replace(self._path)
        return np.stack([self._kept[text] for text in texts])
