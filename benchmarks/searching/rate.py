"""Queries a second of several processes at once."""

from __future__ import annotations

import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Nothing of Django's above: a new process imports this before it is set up.

PROCESSES = 2
SECONDS = 5
K = 10
WARM_UP = 5


def measure_rate(space_id: int, queries: NDArray[np.float32]) -> dict[str, Any]:
    """Return nearest-neighbour queries a second over all, of processes at once."""
    with ProcessPoolExecutor(
        PROCESSES, mp_context=get_context("spawn"), initializer=_set_up
    ) as pool:
        rates = list(pool.map(_rate, [(space_id, queries)] * PROCESSES))
    return {"processes": PROCESSES, "per_s": round(sum(rates), 1)}


def _set_up() -> None:
    import django

    django.setup()


def _rate(given: tuple[int, NDArray[np.float32]]) -> float:
    from catalog.columns.current import current_columns

    space_id, queries = given
    view = current_columns().view
    for query in queries[:WARM_UP]:
        view.nearest(space_id, view.is_there, query, limit=K)
    began, done = time.perf_counter(), 0
    while time.perf_counter() - began < SECONDS:
        query = queries[done % len(queries)]
        view.nearest(space_id, view.is_there, query, limit=K)
        done += 1
    return done / (time.perf_counter() - began)
