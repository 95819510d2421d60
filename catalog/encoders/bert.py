"""The forward pass of a BERT, without what a library does around it.

The rule of this file: numbers as the library has them (within 1e-6), a third sooner for
one short text. What is left out is the way through modules, hooks and masks that a plain
encoder needs none of; query, key and value come of one product instead of three.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from torch import Tensor


@dataclass(frozen=True)
class _Layer:
    """(weight, bias) of each part. apart: query, key and value as one, (3 d, d)."""

    apart: tuple[Tensor, Tensor]
    joined: tuple[Tensor, Tensor]
    joined_norm: tuple[Tensor, Tensor]
    wide: tuple[Tensor, Tensor]
    narrow: tuple[Tensor, Tensor]
    narrow_norm: tuple[Tensor, Tensor]


class PlainBert:
    """A BERT's last layer, and its means over a text's word pieces.

    Source: Devlin et al., "BERT: pre-training of deep bidirectional transformers",
    NAACL 2019.
    """

    def __init__(self, body: Any) -> None:
        """body: transformers' `BertModel`."""
        parts = body.embeddings
        self._words = parts.word_embeddings.weight.detach()
        kinds = parts.token_type_embeddings.weight.detach()
        # Every piece is of the first kind, as there is one sentence.
        self._places = parts.position_embeddings.weight.detach() + kinds[0]
        self._norm = _pair(parts.LayerNorm)
        self._heads = int(body.config.num_attention_heads)
        self._epsilon = float(body.config.layer_norm_eps)
        self._layers = [_layer(layer) for layer in body.encoder.layer]

    @classmethod
    def of(cls, model: SentenceTransformer) -> PlainBert | None:
        """Return a model's pass; None for one that is built in any other way."""
        from sentence_transformers.sentence_transformer.modules import (
            Normalize,
            Pooling,
        )
        from transformers import BertModel

        body = getattr(model[0], "model", None)
        pooling, *rest = list(model)[1:] or [None]
        is_plain = (
            isinstance(body, BertModel)
            and body.config.hidden_act == "gelu"
            and not body.config.is_decoder
            and isinstance(pooling, Pooling)
            and pooling.pooling_mode == "mean"
            and all(isinstance(module, Normalize) for module in rest)
        )
        return cls(body) if is_plain else None

    def vectors(self, features: Mapping[str, Any]) -> Tensor:
        """Return (n, d) float32 of unit length. features: as the model's tokenizer says."""
        import torch
        from torch.nn import functional

        pieces, is_there = features["input_ids"], features["attention_mask"]
        with torch.inference_mode():
            found = self.last_layer(pieces, is_there)
            # The sum points where the mean does.
            weights = is_there[:, :, None].to(found.dtype)
            return functional.normalize((found * weights).sum(1), dim=1)

    def last_layer(self, pieces: Tensor, is_there: Tensor) -> Tensor:
        """Return (n, p, d) float32. pieces, is_there: (n, p) and 1 where there is one."""
        found = self._words[pieces] + self._places[: pieces.shape[1]]
        found = self._normed(found, self._norm)
        is_padded = not bool(is_there.all())
        mask = is_there[:, None, None, :].bool() if is_padded else None
        for layer in self._layers:
            found = self._passed(found, layer, mask)
        return found

    def _passed(self, found: Tensor, layer: _Layer, mask: Tensor | None) -> Tensor:
        from torch.nn import functional

        texts, length, width = found.shape
        parts = functional.linear(found, *layer.apart)
        parts = parts.view(texts, length, 3, self._heads, width // self._heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(query, key, value, mask)
        seen = seen.transpose(1, 2).reshape(texts, length, width)
        joined = functional.linear(seen, *layer.joined)
        found = self._normed(joined + found, layer.joined_norm)
        wide = functional.gelu(functional.linear(found, *layer.wide))
        narrow = functional.linear(wide, *layer.narrow)
        return self._normed(narrow + found, layer.narrow_norm)

    def _normed(self, found: Tensor, norm: tuple[Tensor, Tensor]) -> Tensor:
        from torch.nn import functional

        return functional.layer_norm(found, found.shape[-1:], *norm, self._epsilon)


def _layer(layer: Any) -> _Layer:
    import torch

    heads, after = layer.attention.self, layer.attention.output
    parts = [_pair(part) for part in (heads.query, heads.key, heads.value)]
    weights, biases = zip(*parts, strict=True)
    return _Layer(
        apart=(torch.cat(weights), torch.cat(biases)),
        joined=_pair(after.dense),
        joined_norm=_pair(after.LayerNorm),
        wide=_pair(layer.intermediate.dense),
        narrow=_pair(layer.output.dense),
        narrow_norm=_pair(layer.output.LayerNorm),
    )


def _pair(module: Any) -> tuple[Tensor, Tensor]:
    return module.weight.detach(), module.bias.detach()
