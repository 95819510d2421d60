"""Tracks whose embedding was begun: what is left of them when a worker dies.

The rule of this file: an attempt is counted and committed before the work starts and
struck out with its result. One that is still there, and that nobody is at, was cut off:
its track is a suspect, worked on alone, so that the next crash finds the one at fault
among those that were decoded together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef

from catalog.models import EmbeddingAttempt, Space

# As a file that kills its worker is refused by an import.
MAX_ATTEMPTS = 3
STOPPED_WORKER = f"It stopped the worker {MAX_ATTEMPTS} times."


def was_begun(space: Space) -> Exists:
    """Return the condition that a track's embedding was begun and not ended."""
    begun = EmbeddingAttempt.objects.filter(space=space.pk, track=OuterRef("pk"))
    return Exists(begun)


def attempts_begin(space: Space, track_ids: Sequence[int]) -> None:
    """Count an attempt at each of the tracks. One statement, committed at once."""
    if not track_ids:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO catalog_embeddingattempt (space_id, track_id, count)
            SELECT %s, t.id, 1 FROM catalog_track t WHERE t.id = ANY (%s)
            ON CONFLICT (space_id, track_id)
            DO UPDATE SET count = catalog_embeddingattempt.count + 1
            """,
            [space.pk, list(track_ids)],
        )


def attempts_end(space: Space, track_ids: Iterable[int]) -> None:
    """Strike out the attempts at tracks that came to a result."""
    EmbeddingAttempt.objects.filter(space=space, track__in=list(track_ids)).delete()


def attempts_take_back(space: Space, track_ids: Iterable[int]) -> None:
    """Take the last attempt back: the work was stopped, and not by these tracks."""
    mine = EmbeddingAttempt.objects.filter(space=space, track__in=list(track_ids))
    with transaction.atomic():
        mine.filter(count__lte=1).delete()
        mine.update(count=F("count") - 1)


def attempts_at(space: Space, track_id: int) -> int:
    """Return how often a track was begun without a result."""
    begun = EmbeddingAttempt.objects.filter(space=space, track=track_id)
    return begun.values_list("count", flat=True).first() or 0
