"""Nearest neighbours among filtered tracks: through the index, or exactly.

The rule of this file: always `limit` tracks where the filter holds that many, and in
exact order. An HNSW index finds near rows quickly and knows no filter: it walks on while
the filter refuses what it finds, so its cost grows as the filter narrows, and in the end
it gives up. Measuring every row that the filter keeps costs as much as there are rows.
Which way is taken is estimated beforehand and put right afterwards: see
docs/decisions/nearest-neighbours.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.db.models import QuerySet

from catalog.models import Space, Track

# Few enough to be measured one by one in any catalog.
ALWAYS_EXACT_ROWS = 1_000
# Measuring costs as much as there are rows, the walk as few as they are among all: both
# cost the same where the rows are the root of the catalog's size, times this.
EXACT_ROWS_PER_ROOT = 20.0
# The index measures half precision, and its walk is greedy: some more than asked for
# are fetched and ordered by the stored vectors.
SPARE = 1.2
# Under a filter of some percent the first few that pass aren't the nearest yet.
LEAST_FETCHED = 26
# How wide the walk is (pgvector's ef_search): recall for time.
EF_SEARCH = 200
# The walk ends after so many rows, found or not (pgvector's hnsw.max_scan_tuples).
WALK_ROWS = 40_000

# The walk must stay a walk: for a wide filter the planner may prefer to join everything
# first and sort by distance.
_WALK_SETTINGS = {
    "hnsw.iterative_scan": "relaxed_order",
    "hnsw.ef_search": str(EF_SEARCH),
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "enable_sort": "off",
    "enable_bitmapscan": "off",
    "enable_material": "off",
    "jit": "off",
}


def nearest(
    tracks: QuerySet[Track],
    space: Space,
    vector: np.ndarray,
    *,
    limit: int,
    exact_rows: int | None = None,
    walk_rows: int = WALK_ROWS,
) -> list[int]:
    """Return the ids of the tracks that lie nearest by cosine, nearest first.

    vector: (d,). exact_rows, walk_rows: where the ways part (by the catalog's size, see
    `most_exact_rows`), and where a walk ends. Two to seven small statements.
    """
    target = "[" + ",".join(map(repr, np.asarray(vector, np.float32).tolist())) + "]"
    with transaction.atomic():
        expected = estimated_rows(tracks)
        if exact_rows is None:
            exact_rows = most_exact_rows(expected)
        if expected <= exact_rows:
            # The estimate may be far off, so that too is bounded.
            ids = bounded_ids(tracks, exact_rows * 2)
            if ids is not None:
                return _exact(ids, space, target, limit)
        found = _walked(tracks, space, target, limit, walk_rows)
        if len(found) >= limit:
            return found
        # The walk gave up: what the filter keeps lies elsewhere, or there is no more.
        return _exact(tracks, space, target, limit)


def most_exact_rows(expected: int) -> int:
    """Return up to how many rows are measured one by one, where so many are expected.

    At most one EXPLAIN.
    """
    if expected <= ALWAYS_EXACT_ROWS:
        return ALWAYS_EXACT_ROWS
    everything = estimated_rows(Track.objects.order_by())
    return max(ALWAYS_EXACT_ROWS, int(EXACT_ROWS_PER_ROOT * everything**0.5))


def estimated_rows(tracks: QuerySet[Any]) -> int:
    """Return how many rows the planner expects. One EXPLAIN, under 1 ms."""
    statement, parameters = tracks.values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}", parameters)
        (plan,) = cursor.fetchone()
    plan = json.loads(plan) if isinstance(plan, str) else plan
    return int(plan[0]["Plan"]["Plan Rows"])


def bounded_ids(tracks: QuerySet[Track], most: int) -> list[int] | None:
    """Return the ids of all the tracks, or None where they are more than `most`."""
    ids = list(tracks.values_list("pk", flat=True)[: most + 1])
    return ids if len(ids) <= most else None


def _exact(
    tracks: QuerySet[Track] | Sequence[int], space: Space, target: str, limit: int
) -> list[int]:
    """Measure every track of these that has a vector."""
    if isinstance(tracks, QuerySet):
        kept, parameters = tracks.values("pk").query.sql_with_params()
        condition, parameters = f"IN ({kept})", tuple(parameters)
    else:
        condition, parameters = "= ANY (%s)", (list(tracks),)
    with connection.cursor() as cursor:
        # Measured apart from sorting, or else the planner may walk the index.
        cursor.execute(
            f"""
            WITH measured AS MATERIALIZED (
                SELECT track_id, vector <=> %s::vector AS distance
                FROM catalog_embedding WHERE space_id = %s AND track_id {condition}
            )
            SELECT track_id FROM measured ORDER BY distance, track_id LIMIT %s
            """,  # noqa: S608 (the statement is Django's own)
            (target, space.pk, *parameters, limit),
        )
        return [track for (track,) in cursor.fetchall()]


def _walked(
    tracks: QuerySet[Track], space: Space, target: str, limit: int, walk_rows: int
) -> list[int]:
    """Walk the space's index until enough tracks passed the filter, or it gives up."""
    size = int(space.dimensions)
    fetched = max(int(limit * SPARE) + 1, LEAST_FETCHED)
    settings = {**_WALK_SETTINGS, "hnsw.max_scan_tuples": str(walk_rows)}
    if tracks.query.where:
        kept, parameters = tracks.values("pk").query.sql_with_params()
        condition = f"AND track_id IN ({kept})"
    else:
        condition, parameters = "", ()
    with _settings(settings), connection.cursor() as cursor:
        # The space as a constant, since its index is partial.
        cursor.execute(
            f"""
            WITH near AS MATERIALIZED (
                SELECT track_id, vector FROM catalog_embedding
                WHERE space_id = {int(space.pk)} {condition}
                ORDER BY vector::halfvec({size}) <=> %s::halfvec({size})
                LIMIT %s
            )
            SELECT track_id FROM near
            ORDER BY vector <=> %s::vector, track_id LIMIT %s
            """,  # noqa: S608 (the statement is Django's own)
            (*parameters, target, fetched, target, limit),
        )
        return [track for (track,) in cursor.fetchall()]


@contextmanager
def _settings(values: Mapping[str, str]) -> Iterator[None]:
    """Hold settings of the planner inside this transaction, and no longer.

    Only for reading: what the block writes is rolled back with the settings.
    """
    point = transaction.savepoint()
    try:
        calls = ", ".join(["set_config(%s, %s, true)"] * len(values))
        named = [part for pair in values.items() for part in pair]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {calls}", named)
        yield
    finally:
        transaction.savepoint_rollback(point)
        transaction.savepoint_commit(point)
