"""The map of the bridge: ridge regression from text vectors to audio vectors.

The rule of this file: nothing is said of a map but what it does on artists that it
didn't learn from. For a model with words of its own the map is an adapter: it learns
what the model's own text vectors leave open, and its figures stand beside theirs.

Source: Hoerl and Kennard, "Ridge regression", Technometrics 12 (1970); the linear map
between two frozen encoders as in Merullo et al., "Linearly mapping from image to text
space", ICLR 2023; residual adapters as in Gao et al., "CLIP-Adapter", IJCV 2024.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog.encoders.protocol import Vectors, unit_rows

FOLDS = 5
# Ridge weights tried, relative to the mean variance of the text vectors' axes.
RIDGES = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0)
# Held-out descriptions that are looked up among all tracks: enough for a median and a
# percentage, and they bound time and memory.
MAX_LOOKED_UP = 4000
CHUNK = 500

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Pairs:
    """Descriptions and what they describe, row by row.

    text: (m, t); audio: (n, d) unit; track: (m,) index into audio; group: (n,) artist.
    weight: (m,) of the rows beside each other; None: every track counts alike, however
    many descriptions it has. is_joint: texts lie in the audio's space already, t = d.
    """

    text: Array
    audio: Array
    track: NDArray[np.intp]
    group: NDArray[np.intp]
    weight: Array | None = None
    is_joint: bool = False


@dataclass(frozen=True)
class BridgeFigures:
    """How well held-out descriptions find their track among all tracks.

    Ranks count from 1. `chance_recall_at_10` is 10 / tracks; the chance of the median
    rank is half the tracks. own_…: of a joint model's own text vectors, on the same
    descriptions. is_used: the map serves, as it is better than those, or there are none.
    """

    tracks: int
    phrases: int
    ridge: float
    median_rank: float
    recall_at_10: float
    chance_recall_at_10: float
    own_median_rank: float | None = None
    own_recall_at_10: float | None = None
    is_used: bool = True


def pairs_fit(pairs: Pairs) -> tuple[BridgeFigures, Vectors, Vectors]:
    """Choose the ridge on held-out artists, and fit on all.

    Returns figures, weights (t, d) and centre (t,): words at x point to
    (x - centre) @ weights, and for an adapter to x + (x - centre) @ weights.
    """
    rows, found = _held_out(pairs)
    best = max(RIDGES, key=lambda ridge: _cosine(found[ridge], pairs, rows))
    ranks = _ranks(found[best], pairs, rows)
    median, recall = float(np.median(ranks)), _recall(ranks)
    own_median = own_recall = None
    is_used = True
    if pairs.is_joint:
        own = _ranks(pairs.text[rows], pairs, rows)
        own_median, own_recall = float(np.median(own)), _recall(own)
        is_used = (
            median <= own_median
            and recall >= own_recall
            and (median, recall) != (own_median, own_recall)
        )
    everything = _Ridge.of(pairs, np.arange(len(pairs.text)))
    figures = BridgeFigures(
        tracks=len(pairs.audio),
        phrases=len(pairs.text),
        ridge=best,
        median_rank=median,
        recall_at_10=recall,
        chance_recall_at_10=round(min(1.0, 10 / len(pairs.audio)), 4),
        own_median_rank=own_median,
        own_recall_at_10=own_recall,
        is_used=is_used,
    )
    weights = everything.weights(best).astype(np.float32)
    return figures, weights, everything.centre.astype(np.float32)


def _held_out(pairs: Pairs) -> tuple[NDArray[np.intp], dict[float, Array]]:
    """Predict descriptions by a map that never met their track's artist.

    Returns which rows were predicted, at most MAX_LOOKED_UP of them drawn evenly, and
    (rows, d) for each ridge weight.
    """
    count = len(pairs.text)
    drawn = np.zeros(count, bool)
    drawn[np.linspace(0, count - 1, min(count, MAX_LOOKED_UP)).round().astype(int)] = 1
    rows: list[NDArray[np.intp]] = []
    found: dict[float, list[Array]] = {ridge: [] for ridge in RIDGES}
    for fold in _folds(pairs.group):
        tests = np.isin(pairs.track, fold)
        if tests.all() or not (tests & drawn).any():
            continue
        fit = _Ridge.of(pairs, np.flatnonzero(~tests))
        looked_up = np.flatnonzero(tests & drawn)
        text = pairs.text[looked_up]
        turned = (text - fit.centre) @ fit.axes
        rows.append(looked_up)
        for ridge in RIDGES:
            moved = turned @ fit.turned_weights(ridge)
            found[ridge].append(text + moved if pairs.is_joint else moved)
    if not rows:
        # All tracks are one artist's: nothing can be held out, so nothing is found.
        empty = np.zeros((1, pairs.audio.shape[1]))
        return np.zeros(1, np.intp), dict.fromkeys(RIDGES, empty)
    return np.concatenate(rows), {
        r: np.concatenate(parts) for r, parts in found.items()
    }


def _folds(group: NDArray[np.intp]) -> Sequence[NDArray[np.intp]]:
    """Part the tracks into folds of about one size, no artist in two of them."""
    artists, of_track, sizes = np.unique(group, return_inverse=True, return_counts=True)
    fold_of = np.zeros(len(artists), np.intp)
    loads = [0] * FOLDS
    for artist in np.argsort(-sizes, kind="stable"):
        smallest = loads.index(min(loads))
        fold_of[artist] = smallest
        loads[smallest] += int(sizes[artist])
    folds = [np.flatnonzero(fold_of[of_track] == fold) for fold in range(FOLDS)]
    return [fold for fold in folds if fold.size]


@dataclass(frozen=True)
class _Ridge:
    """The normal equations (X'SX + rI) W = X'SY, turned to X'SX's own axes.

    There each ridge weight costs a division and no solve. S holds the rows' weights.
    """

    centre: Array
    axes: Array
    spreads: Array
    moments: Array

    @classmethod
    def of(cls, pairs: Pairs, rows: NDArray[np.intp]) -> _Ridge:
        track = pairs.track[rows]
        if pairs.weight is None:
            counts = np.bincount(track, minlength=len(pairs.audio))
            weight = 1.0 / counts[track]
        else:
            weight = pairs.weight[rows]
        weight = weight / weight.sum()
        x = pairs.text[rows]
        centre = weight @ x
        # An adapter learns what the model's own words leave open.
        y = pairs.audio[track] - x if pairs.is_joint else pairs.audio[track]
        x = x - centre
        scaled = x * weight[:, None]
        spreads, axes = np.linalg.eigh(scaled.T @ x)
        # No offset is learned: words that say nothing point nowhere, and the gap
        # between a joint model's texts and sounds stays, as it ranks nothing.
        moments = axes.T @ (scaled.T @ y)
        return cls(centre, axes, np.maximum(spreads, 0.0), moments)

    def turned_weights(self, ridge: float) -> Array:
        """Return the weights for texts that are turned to the axes."""
        penalty = ridge * self.spreads.mean() + 1e-12
        return np.asarray(self.moments / (self.spreads + penalty)[:, None])

    def weights(self, ridge: float) -> Array:
        """Return the weights for texts as they come."""
        return np.asarray(self.axes @ self.turned_weights(ridge))


def _ranks(found: Array, pairs: Pairs, rows: NDArray[np.intp]) -> Array:
    ranks = []
    for start in range(0, len(found), CHUNK):
        likeness = unit_rows(found[start : start + CHUNK]) @ pairs.audio.T
        track = pairs.track[rows[start : start + CHUNK]]
        own = likeness[np.arange(len(likeness)), track]
        nearer = (likeness > own[:, None]).sum(axis=1)
        # Equals share their places: what points nowhere is no hit.
        equal = (likeness == own[:, None]).sum(axis=1)
        ranks.append(nearer + (equal + 1) / 2)
    return np.concatenate(ranks)


def _recall(ranks: Array) -> float:
    return round(float((ranks <= 10).mean()), 4)


def _cosine(found: Array, pairs: Pairs, rows: NDArray[np.intp]) -> float:
    own = pairs.audio[pairs.track[rows]]
    return float((unit_rows(found) * own).sum(axis=1).mean())
