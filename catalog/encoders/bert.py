"""The forward pass of a BERT, from its file of weights, without a library around it.

The rule of this file: numbers as the library has them (within 1e-6), a third sooner for
one short text, and there four seconds and 200 MB before it. What is left out is the way
through modules, hooks and masks that a plain encoder needs none of; query, key and
value come of one product instead of three. A short text waits for the weights to be read
from memory: halved, they take less than half the time, and numbers are within 1e-3.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor

WEIGHTS = "model.safetensors"
CONFIG = "config.json"


@dataclass(frozen=True)
class Shape:
    """What of a BERT its weights don't say. epsilon: of its normalisations."""

    layers: int
    heads: int
    epsilon: float


@dataclass(frozen=True)
class _Layer:
    """Linear maps, and (weight, bias) of what norms. apart: query, key and value as one."""

    apart: Callable[[Tensor], Tensor]
    joined: Callable[[Tensor], Tensor]
    joined_norm: tuple[Tensor, Tensor]
    wide: Callable[[Tensor], Tensor]
    narrow: Callable[[Tensor], Tensor]
    narrow_norm: tuple[Tensor, Tensor]


def bert_shape(folder: Path) -> Shape | None:
    """Return the shape of the BERT in a folder; None for any other model.

    Raises OSError and ValueError for a folder without a readable description.
    """
    config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    is_plain = (
        config.get("model_type") == "bert"
        and config.get("hidden_act") == "gelu"
        and config.get("position_embedding_type", "absolute") == "absolute"
        and not config.get("is_decoder")
        and (folder / WEIGHTS).is_file()
    )
    if not is_plain:
        return None
    return Shape(
        config["num_hidden_layers"],
        config["num_attention_heads"],
        config["layer_norm_eps"],
    )


def bert_weights(folder: Path) -> dict[str, Tensor]:
    """Read the weights of a BERT by the names that transformers gives them."""
    from safetensors.torch import load_file

    read = load_file(folder / WEIGHTS)
    return {name.removeprefix("bert."): read[name].float() for name in read}


class PlainBert:
    """A BERT's layers over word pieces.

    Source: Devlin et al., "BERT: pre-training of deep bidirectional transformers",
    NAACL 2019.
    """

    def __init__(
        self, weights: Mapping[str, Tensor], shape: Shape, *, is_halved: bool = False
    ) -> None:
        """Take weights by their names, see `bert_weights`. Raises KeyError.

        is_halved: with the maps in half precision, where torch has that for this machine.
        """
        self._words = weights["embeddings.word_embeddings.weight"]
        kinds = weights["embeddings.token_type_embeddings.weight"]
        # Every piece is of the first kind, as there is one sentence.
        self._places = weights["embeddings.position_embeddings.weight"] + kinds[0]
        self._norm = _pair(weights, "embeddings.LayerNorm")
        self._shape = shape
        mapped = _halved if is_halved and _can_halve() else _whole
        self._layers = [
            _layer(weights, number, mapped) for number in range(shape.layers)
        ]

    @property
    def width(self) -> int:
        """How many numbers a piece's vector has."""
        return int(self._words.shape[1])

    @property
    def places(self) -> int:
        """The length of the longest text, in pieces."""
        return int(self._places.shape[0])

    def last_layer(self, pieces: Tensor, is_there: Tensor) -> Tensor:
        """Return (n, p, d) float32. pieces, is_there: (n, p) and 1 where there is one."""
        return deque(self.layers(pieces, is_there), maxlen=1).pop()

    def layers(self, pieces: Tensor, is_there: Tensor) -> Iterator[Tensor]:
        """Yield what goes into the first layer and what comes of each: (n, p, d)."""
        found = self._words[pieces] + self._places[: pieces.shape[1]]
        found = self._normed(found, self._norm)
        yield found
        is_padded = not bool(is_there.all())
        mask = is_there[:, None, None, :].bool() if is_padded else None
        for layer in self._layers:
            found = self._passed(found, layer, mask)
            yield found

    def _passed(self, found: Tensor, layer: _Layer, mask: Tensor | None) -> Tensor:
        from torch.nn import functional

        texts, length, width = found.shape
        heads = self._shape.heads
        parts = layer.apart(found)
        parts = parts.view(texts, length, 3, heads, width // heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(query, key, value, mask)
        seen = seen.transpose(1, 2).reshape(texts, length, width)
        joined = layer.joined(seen)
        found = self._normed(joined + found, layer.joined_norm)
        wide = functional.gelu(layer.wide(found))
        narrow = layer.narrow(wide)
        return self._normed(narrow + found, layer.narrow_norm)

    def _normed(self, found: Tensor, norm: tuple[Tensor, Tensor]) -> Tensor:
        from torch.nn import functional

        return functional.layer_norm(
            found, found.shape[-1:], *norm, self._shape.epsilon
        )


def _layer(
    weights: Mapping[str, Tensor],
    number: int,
    mapped: Callable[[Tensor, Tensor], Callable[[Tensor], Tensor]],
) -> _Layer:
    import torch

    at = f"encoder.layer.{number}"
    apart: list[Any] = [
        _pair(weights, f"{at}.attention.self.{part}")
        for part in ("query", "key", "value")
    ]
    return _Layer(
        apart=mapped(
            torch.cat([w for w, _ in apart]), torch.cat([b for _, b in apart])
        ),
        joined=mapped(*_pair(weights, f"{at}.attention.output.dense")),
        joined_norm=_pair(weights, f"{at}.attention.output.LayerNorm"),
        wide=mapped(*_pair(weights, f"{at}.intermediate.dense")),
        narrow=mapped(*_pair(weights, f"{at}.output.dense")),
        narrow_norm=_pair(weights, f"{at}.output.LayerNorm"),
    )


def _whole(weight: Tensor, bias: Tensor) -> Callable[[Tensor], Tensor]:
    from torch.nn.functional import linear

    return partial(linear, weight=weight, bias=bias)


def _halved(weight: Tensor, bias: Tensor) -> Callable[[Tensor], Tensor]:
    from torch import ops

    packed = ops.quantized.linear_prepack_fp16(weight, bias)
    mapped: Callable[[Tensor], Tensor] = partial(
        ops.quantized.linear_dynamic_fp16, W_prepack=packed
    )
    return mapped


def _can_halve() -> bool:
    """Say whether torch has products with halved weights here: on x86 it does."""
    from torch.backends import quantized

    return "fbgemm" in quantized.supported_engines


def _pair(weights: Mapping[str, Tensor], name: str) -> tuple[Tensor, Tensor]:
    return weights[f"{name}.weight"], weights[f"{name}.bias"]
