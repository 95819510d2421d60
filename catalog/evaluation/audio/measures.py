"""Figures of how well vectors of one label lie together.

The rule of this file: recordings of one group (artist or song) are never compared with
each other, and never stand on both sides of a split. Standardisation is fitted on what
may be known at that point: for neighbours on the whole collection, without its labels,
as a space does with its catalog; for probes on the training part alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression, LogisticRegressionCV
from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from catalog.encoders.protocol import Layout, Vectors
from catalog.evaluation.failure import CannotEvaluate
from catalog.standardising import scale_fit, unit_places

DEPTHS = (5, 10)
# The probe's strength of regularisation is chosen by folds within the training part.
PROBE_STRENGTHS = (0.001, 0.01, 0.1, 1.0)
INNER_FOLDS = 3
FEW_STRENGTH = 0.01
DIGITS = 4

Ints = NDArray[np.intp]


@dataclass(frozen=True)
class Figure:
    """A share 0..1: its mean over the seeds, and their standard deviation."""

    mean: float
    spread: float

    def as_json(self) -> dict[str, float]:
        return {"mean": round(self.mean, DIGITS), "spread": round(self.spread, DIGITS)}


@dataclass(frozen=True)
class Figures:
    """What one space reaches. precision: by depth; nearest: 1-NN accuracy."""

    precision: dict[int, float]
    nearest_left_out: float
    nearest: Figure
    probe: Figure
    svm: Figure
    folds: int

    def as_json(self) -> dict[str, object]:
        return {
            **{
                f"precision_at_{k}": round(v, DIGITS) for k, v in self.precision.items()
            },
            "one_nn_leave_one_group_out": round(self.nearest_left_out, DIGITS),
            "one_nn": self.nearest.as_json(),
            "linear_probe": self.probe.as_json(),
            "svm_rbf": self.svm.as_json(),
        }


def measure_space(
    vectors: Vectors,
    labels: Sequence[str],
    groups: Sequence[str],
    *,
    is_standardised: bool,
    layout: Layout | None = None,
    folds: int = 5,
    seeds: int = 10,
) -> Figures:
    """Measure how well labels can be told from vectors.

    vectors: (n, d), finite; is_standardised: they are raw features, to be standardised
    before they are compared; layout: how they are weighed then. Raises CannotEvaluate
    where groups are too few to split.
    Takes about 1 s a seed on a CPU core for n = 80, d = 146.
    """
    label_ids = np.unique(np.asarray(labels), return_inverse=True)[1]
    group_ids = np.unique(np.asarray(groups), return_inverse=True)[1]
    folds = _usable_folds(label_ids, group_ids, folds)
    cosines = _cosines(vectors, is_standardised=is_standardised, layout=layout)
    # Never the recording itself, nor its siblings.
    cosines[group_ids[:, None] == group_ids] = -np.inf
    same = label_ids[:, None] == label_ids

    nearest: list[float] = []
    probe: list[float] = []
    svm: list[float] = []
    # Matrices this small gain nothing from threads, and lose much to busy cores.
    with threadpool_limits(1):
        for seed in range(seeds):
            splits = list(_splits(label_ids, group_ids, folds, seed))
            nearest.append(_nearest_accuracy(cosines, same, splits))
            prepared = [_prepared(vectors, train, layout) for train, _ in splits]
            for make, shares in ((_linear_probe, probe), (_svm, svm)):
                shares.append(_probe_accuracy(make, prepared, label_ids, splits))
    return Figures(
        precision={k: _precision(cosines, same, k) for k in DEPTHS},
        nearest_left_out=_precision(cosines, same, 1),
        nearest=_figure(nearest),
        probe=_figure(probe),
        svm=_figure(svm),
        folds=folds,
    )


def chance(labels: Sequence[str]) -> dict[str, float]:
    """Return what guessing reaches: at random, and always the commonest label."""
    counts = np.array(list(Counter(labels).values()))
    shares = counts / counts.sum()
    return {
        "random": round(float((shares**2).sum()), DIGITS),
        "commonest": round(float(shares.max()), DIGITS),
    }


def _usable_folds(labels: Ints, groups: Ints, wanted: int) -> int:
    fewest = min(len(set(groups[labels == label])) for label in set(labels))
    if fewest < 2:
        raise CannotEvaluate(
            "All recordings of a label are of one artist or song, so that none is left "
            "to test on: add others, or correct --artist-pattern."
        )
    return min(wanted, fewest)


def _cosines(
    vectors: Vectors, *, is_standardised: bool, layout: Layout | None
) -> NDArray[np.float64]:
    scale = scale_fit(lambda: [vectors], layout=layout) if is_standardised else None
    places = unit_places(vectors) if scale is None else scale.place(vectors)
    values = places.astype(np.float64)
    return np.asarray(values @ values.T)


def _prepared(
    vectors: Vectors, train: Ints, layout: Layout | None
) -> NDArray[np.float64]:
    """Return what probes are given: as in the space, where it weighs its features.

    Fitted on the training part alone.
    """
    scale = scale_fit(lambda: [vectors[train]], layout=layout) if layout else None
    if scale is None:
        fitted = StandardScaler().fit(vectors[train].astype(np.float64))
        return np.asarray(fitted.transform(vectors.astype(np.float64)))
    # The numbers of a vector of unit length are small, and would be regularised away.
    places = scale.place(vectors).astype(np.float64)
    return np.asarray(places * vectors.shape[1] ** 0.5)


def _splits(
    labels: Ints, groups: Ints, folds: int, seed: int
) -> Iterator[tuple[Ints, Ints]]:
    rows = np.zeros(len(labels))
    if len(set(groups)) == len(groups):
        plain = StratifiedKFold(folds, shuffle=True, random_state=seed)
        yield from plain.split(rows, labels)
    else:
        grouped = StratifiedGroupKFold(folds, shuffle=True, random_state=seed)
        # A large group may leave a fold without a test, or a label out of training.
        for train, test in grouped.split(rows, labels, groups):
            if len(test) and len(set(labels[train])) > 1:
                yield train, test


def _precision(
    cosines: NDArray[np.float64], same: NDArray[np.bool_], depth: int
) -> float:
    """Return the share of the nearest others that have the recording's label."""
    order = np.argsort(-cosines, axis=1, kind="stable")[:, :depth]
    rows = np.arange(len(cosines))[:, None]
    may_count = np.isfinite(cosines[rows, order])
    found = (same[rows, order] & may_count).sum(axis=1)
    return float(np.mean(found / np.maximum(may_count.sum(axis=1), 1)))


def _nearest_accuracy(
    cosines: NDArray[np.float64],
    same: NDArray[np.bool_],
    splits: Sequence[tuple[Ints, Ints]],
) -> float:
    right = tested = 0
    for train, test in splits:
        nearest = train[cosines[np.ix_(test, train)].argmax(axis=1)]
        right += int(same[test, nearest].sum())
        tested += len(test)
    return right / tested


def _linear_probe(smallest: int) -> LogisticRegression | LogisticRegressionCV:
    """Return a regularised logistic regression.

    smallest: recordings of the rarest label. Below two there are no inner folds.
    """
    if smallest < 2:
        return LogisticRegression(C=FEW_STRENGTH)
    return LogisticRegressionCV(
        Cs=PROBE_STRENGTHS,
        cv=min(INNER_FOLDS, smallest),
        max_iter=2000,
        l1_ratios=(0.0,),
        use_legacy_attributes=False,
        scoring="accuracy",
    )


def _svm(smallest: int) -> SVC:
    """Return scikit-learn's usual SVM: RBF, C = 1, gamma by the number of features."""
    return SVC()


def _probe_accuracy(
    make: Callable[[int], Any],
    prepared: Sequence[NDArray[np.float64]],
    labels: Ints,
    splits: Sequence[tuple[Ints, Ints]],
) -> float:
    right = tested = 0
    for values, (train, test) in zip(prepared, splits, strict=True):
        probe = make(min(Counter(labels[train].tolist()).values()))
        probe.fit(values[train], labels[train])
        right += int((probe.predict(values[test]) == labels[test]).sum())
        tested += len(test)
    return right / tested


def _figure(shares: Sequence[float]) -> Figure:
    return Figure(float(np.mean(shares)), float(np.std(shares)))
