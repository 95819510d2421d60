"""Whether a bridge is better than another, on people whom neither learned from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from catalog.contrasting import Bridge, Judged, log_ranks, ranks_of
from catalog.encoders.protocol import Vectors

# Fewer texts say nothing, whatever they say.
MIN_TEXTS = 10
# Not 0.05: release upon release is tried, and one in twenty would look better by chance.
SIGNIFICANT = 0.01
RESAMPLES = 9999


@dataclass(frozen=True)
class Found:
    """How well texts find what was approved of for them. Ranks count from 1."""

    recall_at_1: float
    recall_at_10: float
    median_rank: float


@dataclass(frozen=True)
class Comparison:
    """A bridge (after) beside another (before), on the same texts and tracks.

    p_value: how often flipping the two at random, text by text, would look as good: the
    mean difference of log2 ranks, one-sided, over texts. is_better: significantly so,
    on MIN_TEXTS texts or more, and neither the median rank nor the share among the first
    ten is worse.
    """

    texts: int
    pairs: int
    tracks: int
    before: Found
    after: Found
    p_value: float
    is_better: bool


def bridges_compare(
    before: Bridge, after: Bridge, audio: Vectors, test: Judged, *, seed: int = 0
) -> Comparison:
    """Compare two bridges. audio: all tracks of the space; test: at least one text.

    The texts are the units of the test: it speaks of other texts by people like these.
    (Good, "Permutation, parametric and bootstrap tests of hypotheses", 2005.)
    """
    from scipy.stats import permutation_test  # 0.5 s to load, for no page's sake

    old, new = (ranks_of(bridge, audio, test) for bridge in (before, after))
    gain = log_ranks(old) - log_ranks(new)
    p_value = 1.0
    if len(gain) > 1 and gain.any():
        p_value = float(
            permutation_test(
                (gain,),
                lambda one, axis: np.mean(one, axis=axis),
                permutation_type="samples",
                vectorized=True,
                n_resamples=RESAMPLES,
                alternative="greater",
                rng=np.random.default_rng(seed),
            ).pvalue
        )
    was, now = _found(old), _found(new)
    return Comparison(
        texts=len(gain),
        pairs=sum(map(len, new)),
        tracks=len(audio),
        before=was,
        after=now,
        p_value=round(p_value, 4),
        is_better=(
            len(gain) >= MIN_TEXTS
            and p_value < SIGNIFICANT
            and now.recall_at_10 >= was.recall_at_10
            and now.median_rank <= was.median_rank
        ),
    )


def _found(ranks: list[np.ndarray[tuple[int], np.dtype[np.float32]]]) -> Found:
    every = np.concatenate(ranks)
    return Found(
        recall_at_1=round(float((every <= 1).mean()), 4),
        recall_at_10=round(float((every <= 10).mean()), 4),
        median_rank=float(np.median(every)),
    )
