"""Text vectors, in batches behind the import.

A track is found by its sound, attributes and words as soon as it is stored; its text
vector follows. Which tracks still lack one is read from the database, so nothing is
lost with a worker.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from catalog.encoders.text import text_encoder
from catalog.ingest.queueing import TEXTS_PENDING
from catalog.models import Embedding, IngestItem, IngestRun, Space, Track
from catalog.spaces import embeddings_store

BATCH = 16
# Enough for batches of like length, and little to lose.
MANY = 512


def texts_embed(space: Space, *, limit: int = BATCH, run_id: int | None = None) -> int:
    """Embed the documents of up to `limit` tracks that lack a vector.

    run_id: only tracks that this run brought. Returns how many. Tracks that another
    worker is at are passed over. Loads the text model if it isn't (seconds), then about
    17 ms a document.
    """
    lacking = texts_lacking(space)
    if run_id is not None:
        brought = IngestItem.objects.filter(run=run_id, track__isnull=False)
        lacking = lacking.filter(pk__in=brought.values("track"))
    with transaction.atomic():
        rows = list(
            lacking.select_for_update(of=("self",), skip_locked=True, no_key=True)
            .order_by("-pk")
            .values_list("pk", "document")[:limit]
        )
        if not rows:
            return 0
        vectors = text_encoder().encode_documents([document for _, document in rows])
        embeddings_store(space, [pk for pk, _ in rows], vectors)
    return len(rows)


def texts_embed_all(
    space: Space,
    *,
    run_id: int | None = None,
    on_batch: Callable[[int], object] = lambda count: None,
) -> int:
    """Embed every track's document that lacks a vector. Returns how many.

    run_id: only of tracks that this run brought. on_batch: called with the size of each
    batch that is stored.
    """
    total = 0
    while count := texts_embed(space, limit=MANY, run_id=run_id):
        total += count
        on_batch(count)
    return total


def texts_lacking(space: Space) -> QuerySet[Track]:
    """Return the tracks whose document lacks a vector."""
    has_vector = Embedding.objects.filter(space=space, track=OuterRef("pk"))
    return Track.objects.filter(~Exists(has_vector), document__gt="")


def texts_pending() -> list[int]:
    """Return the ids of the runs that left texts to be embedded behind them."""
    left = IngestRun.objects.filter(options__texts=TEXTS_PENDING)
    return list(left.values_list("pk", flat=True))


def texts_settle(run_ids: Sequence[int]) -> None:
    """Say of runs that they left no texts."""
    with transaction.atomic():
        for run in IngestRun.objects.select_for_update().filter(pk__in=run_ids):
            run.options = {k: v for k, v in run.options.items() if k != "texts"}
            run.save(update_fields=("options",))
