"""The network as it tags: what was learned is added to MiniLM's own weights.

One product for each linear map, and no library but torch.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import linear

from catalog.encoders.bert import PlainBert, Shape, bert_shape, bert_weights
from chat.agent.understanding.tagging.chain import first_transitions
from chat.agent.understanding.tagging.labels import INTENTS, KINDS, Head, tags_of
from chat.agent.understanding.tagging.network import (
    RANK,
    SCALE,
    WIDTH,
    Batch,
    model_folder,
    piece_cutter,
)

Weights = Mapping[str, NDArray[Any]]

MAPS = (
    *(f"attention.self.{part}" for part in ("query", "key", "value")),
    *("attention.output.dense", "intermediate.dense", "output.dense"),
)


class OtherShape(Exception):
    """A learned part is of another shape than the network's."""


class Merged:
    """MiniLM with what was learned, and its heads."""

    def __init__(self, learned: Weights) -> None:
        """Take what `Network.learned` returned.

        Raises KeyError where a part is missing, OtherShape where one doesn't fit.
        """
        shape = bert_shape(model_folder())
        if shape is None:
            raise OtherShape("the packaged MiniLM")
        weights = bert_weights(model_folder())
        _add_updates(weights, shape, learned)
        self._bert = PlainBert(weights, shape, is_halved=True)
        self._heads = {
            head: (
                _part(learned, f"heads.{head}.weight", len(tags_of(head)), WIDTH),
                _part(learned, f"heads.{head}.bias", len(tags_of(head))),
            )
            for head in KINDS
        }
        self._intent = (
            _part(learned, "intent.weight", len(INTENTS), WIDTH),
            _part(learned, "intent.bias", len(INTENTS)),
        )
        self.chains = {
            head: _part(
                learned, f"chains.{head}", *first_transitions(tags_of(head)).shape
            ).numpy()
            for head in KINDS
        }
        self.cutter = piece_cutter()

    def __call__(self, batch: Batch) -> tuple[dict[Head, Tensor], Tensor]:
        """Return scores of tags (n, t, k) by head, and of intents (n, 4)."""
        with torch.inference_mode():
            hidden = self._bert.last_layer(batch.pieces, batch.is_piece)
            index = batch.firsts.unsqueeze(-1).expand(-1, -1, hidden.shape[-1])
            words = torch.gather(hidden, 1, index)
            there = batch.is_piece.unsqueeze(-1).to(hidden.dtype)
            pooled = (hidden * there).sum(1) / there.sum(1)
            scores = {head: linear(words, *self._heads[head]) for head in KINDS}
            return scores, linear(pooled, *self._intent)


def _add_updates(weights: dict[str, Tensor], shape: Shape, learned: Weights) -> None:
    for number in range(shape.layers):
        for name in MAPS:
            place = f"encoder.layer.{number}.{name}"
            before = weights[f"{place}.weight"]
            up = _part(learned, f"body.{place}.up", before.shape[0], RANK)
            down = _part(learned, f"body.{place}.down", RANK, before.shape[1])
            weights[f"{place}.weight"] = before + SCALE * (up @ down)


def _part(learned: Weights, name: str, *shape: int) -> Tensor:
    part = learned[name].astype(np.float32)
    if part.shape != shape:
        raise OtherShape(name)
    return torch.from_numpy(part)
