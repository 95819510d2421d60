"""Trains the head on requests, each side of which counts the same."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import torch
from torch import nn

from chat.agent.understanding.addressee.examples import Request
from chat.agent.understanding.addressee.head import Addressee, Array

# Chosen by leaving domains out: 16 and 96 units, 15 and 40 rounds differ little.
NETWORKS, HIDDEN, ROUNDS, BATCH = 3, 48, 25, 128
RATE, WEIGHT_DECAY = 2e-3, 3e-2
DROPPED = (0.1, 0.2)


def addressee_fit(
    requests: Sequence[Request],
    features: Array,
    *,
    seed: int,
    networks: int = NETWORKS,
) -> Addressee:
    """Learn from requests and their features (n, f): a minute for ten thousand.

    The same seed gives the same weights on the same machine.
    """
    torch.set_num_threads(1)
    meant = np.array([request.is_for_others for request in requests], np.float32)
    weights = np.array([request.weight for request in requests], np.float32)
    for side in (0.0, 1.0):
        weights[meant == side] *= len(meant) / 2 / weights[meant == side].sum()
    data = [torch.from_numpy(part) for part in (features, meant, weights)]
    nets = [_fit(*data, seed=seed + number) for number in range(networks)]

    def part(layer: int, name: str) -> Array:
        return np.stack([getattr(net[layer], name).detach().numpy() for net in nets])

    return Addressee(
        first=part(1, "weight").transpose(0, 2, 1),
        first_bias=part(1, "bias"),
        second=part(4, "weight")[:, 0],
        second_bias=part(4, "bias")[:, 0],
    )


def _fit(
    features: torch.Tensor, meant: torch.Tensor, weights: torch.Tensor, *, seed: int
) -> nn.Sequential:
    torch.manual_seed(seed)
    net = nn.Sequential(
        nn.Dropout(DROPPED[0]),
        nn.Linear(features.shape[1], HIDDEN),
        nn.GELU(),
        nn.Dropout(DROPPED[1]),
        nn.Linear(HIDDEN, 1),
    )
    steps = ROUNDS * math.ceil(len(features) / BATCH)
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=WEIGHT_DECAY)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    net.train()
    for _ in range(ROUNDS):
        order = torch.randperm(len(features))
        for start in range(0, len(order), BATCH):
            row = order[start : start + BATCH]
            loss = nn.functional.binary_cross_entropy_with_logits(
                net(features[row]).squeeze(1), meant[row], weight=weights[row]
            )
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
    return net.eval()
