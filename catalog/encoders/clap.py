"""CLAP: sound and words in one space [1], by transformers' own classes.

The default, laion/larger_clap_music (Apache-2.0 by its model card [2]), hears mono of
48 kHz in pieces of 10 s and gives 512 numbers. Longer input would be cropped at random
by its feature extractor, so recordings are cut into pieces here, and their mean is
taken. Any ClapModel serves, fused ones as well.

[1] Wu et al., "Large-scale contrastive language-audio pretraining with feature fusion
and keyword-to-caption augmentation", ICASSP 2023, arXiv:2211.06687.
[2] https://huggingface.co/laion/larger_clap_music
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from catalog.audio.excerpts import Excerpts, Samples
from catalog.encoders.hub_model import HubModel
from catalog.encoders.importing import LIBRARIES
from catalog.encoders.pieces import recordings_encode
from catalog.encoders.protocol import Vectors, unit_rows
from catalog.encoders.weights import (
    CONFIG,
    PREPROCESSOR,
    ModelUnusable,
    model_folder,
    read_json,
    refuse_other_keys,
    torch_device,
)

if TYPE_CHECKING:
    import torch

DEFAULT_MODEL = "laion/larger_clap_music"
# Of a CLAP configuration and a feature extractor that don't say (transformers' own).
DIMENSIONS, RATE_HZ, PIECE_S = 512, 48_000, 10.0
PIECES_A_BATCH, TEXTS_A_BATCH = 16, 32
# Older checkpoints carry this count of positions, which newer classes make themselves.
HARMLESS_KEYS = {"text_model.embeddings.position_ids"}


@dataclass(frozen=True)
class _Loaded:
    model: Any
    processor: Any
    device: torch.device
    dtype: torch.dtype


class ClapEncoder(HubModel[_Loaded]):
    """A CLAP model, loaded once, safe to use from several threads."""

    family = "clap"
    default_model = DEFAULT_MODEL
    is_standardised = False
    window_s = PIECE_S
    window_count = 4

    @property
    def dimensions(self) -> int:
        """Return the vectors' size. Fetches the model where it isn't here."""
        return int(read_json(self.model_id, CONFIG).get("projection_dim", DIMENSIONS))

    @property
    def rate_hz(self) -> int:
        """Return the sample rate. Fetches the model where it isn't here."""
        said = read_json(self.model_id, PREPROCESSOR)
        return int(said.get("sampling_rate", RATE_HZ))

    def encode_audio(self, recordings: Sequence[Excerpts]) -> Vectors:
        """Encode n recordings. Returns (n, dimensions) float32 of unit length.

        Each is the mean over its pieces of 10 s; a shorter one is repeated to fill
        them, as in training. Raises ValueError unless they are sampled at rate_hz,
        ModelUnusable.
        """
        loaded = self._loaded()
        with self._encoding:
            return recordings_encode(
                recordings,
                rate_hz=self.rate_hz,
                piece_s=float(loaded.processor.feature_extractor.max_length_s),
                dimensions=self.dimensions,
                batch=PIECES_A_BATCH,
                encode=lambda pieces: self._encode_pieces(loaded, pieces),
            )

    def encode_text(self, texts: Sequence[str]) -> Vectors:
        """Encode n texts. Returns (n, dimensions) float32 of unit length.

        They lie in the space of the recordings. Raises ModelUnusable.
        """
        import torch

        loaded = self._loaded()
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        for start in range(0, len(texts), TEXTS_A_BATCH):
            part = list(texts[start : start + TEXTS_A_BATCH])
            with self._encoding, torch.inference_mode():
                words = loaded.processor.tokenizer(
                    part, padding=True, truncation=True, return_tensors="pt"
                ).to(loaded.device)
                out = loaded.model.get_text_features(
                    input_ids=words["input_ids"],
                    attention_mask=words["attention_mask"],
                ).pooler_output
            vectors[start : start + len(part)] = out.float().cpu().numpy()
        return unit_rows(vectors).astype(np.float32)

    def _encode_pieces(self, loaded: _Loaded, pieces: list[Samples]) -> Vectors:
        import torch

        inputs = loaded.processor.feature_extractor(
            pieces, sampling_rate=self.rate_hz, return_tensors="pt"
        )
        # A fused model's extractor marks one piece of a batch as longer by chance.
        # None is: a piece would else depend on its neighbours.
        is_longer = torch.zeros_like(inputs["is_longer"], device=loaded.device)
        with torch.inference_mode():
            out = loaded.model.get_audio_features(
                input_features=inputs["input_features"].to(
                    device=loaded.device, dtype=loaded.dtype
                ),
                is_longer=is_longer,
            ).pooler_output
        return np.asarray(out.float().cpu().numpy(), np.float32)

    def _load(self) -> _Loaded:
        return _load(self.model_id)


def _load(model_id: str) -> _Loaded:
    folder = model_folder(model_id)
    kind = read_json(model_id, CONFIG).get("model_type")
    if kind != "clap":
        raise ModelUnusable(model_id, f"it is a {kind!r} model, and no 'clap'.")
    from safetensors import SafetensorError

    with LIBRARIES:
        from transformers import ClapModel, ClapProcessor
        from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()
    device, dtype = torch_device()
    try:
        processor = ClapProcessor.from_pretrained(folder, local_files_only=True)
        loaded: Any = ClapModel.from_pretrained(
            folder, local_files_only=True, output_loading_info=True, dtype=dtype
        )
    except (OSError, RuntimeError, ValueError, SafetensorError) as error:
        raise ModelUnusable(model_id, f"{folder} can't be loaded ({error}).") from error
    model, told = loaded
    refuse_other_keys(
        model_id,
        missing=set(told["missing_keys"]) - HARMLESS_KEYS,
        unexpected=set(told["unexpected_keys"]) - HARMLESS_KEYS,
    )
    return _Loaded(model.eval().to(device), processor, device, dtype)
