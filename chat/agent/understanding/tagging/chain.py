"""A linear chain over tags: how likely each follows another, learned with the rest [1].

[1] Lafferty, McCallum and Pereira, "Conditional random fields", ICML 2001.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

# An I that follows no span of its kind is worth this much less to begin with.
FORBIDDEN = -8.0

Scores = NDArray[np.float32]


def first_transitions(tags: Sequence[str]) -> Tensor:
    """Return (k, k) scores of going from one tag to another, before any training."""
    scores = torch.zeros(len(tags), len(tags))
    for i, before in enumerate(tags):
        for j, after in enumerate(tags):
            if after[0] == "I" and before[1:] != after[1:]:
                scores[i, j] = FORBIDDEN
    return scores


def chain_loss(
    emissions: Tensor, transitions: Tensor, tags: Tensor, mask: Tensor
) -> Tensor:
    """Return the mean negative log-likelihood of the right tags.

    emissions: (n, t, k); tags: (n, t) indices; mask: (n, t), 1.0 where a word is.
    Every row begins with a word.
    """
    steps = transitions[tags[:, :-1], tags[:, 1:]] * mask[:, 1:]
    said = emissions.gather(2, tags.unsqueeze(2)).squeeze(2) * mask
    total = emissions[:, 0]
    for t in range(1, emissions.shape[1]):
        after = torch.logsumexp(total.unsqueeze(2) + transitions, 1) + emissions[:, t]
        total = torch.where(mask[:, t : t + 1] > 0, after, total)
    return (torch.logsumexp(total, 1) - said.sum(1) - steps.sum(1)).mean()


def best_tags(emissions: Scores, transitions: Scores) -> list[int]:
    """Return the most likely row of tags (Viterbi). emissions: (t, k), t at least 1."""
    total = emissions[0]
    came_from: list[NDArray[np.intp]] = []
    for scores in emissions[1:]:
        through = total[:, None] + transitions
        came_from.append(through.argmax(axis=0))
        total = through.max(axis=0) + scores
    tag = int(total.argmax())
    row = [tag]
    for back in reversed(came_from):
        tag = int(back[tag])
        row.append(tag)
    return row[::-1]
