"""Have the map drawn by the background workers, and tell how far they are."""

from __future__ import annotations

from collections.abc import Callable

from django.core.cache import cache

from catalog.advisory import Lock, is_locked
from catalog.maps.making import map_is_due
from catalog.slots import is_job_waiting, job_enqueue

JOB, JOB_ID = "catalog.jobs.draw_map", "map-"
PROGRESS = "catalog-map-progress"
# What a lost worker told last is forgotten.
PROGRESS_S = 600
# Stages tell more often than anyone looks.
STEP = 0.01


def map_enqueue() -> None:
    """Queue the job that draws the map, if one is due by then."""
    job_enqueue(JOB, id_start=JOB_ID)


def maps_sweep() -> int:
    """Queue it where the catalog has outgrown its map and nobody is at it. How many."""
    if is_drawing() or is_job_waiting(JOB_ID) or not map_is_due():
        return 0
    map_enqueue()
    return 1


def is_drawing() -> bool:
    """Say whether any living process draws the map."""
    return is_locked(Lock.MAP, 0)


def progress_teller() -> Callable[[float], None]:
    """Return what tells all processes the share that is done, from 0 to 1."""
    told = -1.0

    def tell(share: float) -> None:
        nonlocal told
        if share - told >= STEP:
            told = share
            cache.set(PROGRESS, share, PROGRESS_S)

    return tell


def map_progress() -> float | None:
    """Return which share of a new map is drawn; None where nobody draws."""
    return float(cache.get(PROGRESS, 0.0)) if is_drawing() else None
