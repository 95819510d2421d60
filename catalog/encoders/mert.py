"""MERT: a model of music that was trained on sound alone [1]. It knows no words.

m-a-p/MERT-v1-95M (CC-BY-NC-4.0 by its model card [2]: not for commercial use) hears
mono of 24 kHz and was trained on pieces of 5 s. The hub's own class is code of the
hub, which is not run here. It says of itself that it is HuBERT of transformers with two
additions, constant-Q features and DeepNorm [3]; the published v1 models switch both
off, and a configuration that has one of them on is refused. So transformers' HubertModel
is built from the configuration, and the weights are put in key by key.

A recording's vector is the mean over time of the mean of all hidden states (the
projected input and each layer). The model card averages over time and says that which
layer serves best depends on the task; MARBLE [4] learns weights over all of them, and
starts from equal ones. Such means of a transformer lie in a narrow cone [5], so the
space standardises them.

[1] Li et al., "MERT: acoustic music understanding model with large-scale
self-supervised training", ICLR 2024, arXiv:2306.00107.
[2] https://huggingface.co/m-a-p/MERT-v1-95M
[3] modeling_MERT.py and config.json of [2].
[4] Yuan et al., "MARBLE: music audio representation benchmark for universal
evaluation", NeurIPS 2023.
[5] Mu and Viswanath, "All-but-the-top", ICLR 2018, of word vectors.
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
from catalog.encoders.protocol import Vectors
from catalog.encoders.weights import (
    CONFIG,
    PREPROCESSOR,
    ModelUnusable,
    model_folder,
    read_json,
    read_weights,
    refuse_other_keys,
    torch_device,
)

if TYPE_CHECKING:
    import torch
    from transformers import HubertConfig

DEFAULT_MODEL = "m-a-p/MERT-v1-95M"
MODEL_TYPES = ("mert_model", "hubert")
PIECE_S = 5.0
PIECES_A_BATCH = 8
# What the hub's files call the parts of the normalised weight of the position
# convolution, and what torch calls them since 2.0.
RENAMED = {
    "conv.weight_g": "conv.parametrizations.weight.original0",
    "conv.weight_v": "conv.parametrizations.weight.original1",
}
ADDITIONS = ("feature_extractor_cqt", "deepnorm")


@dataclass(frozen=True)
class _Loaded:
    model: Any
    extractor: Any
    device: torch.device
    dtype: torch.dtype


class MertEncoder(HubModel[_Loaded]):
    """A MERT model, loaded once, safe to use from several threads."""

    family = "mert"
    default_model = DEFAULT_MODEL
    is_standardised = True
    window_s = PIECE_S
    window_count = 6

    @property
    def dimensions(self) -> int:
        """Return the vectors' size. Fetches the model where it isn't here."""
        return _whole_number(self.model_id, CONFIG, "hidden_size")

    @property
    def rate_hz(self) -> int:
        """Return the sample rate. Fetches the model where it isn't here."""
        return _whole_number(self.model_id, PREPROCESSOR, "sampling_rate")

    def encode_audio(self, recordings: Sequence[Excerpts]) -> Vectors:
        """Encode n recordings. Returns (n, dimensions) float32 of unit length.

        Raises ValueError unless they are sampled at rate_hz, ModelUnusable.
        """
        loaded = self._loaded()
        with self._encoding:
            return recordings_encode(
                recordings,
                rate_hz=self.rate_hz,
                piece_s=PIECE_S,
                dimensions=self.dimensions,
                batch=PIECES_A_BATCH,
                encode=lambda pieces: self._encode_pieces(loaded, pieces),
            )

    def _encode_pieces(self, loaded: _Loaded, pieces: list[Samples]) -> Vectors:
        import torch

        # The extractor brings each piece to mean 0 and variance 1 where the model was
        # trained so (do_normalize).
        inputs = loaded.extractor(
            pieces, sampling_rate=self.rate_hz, return_tensors="pt"
        )["input_values"]
        with torch.inference_mode():
            states = loaded.model(
                inputs.to(device=loaded.device, dtype=loaded.dtype),
                output_hidden_states=True,
            ).hidden_states
            # (layers + 1, pieces, time, d); summed in full precision.
            mean = torch.stack([state.float().mean(dim=1) for state in states]).mean(0)
        return np.asarray(mean.cpu().numpy(), np.float32)

    def _load(self) -> _Loaded:
        return _load(self.model_id)


def _whole_number(model_id: str, file: str, name: str) -> int:
    value = read_json(model_id, file).get(name)
    if not isinstance(value, int) or value < 1:
        raise ModelUnusable(model_id, f"its {file} gives no {name}.")
    return value


def _config(model_id: str) -> HubertConfig:
    """Return HuBERT's configuration with the values of MERT's."""
    with LIBRARIES:
        from transformers import HubertConfig

    said = read_json(model_id, CONFIG)
    kind = said.get("model_type")
    if kind not in MODEL_TYPES:
        raise ModelUnusable(model_id, f"it is a {kind!r} model, and no 'mert_model'.")
    for addition in ADDITIONS:
        if said.get(addition):
            raise ModelUnusable(model_id, f"its {addition} is not known here.")
    known = set(HubertConfig().to_dict()) - {"model_type", "transformers_version"}
    try:
        config = HubertConfig(**{n: v for n, v in said.items() if n in known})
        config.validate_architecture()
    except (TypeError, ValueError) as error:
        raise ModelUnusable(model_id, f"its {CONFIG} doesn't fit: {error}.") from error
    return config


def _load(model_id: str) -> _Loaded:
    folder = model_folder(model_id)
    config = _config(model_id)
    with LIBRARIES:
        from transformers import HubertModel, Wav2Vec2FeatureExtractor

    try:
        extractor = Wav2Vec2FeatureExtractor.from_pretrained(
            folder, local_files_only=True
        )
    except (OSError, ValueError) as error:
        raise ModelUnusable(model_id, f"its {PREPROCESSOR} doesn't fit.") from error
    device, dtype = torch_device()
    model: Any = HubertModel(config)
    weights = {_renamed(key): value for key, value in read_weights(model_id).items()}
    try:
        found = model.load_state_dict(weights, strict=False)
    except RuntimeError as error:
        raise ModelUnusable(model_id, f"its weights don't fit ({error}).") from error
    refuse_other_keys(
        model_id,
        missing=set(found.missing_keys),
        unexpected=set(found.unexpected_keys),
    )
    # Masking and dropping of layers are for training: eval() switches both off.
    return _Loaded(model.eval().to(device, dtype), extractor, device, dtype)


def _renamed(key: str) -> str:
    for old, new in RENAMED.items():
        if key.endswith(old):
            return key.removesuffix(old) + new
    return key
