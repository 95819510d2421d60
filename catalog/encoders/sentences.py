"""Two ways to run a sentence encoder: by its files alone, or by sentence-transformers.

The rule of this file: a folder with a BERT whose word vectors are averaged is run by
PlainBert, which needs torch and no more; any other model by the library. Neither is
imported before a model is opened.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from catalog.encoders.bert import PlainBert, bert_shape, bert_weights
from catalog.encoders.importing import LIBRARIES
from catalog.encoders.protocol import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer
    from torch import Tensor

BATCH = 32
# In a list of modules: those whose vectors PlainSentences gives.
PLAIN_MODULES = ("Transformer", "Pooling", "Normalize")


class Sentences(Protocol):
    """A model that is loaded; safe to use from several threads."""

    @property
    def dimensions(self) -> int:
        """The vectors' size."""
        ...

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Encode some texts at once: (n, dimensions) float32, each of unit length."""
        ...

    def lengths(self, texts: Sequence[str]) -> list[int]:
        """Return how long the texts are to the model: in word pieces, if it has any."""
        ...

    def layer_means(self, texts: Sequence[str], *, last: int) -> Vectors | None:
        """Return the mean word vector of each of the last layers, oldest first.

        Returns (n, last, width) float32; None for a model that isn't a transformer, or
        has fewer layers.
        """
        ...

    def glance(self, text: str) -> Vectors | None:
        """Return the mean word vector of each layer of one text, the last one's last.

        Returns (layers, width) float32, within 1e-3 of `layer_means`: the last one points
        where the text's vector does. None where nothing is quicker than that is.
        """
        ...

    def word_pieces(self, word: str) -> int:
        """Return how many pieces the vocabulary cuts a word into."""
        ...


class PlainSentences:
    """A BERT whose word vectors are averaged, by its files alone."""

    def __init__(self, bert: PlainBert, quick: PlainBert, cutter: Tokenizer) -> None:
        """cutter: cuts texts as the model was taught, and at its length.

        quick: the same one, halved, for one text at a time.
        """
        self._bert = bert
        self._quick = quick
        self._cutter = cutter

    @classmethod
    def read(cls, folder: Path) -> PlainSentences | None:
        """Open a folder; None where it holds any other model."""
        try:
            shape = bert_shape(folder) if _is_averaged(folder) else None
            asked = json.loads(_text(folder, "sentence_bert_config.json"))
            cutting = json.loads(_text(folder, "tokenizer_config.json"))
        except (OSError, ValueError, KeyError):
            return None  # the library knows more kinds of folders
        if shape is None or asked.get("do_lower_case"):
            return None
        from tokenizers import Tokenizer

        weights = bert_weights(folder)
        bert = PlainBert(weights, shape)
        cutter = Tokenizer.from_file(str(folder / "tokenizer.json"))
        most = asked.get("max_seq_length") or cutting.get("model_max_length")
        cutter.enable_truncation(min(most or bert.places, bert.places))
        cutter.no_padding()
        return cls(bert, PlainBert(weights, shape, is_halved=True), cutter)

    @property
    def dimensions(self) -> int:
        """The vectors' size."""
        return self._bert.width

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Encode some texts at once, see Sentences."""
        import torch
        from torch.nn import functional

        pieces, is_there = self._cut(texts)
        with torch.inference_mode():
            found = self._bert.last_layer(pieces, is_there)
            # The sum points where the mean does.
            weights = is_there[:, :, None].to(found.dtype)
            unit = functional.normalize((found * weights).sum(1), dim=1)
        return np.asarray(unit.numpy(), dtype=np.float32)

    def lengths(self, texts: Sequence[str]) -> list[int]:
        """Return how many pieces the texts have. A tenth of a millisecond each."""
        return [len(cut.ids) for cut in self._cutter.encode_batch(list(texts))]

    def layer_means(self, texts: Sequence[str], *, last: int) -> Vectors | None:
        """Return means of the last layers, see Sentences."""
        import torch

        pieces, is_there = self._cut(texts)
        with torch.inference_mode():
            states = list(self._bert.layers(pieces, is_there))
            if len(states) < last:
                return None
            weights = is_there[:, :, None].to(states[0].dtype)
            means = [(s * weights).sum(1) / weights.sum(1) for s in states[-last:]]
            return np.asarray(torch.stack(means, dim=1).numpy(), dtype=np.float32)

    def glance(self, text: str) -> Vectors | None:
        """Return means of all layers of one text, see Sentences."""
        import torch

        pieces, is_there = self._cut([text])
        with torch.inference_mode():
            states = list(self._quick.layers(pieces, is_there))
            means = torch.cat(states).mean(1)
        return np.asarray(means.numpy(), dtype=np.float32)

    def word_pieces(self, word: str) -> int:
        """Return how many pieces the vocabulary cuts a word into."""
        return len(self._cutter.encode(word, add_special_tokens=False).ids)

    def _cut(self, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
        """Return pieces and where there are any: (n, p) each."""
        import torch

        cut = self._cutter.encode_batch(list(texts))
        most = max(len(text.ids) for text in cut)
        rows = [text.ids + [0] * (most - len(text.ids)) for text in cut]
        there = [[1] * len(text.ids) + [0] * (most - len(text.ids)) for text in cut]
        return torch.tensor(rows), torch.tensor(there)


class LibrarySentences:
    """Any model of sentence-transformers."""

    def __init__(self, model: SentenceTransformer) -> None:
        self._model = model
        # The tokenizer's own state may not be shared between threads.
        self._cutting = threading.Lock()

    @classmethod
    def read(cls, source: str) -> LibrarySentences:
        """Open a folder, or a model of the hub. Takes some seconds."""
        with LIBRARIES:
            from sentence_transformers import SentenceTransformer
            from transformers.utils.logging import disable_progress_bar

            disable_progress_bar()
            return cls(SentenceTransformer(source, device="cpu"))

    @property
    def dimensions(self) -> int:
        """The vectors' size."""
        return int(self._model.get_embedding_dimension() or 0)

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Encode some texts at once, see Sentences."""
        import torch

        if self._model.default_prompt_name:
            with self._cutting:
                return np.asarray(
                    self._model.encode(list(texts), normalize_embeddings=True),
                    dtype=np.float32,
                )
        # Without what `encode` does around it: a sixth of the time for one text.
        with self._cutting:
            features = self._model.preprocess(list(texts))
        with torch.inference_mode():
            pooled = self._model(features)["sentence_embedding"]
            unit = torch.nn.functional.normalize(pooled, p=2, dim=1)
        return np.asarray(unit.numpy(), dtype=np.float32)

    def lengths(self, texts: Sequence[str]) -> list[int]:
        """Return how long the texts are: in characters for a model without pieces."""
        from transformers import PreTrainedTokenizerBase

        tokenizer: Any = self._model.tokenizer
        if not isinstance(tokenizer, PreTrainedTokenizerBase):
            return [len(text) for text in texts]
        lengths: list[int] = []
        for start in range(0, len(texts), BATCH):
            part = list(texts[start : start + BATCH])
            with self._cutting:
                pieces = tokenizer(
                    part, truncation=True, max_length=self._model.max_seq_length
                )
            lengths += map(len, pieces["input_ids"])
        return lengths

    def layer_means(self, texts: Sequence[str], *, last: int) -> Vectors | None:
        """Return means of the last layers, see Sentences."""
        import torch

        first: Any = self._model[0]
        body = getattr(first, "model", None)
        layers = getattr(getattr(body, "config", None), "num_hidden_layers", 0)
        # The words' own vectors, before the first layer, count as one.
        if body is None or not isinstance(layers, int) or layers + 1 < last:
            return None
        with self._cutting:
            features = self._model.preprocess(list(texts))
        names = ("input_ids", "attention_mask", "token_type_ids")
        given = {name: features[name] for name in names if name in features}
        with torch.inference_mode():
            states = body(**given, output_hidden_states=True).hidden_states[-last:]
            mask = features["attention_mask"].unsqueeze(-1).to(states[0].dtype)
            means = [(s * mask).sum(1) / mask.sum(1) for s in states]
            return np.asarray(torch.stack(means, dim=1).numpy(), dtype=np.float32)

    def glance(self, text: str) -> Vectors | None:
        """Return None, see Sentences: what pools otherwise has no such means."""
        return None

    def word_pieces(self, word: str) -> int:
        """Return how many pieces the vocabulary cuts a word into."""
        tokenizer: Any = self._model.tokenizer
        with self._cutting:
            return len(tokenizer.tokenize(word))


def _is_averaged(folder: Path) -> bool:
    """Say whether a folder's vectors are means of words', at most made unit."""
    modules = json.loads(_text(folder, "modules.json"))
    kinds = tuple(module["type"].rpartition(".")[2] for module in modules)
    if kinds not in (PLAIN_MODULES, PLAIN_MODULES[:2]):
        return False
    pooling = json.loads(_text(folder / modules[1]["path"], "config.json"))
    ways = {
        name
        for name, is_on in pooling.items()
        if name.startswith("pooling_mode_") and is_on
    }
    has_prompt = bool(
        (folder / "config_sentence_transformers.json").is_file()
        and json.loads(_text(folder, "config_sentence_transformers.json")).get(
            "default_prompt_name"
        )
    )
    is_mean = pooling.get("pooling_mode") == "mean" or ways == {
        "pooling_mode_mean_tokens"
    }
    return is_mean and not has_prompt


def _text(folder: Path, name: str) -> str:
    return (folder / name).read_text(encoding="utf-8")
