"""Learn from people's approvals and refusals where words point in an audio space.

The map is the bridge's own (`bridge.py`): words at x point to (x - centre) @ weights,
and in a joint space to x + (x - centre) @ weights. Training starts from the weights in
use, pulls words towards what was approved of for them and away from what was refused and
from the rest of the catalog, and keeps the epoch that did best on people set aside for
the choice. Nothing is said of it but what it does on people that no choice saw.

Source: the contrastive loss of van den Oord et al., "Representation learning with
contrastive predictive coding", 2018, with several approved tracks a text.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog.encoders.protocol import Vectors, unit_rows

# A likeness of 0.05 is a factor of e, as in CLIP's and CLAP's trained temperatures.
TEMPERATURE = 0.05
# A refused track counts as so many of those that nobody spoke of.
REFUSED_AS = 8.0
# So many tracks that nobody spoke of stand beside in each step; all, where fewer are.
OTHERS = 2048
BATCH = 256
# Of the weights' own size, each step at most.
RATE = 0.02
MAX_EPOCHS = 300
# Epochs without anything better on the validation part, after which it ends.
PATIENCE = 30
CHUNK = 500

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Judged:
    """Texts, and what people said of tracks for each.

    text: (m, t); approved, refused: for each text, rows of the audio's vectors; weight:
    (m,) how much each text counts in training.
    """

    text: Array
    approved: Sequence[NDArray[np.intp]]
    refused: Sequence[NDArray[np.intp]]
    weight: Array

    def __len__(self) -> int:
        return len(self.text)


@dataclass(frozen=True)
class Bridge:
    """Weights (t, d) and centre (t,) of a bridge; is_joint as in ridge.Pairs."""

    weights: Array
    centre: Array
    is_joint: bool = False

    def places(self, text: Array) -> Vectors:
        """Return where words point: (n, d) float32 of unit length."""
        moved = (text - self.centre) @ self.weights
        return unit_rows(text + moved if self.is_joint else moved).astype(np.float32)


@dataclass(frozen=True)
class Trained:
    """The bridge of the best epoch. epochs: how many were gone through."""

    bridge: Bridge
    best_epoch: int
    epochs: int


def bridge_train(
    start: Bridge,
    audio: Vectors,
    train: Judged,
    validation: Judged,
    *,
    seed: int,
    kept: Path,
    tell: Callable[[int, float], None] = lambda _epoch, _rank: None,
) -> Trained:
    """Train, from wherever an earlier try with the same data left it in `kept`.

    audio: (n, d) of unit length, all tracks of the space. kept: a file that is written
    after each epoch and removed at the end. tell: takes each epoch and the mean log2 of
    the ranks on the validation part. The same seed and data give the same weights,
    interrupted or not; on another machine up to rounding. A second or two of a core for
    each 100 texts and epoch among 10,000 tracks.
    """
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        run = _Run.begin(start, audio, train, validation, seed=seed, kept=kept)
        while not run.is_over:
            run.step()
            run.save(kept)
            tell(run.epoch, run.rank)
        kept.unlink(missing_ok=True)
        best = Bridge(run.best.numpy(), start.centre, start.is_joint)
        return Trained(best, run.best_epoch, run.epoch)
    finally:
        torch.set_num_threads(threads)


def ranks_of(bridge: Bridge, audio: Vectors, judged: Judged) -> list[Array]:
    """Return the rank of each approved track for its text, from 1, text by text.

    Among all tracks but the others that were approved of for the text. Equals share
    their places.
    """
    places = bridge.places(judged.text)
    found: list[Array] = []
    for start in range(0, len(places), CHUNK):
        likeness = places[start : start + CHUNK] @ audio.T
        for row, approved in zip(
            likeness, judged.approved[start : start + CHUNK], strict=True
        ):
            others = np.ones(len(row), bool)
            others[approved] = False
            own, rest = row[approved, None], row[others]
            nearer, equal = (rest > own).sum(axis=1), (rest == own).sum(axis=1)
            found.append((1 + nearer + equal / 2).astype(np.float32))
    return found


def mean_log_rank(ranks: Sequence[Array]) -> float:
    """Return the mean over texts of the mean log2 of their ranks: less is better."""
    return float(log_ranks(ranks).mean())


def log_ranks(ranks: Sequence[Array]) -> NDArray[np.float64]:
    """Return the mean log2 of each text's ranks: (m,)."""
    return np.array([np.log2(own).mean() for own in ranks], np.float64)


class _Run:
    """A training as it stands: all that the next epoch depends on."""

    def __init__(
        self,
        start: Bridge,
        audio: Vectors,
        train: Judged,
        validation: Judged,
        seed: int,
    ) -> None:
        import torch

        self.start, self.audio, self.seed = start, audio, seed
        self.train, self.validation = train, validation
        self.digest = _digest(start, audio, train, validation, seed)
        self.weights = torch.tensor(start.weights, requires_grad=True)
        size = float(np.sqrt(np.mean(np.square(start.weights))))
        rate = RATE * (size or 1 / np.sqrt(start.weights.shape[0]))
        self.optimiser = torch.optim.Adam([self.weights], lr=rate)
        self.epoch = self.best_epoch = 0
        self.best = self.weights.detach().clone()
        self.rank = self.best_rank = self._validated()

    @classmethod
    def begin(
        cls,
        start: Bridge,
        audio: Vectors,
        train: Judged,
        validation: Judged,
        *,
        seed: int,
        kept: Path,
    ) -> _Run:
        run = cls(start, audio, train, validation, seed)
        if kept.is_file():
            import torch

            # weights_only: nothing in it is run.
            held: dict[str, Any] = torch.load(kept, weights_only=True)
            if held["digest"] == run.digest:
                run._restore(held)
        return run

    @property
    def is_over(self) -> bool:
        return self.epoch >= MAX_EPOCHS or self.epoch - self.best_epoch >= PATIENCE

    def step(self) -> None:
        """Go once through all texts, in an order that seed and epoch say."""
        chance = np.random.default_rng([self.seed, self.epoch])
        order = chance.permutation(len(self.train))
        for begin in range(0, len(order), BATCH):
            rows = order[begin : begin + BATCH]
            self.optimiser.zero_grad()
            loss = self._loss(rows, self._others(chance, rows))
            loss.backward()
            self.optimiser.step()
        self.epoch += 1
        self.rank = self._validated()
        if self.rank < self.best_rank:
            self.best, self.best_rank = self.weights.detach().clone(), self.rank
            self.best_epoch = self.epoch

    def _others(
        self, chance: np.random.Generator, rows: NDArray[np.intp]
    ) -> NDArray[np.intp]:
        """Return tracks to tell apart: some of all, and those that the texts speak of."""
        count = len(self.audio)
        drawn = chance.permutation(count)[:OTHERS]
        spoken = [self.train.approved[r] for r in rows]
        spoken += [self.train.refused[r] for r in rows]
        return np.unique(np.concatenate([drawn, *spoken]))

    def _loss(self, rows: NDArray[np.intp], tracks: NDArray[np.intp]) -> Any:
        import torch

        text = torch.tensor(self.train.text[rows])
        moved = (text - torch.tensor(self.start.centre)) @ self.weights
        places = text + moved if self.start.is_joint else moved
        places = torch.nn.functional.normalize(places, dim=1)
        likeness = places @ torch.tensor(self.audio[tracks]).T / TEMPERATURE
        approved = np.zeros(likeness.shape, np.float32)
        beside = np.zeros(likeness.shape, np.float32)
        for place, row in enumerate(rows):
            approved[place, np.searchsorted(tracks, self.train.approved[row])] = 1.0
            refused = np.searchsorted(tracks, self.train.refused[row])
            beside[place, refused] = np.log(REFUSED_AS)
        beside[approved > 0] = -np.inf
        against = torch.logsumexp(likeness + torch.tensor(beside), dim=1, keepdim=True)
        shares = approved / np.maximum(approved.sum(axis=1, keepdims=True), 1.0)
        losses = torch.nn.functional.softplus(against - likeness)
        each = (losses * torch.tensor(shares)).sum(dim=1)
        weight = torch.tensor(self.train.weight[rows])
        return (each * weight).sum() / weight.sum()

    def _validated(self) -> float:
        now = Bridge(
            self.weights.detach().numpy(), self.start.centre, self.start.is_joint
        )
        return mean_log_rank(ranks_of(now, self.audio, self.validation))

    def save(self, path: Path) -> None:
        """Write all of it, in the place of what was there, or not at all."""
        import torch

        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".part")
        torch.save(
            {
                "digest": self.digest,
                "weights": self.weights.detach(),
                "optimiser": self.optimiser.state_dict(),
                "epoch": self.epoch,
                "rank": self.rank,
                "best": self.best,
                "best_epoch": self.best_epoch,
                "best_rank": self.best_rank,
            },
            draft,
        )
        os.replace(draft, path)

    def _restore(self, held: dict[str, Any]) -> None:
        import torch

        with torch.no_grad():
            self.weights.copy_(held["weights"])
        self.optimiser.load_state_dict(held["optimiser"])
        self.epoch, self.rank = held["epoch"], held["rank"]
        self.best, self.best_epoch = held["best"], held["best_epoch"]
        self.best_rank = held["best_rank"]


def _digest(
    start: Bridge, audio: Vectors, train: Judged, validation: Judged, seed: int
) -> str:
    """Return what tells one training from another."""
    digest = hashlib.sha256(f"{seed} {start.is_joint}".encode())
    arrays: list[NDArray[Any]] = [start.weights, start.centre, audio]
    for judged in (train, validation):
        arrays += [judged.text, judged.weight]
        for lists in (judged.approved, judged.refused):
            arrays.append(np.array([len(one) for one in lists]))
            arrays.append(np.concatenate(lists) if lists else np.zeros(0))
    for array in arrays:
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()
