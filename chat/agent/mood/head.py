"""The head: a bag of small networks from a text's features to valence and arousal.

The rule of this file: a head speaks only for the text model that it was trained on.
It is two files of one name: NAME.npz holds arrays, NAME.json says where they are from.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from scipy.special import erf

from catalog.encoders.text import SentenceEncoder
from chat.agent.mood.features import (
    LAYERS,
    Features,
    features_of,
    features_of_message,
)

NAME = "mood_head"

Array = NDArray[np.float32]


class UnusableHead(Exception):
    """The files of a head can't be used; the message says why."""


class Confident(BaseModel):
    """From how far off the middle a figure is believed, in spreads of the set."""

    model_config = ConfigDict(frozen=True)

    valence: float = Field(gt=0)
    arousal: float = Field(gt=0)


class Provenance(BaseModel):
    """Where a head is from, and the text model that it speaks for."""

    model_config = ConfigDict(frozen=True)

    data_set: str
    licence: str
    source: str
    command: str
    seed: int
    trained_on: tuple[str, ...]
    sentences: int
    text_model: str
    text_revision: str
    text_dimensions: int
    layers: int
    middle: tuple[float, float]
    spread: tuple[float, float]
    confident: Confident
    figures: dict[str, Any]


@dataclass(frozen=True)
class Affect:
    """How a text feels: valence and arousal in spreads of the set, 0 in its middle."""

    valence: float
    arousal: float


@dataclass(frozen=True)
class Weights:
    """b networks of one hidden layer, on features as they come.

    first: (b, f, h); first_bias: (b, h); second: (b, h, 2); second_bias: (b, 2). What
    comes out is valence and arousal in spreads of the set.
    """

    first: Array
    first_bias: Array
    second: Array
    second_bias: Array

    def of(self, features: Features) -> Array:
        """Return (n, 2) float32, the mean over the networks."""
        found = []
        for network in range(len(self.first)):
            hidden = features @ self.first[network] + self.first_bias[network]
            # GELU: Hendrycks and Gimpel 2016.
            hidden = hidden * 0.5 * (1.0 + erf(hidden / np.sqrt(2.0)))
            found.append(hidden @ self.second[network] + self.second_bias[network])
        return np.asarray(np.mean(found, axis=0), dtype=np.float32)


@dataclass(frozen=True)
class MoodHead:
    """A trained head. It costs one pass of the text model, 3 to 8 ms a text."""

    weights: Weights
    provenance: Provenance

    def speaks_for(self, encoder: SentenceEncoder) -> bool:
        """Say whether the head was trained on this text model. Loads no model."""
        return (encoder.model_id, encoder.revision) == (
            self.provenance.text_model,
            self.provenance.text_revision,
        )

    def affects_of(
        self, texts: Sequence[str], encoder: SentenceEncoder
    ) -> list[Affect]:
        """Say how texts feel. Raises UnusableHead where the model doesn't fit."""
        if not texts:
            return []
        return self._affects(features_of(texts, encoder), encoder)

    def affect_of(self, message: str, encoder: SentenceEncoder) -> Affect:
        """Say how a message feels. Raises UnusableHead where the model doesn't fit."""
        return self._affects(features_of_message(message, encoder), encoder)[0]

    def _affects(
        self, features: Features | None, encoder: SentenceEncoder
    ) -> list[Affect]:
        size = self.weights.first.shape[1]
        if features is None or features.shape[1] != size:
            raise UnusableHead(
                f"{encoder.model_id} gives other vectors than the mood head was "
                "trained on. Train it anew with manage.py train_mood."
            )
        return [Affect(float(v), float(a)) for v, a in self.weights.of(features)]

    def save(self, folder: Path) -> None:
        """Write both files: weights of the first layer in half precision."""
        folder.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(
            folder / f"{NAME}.npz",
            first=self.weights.first.astype(np.float16),
            first_bias=self.weights.first_bias,
            second=self.weights.second,
            second_bias=self.weights.second_bias,
        )
        told = json.dumps(self.provenance.model_dump(mode="json"), indent=2)
        (folder / f"{NAME}.json").write_text(f"{told}\n", encoding="utf-8")


def head_read(folder: Path) -> MoodHead:
    """Read a head. Raises UnusableHead for files that are damaged or don't fit."""
    try:
        told = (folder / f"{NAME}.json").read_text(encoding="utf-8")
        provenance = Provenance.model_validate_json(told)
        with np.load(folder / f"{NAME}.npz", allow_pickle=False) as arrays:
            weights = Weights(
                **{
                    name: arrays[name].astype(np.float32)
                    for name in ("first", "first_bias", "second", "second_bias")
                }
            )
    except (OSError, ValueError, KeyError, ValidationError) as error:
        raise UnusableHead(
            f"The mood head in {folder} can't be read: {error}"
        ) from error
    if provenance.layers != LAYERS or not _fit_together(weights):
        raise UnusableHead(f"The mood head in {folder} is of another version.")
    return MoodHead(weights, provenance)


def _fit_together(weights: Weights) -> bool:
    if weights.first.ndim != 3:
        return False
    networks, _, hidden = weights.first.shape
    shapes = (
        weights.first_bias.shape,
        weights.second.shape,
        weights.second_bias.shape,
    )
    return shapes == ((networks, hidden), (networks, hidden, 2), (networks, 2))
