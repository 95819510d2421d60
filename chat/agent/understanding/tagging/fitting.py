"""Trains the tagger: all sets at once, each teaching the heads that it knows of."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import cross_entropy

from chat.agent.understanding.tagging.chain import chain_loss
from chat.agent.understanding.tagging.labels import (
    INTENTS,
    KINDS,
    Head,
    bio_of,
    spans_seen,
    tags_of,
)
from chat.agent.understanding.tagging.merged import Merged
from chat.agent.understanding.tagging.network import Batch, Network, batch_of
from chat.agent.understanding.tagging.sets import Example
from chat.agent.understanding.tagging.tagger import Tagger
from chat.agent.understanding.tagging.varying import Pool, name_pool, varied

EPOCHS = 5
BATCH = 16
# Sentences of like length share a batch, out of as many batches drawn by chance.
BATCHES_SORTED = 20
UPDATE_RATE, HEAD_RATE = 1e-3, 2e-3
WEIGHT_DECAY = 0.01
WARM_UP = 0.1
MAX_NORM = 1.0
# How many sentences of a sort an epoch reads. Commands are so alike that more of them
# only take the time of the names, which are hard.
DRAWN: dict[tuple[Head, ...], int] = {("slots",): 1000, (): 300}
# The intent is easy, and isn't to pull the layers its way.
INTENT_WEIGHT = 0.3

Say = Callable[[str], None]


@dataclass(frozen=True)
class Fitted:
    """A trained tagger, and its weights as they are shipped."""

    tagger: Tagger
    weights: dict[str, NDArray[np.float16]]


def tagger_fit(
    examples: Sequence[Example], *, seed: int, say: Say, epochs: int = EPOCHS
) -> Fitted:
    """Train on examples. The same seed gives the same weights on the same machine.

    Takes about 12 ms a sentence and epoch on one CPU core: two minutes for 2,000.
    """
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    chance = Random(seed)  # noqa: S311 (draws for training)
    network = Network()
    pools: dict[tuple[Head, ...], Pool] = {
        heads: name_pool(e for e in examples if e.heads == heads)
        for heads in {example.heads for example in examples}
    }
    rates = [
        {"params": list(network.body.parameters()), "lr": UPDATE_RATE},
        {
            "params": [
                parameter
                for name, parameter in network.named_parameters()
                if not name.startswith("body.")
            ],
            "lr": HEAD_RATE,
        },
    ]
    optimizer = torch.optim.AdamW(rates, weight_decay=WEIGHT_DECAY)
    drawn = len(_drawn(examples, Random(seed)))  # noqa: S311
    steps = epochs * math.ceil(drawn / BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min(1.0, (step + 1) / (WARM_UP * steps)) * (1 - step / steps),
    )
    network.train()
    for epoch in range(1, epochs + 1):
        losses: list[float] = []
        rows = _drawn(examples, chance)
        changed = [varied(e, pools[e.heads], chance) for e in rows]
        for row in _batches(changed, chance):
            batch = batch_of([example.text for example in row], network.cutter)
            loss = _loss(network, batch, row)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), MAX_NORM)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        say(f"epoch {epoch} of {epochs}: loss {np.mean(losses):.3f}")
    weights = network.learned()
    # Measured as shipped, in half precision.
    return Fitted(Tagger(network=Merged(weights)), weights)


def _drawn(examples: Sequence[Example], chance: Random) -> list[Example]:
    """Draw what one epoch reads: all of the names and our own, some of the others."""
    drawn: list[Example] = []
    for heads in dict.fromkeys(example.heads for example in examples):
        rows = [example for example in examples if example.heads == heads]
        most = DRAWN.get(heads, len(rows))
        drawn.extend(rows if len(rows) <= most else chance.sample(rows, most))
    return drawn


def _batches(examples: list[Example], chance: Random) -> Iterator[list[Example]]:
    chance.shuffle(examples)
    pool = BATCH * BATCHES_SORTED
    batches: list[list[Example]] = []
    for start in range(0, len(examples), pool):
        part = sorted(examples[start : start + pool], key=lambda e: len(e.text))
        batches.extend(part[at : at + BATCH] for at in range(0, len(part), BATCH))
    chance.shuffle(batches)
    yield from batches


def _loss(network: Network, batch: Batch, rows: list[Example]) -> Tensor:
    scores, intents = network(batch)
    loss = torch.zeros(())
    for head in KINDS:
        known = [
            i for i, row in enumerate(rows) if head in row.heads and batch.places[i]
        ]
        if known:
            tags = _tags(batch, rows, head)
            part = chain_loss(
                scores[head][known],
                network.chains[head],
                tags[known],
                batch.is_word[known],
            )
            loss = loss + part * len(known) / len(rows)
    meant = [i for i, row in enumerate(rows) if row.intent is not None]
    if meant:
        gold = torch.tensor([INTENTS.index(rows[i].intent or "music") for i in meant])
        loss = loss + INTENT_WEIGHT * cross_entropy(intents[meant], gold)
    return loss


def _tags(batch: Batch, rows: list[Example], head: Head) -> Tensor:
    index = {tag: i for i, tag in enumerate(tags_of(head))}
    found = torch.zeros(batch.is_word.shape, dtype=torch.long)
    for i, (example, places) in enumerate(zip(rows, batch.places, strict=True)):
        if head in example.heads:
            for j, tag in enumerate(bio_of(places, spans_seen(head, example.spans))):
                found[i, j] = index[tag]
    return found
