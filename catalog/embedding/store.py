"""Vectors and failures become rows."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from django.db import transaction
from django.db.models import F

from catalog.embedding.attempts import attempts_end
from catalog.encoders.protocol import AudioEncoder, Vectors
from catalog.models import EmbeddingFailure, EmbeddingWanted, Space, Track
from catalog.spaces import embeddings_store, raw_store

REASON_LENGTH = 500


def vectors_store(
    space: Space, encoder: AudioEncoder, vectors: Mapping[int, Vectors]
) -> int:
    """Store new vectors by track, and settle the wish for them. One transaction.

    Tracks that were deleted in the meantime are passed over. Returns how many stayed.
    """
    with transaction.atomic():
        ids = list(
            Track.objects.filter(pk__in=list(vectors))
            .select_for_update(of=("self",), no_key=True)
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        if not ids:
            return 0
        rows = np.stack([vectors[pk] for pk in ids])
        if encoder.is_standardised:
            raw_store(space, ids, rows)
        else:
            embeddings_store(space, ids, rows)
        EmbeddingWanted.objects.filter(space=space, track__in=ids).delete()
        attempts_end(space, ids)
    return len(ids)


def failures_store(space: Space, reasons: Mapping[int, str]) -> None:
    """Note why tracks couldn't be embedded. They aren't tried again by themselves."""
    with transaction.atomic():
        here = Track.objects.filter(pk__in=list(reasons)).values_list("pk", flat=True)
        for pk in here.order_by("pk"):
            EmbeddingFailure.objects.update_or_create(
                space=space,
                track_id=pk,
                defaults={
                    "reason": reasons[pk][:REASON_LENGTH],
                    "attempts": F("attempts") + 1,
                },
                create_defaults={"reason": reasons[pk][:REASON_LENGTH]},
            )
        EmbeddingWanted.objects.filter(space=space, track__in=list(reasons)).delete()
        attempts_end(space, reasons)
