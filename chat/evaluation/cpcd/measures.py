"""Whether rankings hold what was wanted, and how sure the figures are.

The rule of this file: a dialogue counts once, however many turns it has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

DEPTH = 100
HITS_AT = (1, 10, 20, 100)
METRICS = (*(f"hit@{k}" for k in HITS_AT), f"recall@{DEPTH}", f"mrr@{DEPTH}")
# Draws of the bootstrap: ends of an interval move by about .001 from run to run.
DRAWS = 2000


@dataclass(frozen=True)
class Measured:
    """One turn's figures, in the order of METRICS."""

    dialogue: str
    turn: int
    figures: tuple[float, ...]


def measured(
    dialogue: str, turn: int, ranking: Sequence[str], gold: Set[str]
) -> Measured:
    """Measure one ranking of clusters, none twice. gold: one at least."""
    places = [n for n, cluster in enumerate(ranking[:DEPTH]) if cluster in gold]
    first = places[0] if places else DEPTH
    hits = [float(first < k) for k in HITS_AT]
    recall = len(places) / len(gold)
    mrr = 1 / (first + 1) if places else 0.0
    return Measured(dialogue, turn, (*hits, recall, mrr))


def told(rows: Sequence[Measured]) -> dict[str, Any]:
    """Return means over dialogues with their 95 % intervals, and hit@10 by turn."""
    means = by_dialogue(rows)
    hit = METRICS.index("hit@10")
    turns = sorted({row.turn for row in rows})
    by_turn = {
        str(turn): round(
            float(np.mean([r.figures[hit] for r in rows if r.turn == turn])), 4
        )
        for turn in turns
    }
    low, high = interval(means)
    return {
        **{name: round(float(means[:, n].mean()), 4) for n, name in enumerate(METRICS)},
        "interval": {
            name: [round(float(low[n]), 4), round(float(high[n]), 4)]
            for n, name in enumerate(METRICS)
        },
        "hit@10_by_turn": by_turn,
    }


def by_dialogue(rows: Sequence[Measured]) -> NDArray[np.float64]:
    """Return each dialogue's mean over its turns: (dialogues, METRICS), by id."""
    found: dict[str, list[tuple[float, ...]]] = {}
    for row in rows:
        found.setdefault(row.dialogue, []).append(row.figures)
    return np.array([np.mean(found[dialogue], axis=0) for dialogue in sorted(found)])


def interval(
    means: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the ends of 95 % intervals by the bootstrap over dialogues.

    means: (dialogues, n). Source: Efron, "Bootstrap methods", 1979.
    """
    count = len(means)
    drawn = np.random.default_rng(1).multinomial(
        count, np.full(count, 1 / count), size=DRAWS
    )
    low, high = np.quantile(drawn @ means / count, (0.025, 0.975), axis=0)
    return low, high


def over_best(
    rows: Sequence[Measured], baselines: Mapping[str, Sequence[Measured]]
) -> dict[str, Any]:
    """Return how many times the best baseline's hit@10 is reached, and which one it is."""
    hit = METRICS.index("hit@10")
    reached = {
        name: float(by_dialogue(of)[:, hit].mean()) for name, of in baselines.items()
    }
    best = max(reached, key=lambda name: reached[name])
    ours = float(by_dialogue(rows)[:, hit].mean())
    times = round(ours / reached[best], 3) if reached[best] else None
    return {"baseline": best, "times": times}
