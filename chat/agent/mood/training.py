"""Trains the head: small networks on frozen vectors, a minute on one core.

The rule of this file: sizes and rates were chosen on EmoBank's train and dev parts; the
test part is for `manage.py evaluate mood` alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from catalog.encoders.text import SentenceEncoder
from chat.agent.mood.emobank import Sentences, UnusableSentences, sentences_of
from chat.agent.mood.features import LAYERS, Features, features_of
from chat.agent.mood.head import Confident, MoodHead, Provenance, Weights

NETWORKS = 3
HIDDEN = 64
EPOCHS = 8
BATCH = 64
RATE = 1e-3
DECAY = 0.1
DROPPED = 0.3
# Held-out sentences beyond the threshold that must lie on the side that is claimed.
# Valence makes a wish by itself; arousal only goes along.
SURE_VALENCE, SURE_AROUSAL = 0.95, 0.9
# Fewer than these prove nothing.
_FEWEST_BEYOND = 20
_LEAST_SPREAD = 1e-4
_STEPS = np.arange(0.3, 4.0, 0.05)

Say = Callable[[str], None]
Targets = NDArray[np.float32]


@dataclass(frozen=True)
class _Known:
    features: Features
    sentences: Sentences


def train(
    path: Path, encoder: SentenceEncoder, *, seed: int, command: str, say: Say
) -> MoodHead:
    """Train on EmoBank's train and dev parts.

    How sure the head may be is found on dev by networks that saw train alone. Raises
    UnusableSentences for a bad file, or a text model that gives no layers.
    """
    train_part = _known(sentences_of(path, "train"), encoder, say)
    dev_part = _known(sentences_of(path, "dev"), encoder, say)
    say("training on the train part, to measure on dev")
    middle, spread = _scale(train_part.sentences)
    held_out = _weights(train_part, seed, middle, spread).of(dev_part.features)
    truth = (dev_part.sentences.moods - middle) / spread
    say("training on both")
    both = _joined(train_part, dev_part)
    middle, spread = _scale(both.sentences)
    return MoodHead(
        _weights(both, seed, middle, spread),
        Provenance(
            data_set="EmoBank (Buechel and Hahn, EACL 2017)",
            licence="CC BY-SA 4.0",
            source="https://github.com/JULIELab/EmoBank",
            command=command,
            seed=seed,
            trained_on=("train", "dev"),
            sentences=len(both.sentences),
            text_model=encoder.model_id,
            text_revision=encoder.revision,
            text_dimensions=encoder.dimensions,
            layers=LAYERS,
            middle=(round(float(middle[0]), 4), round(float(middle[1]), 4)),
            spread=(round(float(spread[0]), 4), round(float(spread[1]), 4)),
            confident=Confident(
                valence=_sure_from(held_out[:, 0], truth[:, 0], SURE_VALENCE),
                arousal=_sure_from(held_out[:, 1], truth[:, 1], SURE_AROUSAL),
            ),
            figures={
                "trained_on": "train",
                "measured_on": "dev",
                "sentences": len(truth),
                "valence_r": _pearson(held_out[:, 0], truth[:, 0]),
                "arousal_r": _pearson(held_out[:, 1], truth[:, 1]),
                "right_side_beyond_confident": [SURE_VALENCE, SURE_AROUSAL],
            },
        ),
    )


def _known(sentences: Sentences, encoder: SentenceEncoder, say: Say) -> _Known:
    say(f"encoding {len(sentences):,} sentences")
    features = features_of(sentences.texts, encoder)
    if features is None:
        raise UnusableSentences(
            f"{encoder.model_id} is no transformer of {LAYERS} layers, so no mood can "
            "be learned from it. Name another TEXT_MODEL."
        )
    return _Known(features, sentences)


def _joined(first: _Known, second: _Known) -> _Known:
    return _Known(
        np.concatenate([first.features, second.features]),
        Sentences(
            (*first.sentences.texts, *second.sentences.texts),
            np.concatenate([first.sentences.moods, second.sentences.moods]),
        ),
    )


def _scale(
    sentences: Sentences,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return sentences.moods.mean(axis=0), sentences.moods.std(axis=0) + 1e-9


def _weights(
    known: _Known,
    seed: int,
    middle: NDArray[np.float64],
    spread: NDArray[np.float64],
) -> Weights:
    """Fit a bag of networks, with the features' scale folded into the first layer."""
    centre = known.features.mean(axis=0)
    scale = known.features.std(axis=0)
    # What never varied says nothing, and what it would say of another text is unknown.
    scale[scale < _LEAST_SPREAD] = np.inf
    inputs = ((known.features - centre) / scale).astype(np.float32)
    targets = ((known.sentences.moods - middle) / spread).astype(np.float32)
    bag = [_network(inputs, targets, seed + number) for number in range(NETWORKS)]
    first = np.stack([network[0] for network in bag]) / scale[None, :, None]
    # As it is stored, so that the bias fits what will be read.
    first = first.astype(np.float16).astype(np.float32)
    shift = np.einsum("f,bfh->bh", centre, first)
    return Weights(
        first=first,
        first_bias=(np.stack([network[1] for network in bag]) - shift).astype(
            np.float32
        ),
        second=np.stack([network[2] for network in bag]),
        second_bias=np.stack([network[3] for network in bag]),
    )


def _network(
    inputs: Features, targets: Targets, seed: int
) -> tuple[NDArray[np.float32], ...]:
    """Fit one network of one hidden layer by AdamW on squared errors."""
    import torch
    from torch import nn

    torch.set_num_threads(1)
    torch.manual_seed(seed)
    first, second = nn.Linear(inputs.shape[1], HIDDEN), nn.Linear(HIDDEN, 2)
    model = nn.Sequential(
        nn.Dropout(DROPPED), first, nn.GELU(), nn.Dropout(DROPPED), second
    )
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=DECAY)
    batches = -(-len(inputs) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, RATE, total_steps=EPOCHS * batches
    )
    given, wanted = torch.from_numpy(inputs), torch.from_numpy(targets)
    for _ in range(EPOCHS):
        for rows in torch.split(torch.randperm(len(given)), BATCH):
            optimiser.zero_grad()
            loss = nn.functional.mse_loss(model(given[rows]), wanted[rows])
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
    return (
        first.weight.detach().numpy().T.copy(),
        first.bias.detach().numpy().copy(),
        second.weight.detach().numpy().T.copy(),
        second.bias.detach().numpy().copy(),
    )


def _sure_from(said: Targets, truth: NDArray[np.float64], share: float) -> float:
    """Return from where that share of the sentences lies on the side that was said.

    Infinitely far, in effect, where that is never so.
    """
    for step in _STEPS:
        beyond = np.abs(said) >= step
        if beyond.sum() < _FEWEST_BEYOND:
            break
        if np.mean(np.sign(said[beyond]) == np.sign(truth[beyond])) >= share:
            return round(float(step), 2)
    return float(_STEPS[-1])


def _pearson(said: Targets, truth: NDArray[np.float64]) -> float:
    return round(float(np.corrcoef(said, truth)[0, 1]), 4)
