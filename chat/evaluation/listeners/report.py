"""From made-up listeners to figures: what their reactions are worth."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chat.evaluation.cpcd.measures import interval
from chat.evaluation.listeners.giving import gives
from chat.evaluation.listeners.listening import ARMS, MEASURED_AFTER, Heard, live
from chat.evaluation.listeners.loading import load
from chat.evaluation.listeners.world import people_made, world_made

Say = Callable[[str], None]
EVERY_PEOPLE = 20


def measure(
    *, people: int, givers: int, silent: float, seed: int, say: Say
) -> dict[str, Any]:
    """Measure in the current database, which is empty. Half a second a person and more.
    Raises CannotEvaluate where so few givers make nothing that can be trained on.

    Each person lives once in each arm; arms are compared person by person. givers: how
    many others give what they say, for a bridge to be trained on; 0 for none.
    """
    began = time.perf_counter()
    world = world_made(seed=seed, silent=silent)
    ids = load(world, seed=seed)
    persons = people_made(world, people, seed=seed + 1)
    say(f"{len(ids)} songs, {people} people, {len(ARMS)} arms")
    heard: dict[str, list[Heard]] = {arm.name: [] for arm in ARMS}
    for number, person in enumerate(persons, 1):
        for arm in ARMS:
            heard[arm.name].append(live(person, arm, ids))
        if number % EVERY_PEOPLE == 0:
            say(f"{number} of {people} people")
    figures = {name: _precision(lives) for name, lives in heard.items()}
    ours = figures[ARMS[-1].name]
    given = gives(world, ids, people=givers, seed=seed, say=say) if givers else None
    return {
        "evaluation": "listeners",
        "people": people,
        "songs": len(ids),
        "silent": silent,
        "loved_share": round(float(np.mean([p.loves.mean() for p in persons])), 3),
        "precision@10": {name: _told(of) for name, of in figures.items()},
        "gain": {
            f"over {arm.name}": _told(ours - figures[arm.name]) for arm in ARMS[:-1]
        },
        "disliked_that_came_back": sum(
            h.came_back for of in heard.values() for h in of
        ),
        "given": given,
        "seed": seed,
        "seconds": round(time.perf_counter() - began, 1),
    }


def _precision(lives: Sequence[Heard]) -> NDArray[np.float64]:
    """Return precision by person and by how many reactions there were: (people, n).

    Who had nothing more to say keeps what they had last.
    """
    rows = []
    for one in lives:
        row: list[float] = []
        for count in MEASURED_AFTER:
            row.append(one.precision.get(count, row[-1] if row else 0.0))
        rows.append(row)
    return np.array(rows)


def _told(figures: NDArray[np.float64]) -> dict[str, Any]:
    """Return means with their 95 % intervals over people, by the number of reactions."""
    low, high = interval(figures)
    means = figures.mean(axis=0)
    return {
        str(count): {
            "mean": round(float(means[n]), 3),
            "interval": [round(float(low[n]), 3), round(float(high[n]), 3)],
        }
        for n, count in enumerate(MEASURED_AFTER)
    }
