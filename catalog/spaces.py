"""Vector spaces: made, filled, standardised, and switched.

The rule of this file: what is compared with each other was standardised alike. Vectors
go into a standardised space under a shared lock, and a refit rewrites all of them under
the exclusive one, in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from django.db import connection, transaction
from numpy.typing import NDArray

from catalog.advisory import Lock, lock_until_commit
from catalog.encoders.protocol import Vectors
from catalog.fitted import fitted_arrays, fitted_save
from catalog.models import Embedding, Space

# A feature further out than this many deviations says no more than one at the edge,
# and would else drown all others in the cosine.
CLIP_DEVIATIONS = 4.0
# A feature that hardly varies over the catalog is noise: its deviation is taken as no
# less than this, so that it isn't blown up.
MIN_DEVIATION = 1e-6
# While the catalog is small each fifth more tracks move mean and deviation; from
# REFIT_RARELY_FROM on they hardly do, and a rewrite is long: refit when it doubled.
REFIT_GROWTH = 1.2
REFIT_RARELY_FROM = 4096
REFIT_RARE_GROWTH = 2.0
# The final fit after an import is worth a rewrite only if this much is new.
REFIT_FINAL_GROWTH = 1.02
CHUNK = 2000


class SpaceMismatch(Exception):
    """Vectors don't fit the space that they were meant for."""


def space_ensure(
    *,
    slug: str,
    kind: str,
    model_id: str,
    revision: str,
    dimensions: int,
    encoder: str = "",
    make_current: bool = True,
) -> Space:
    """Return the space of one model, made if it is new.

    A space belongs to a model and revision. encoder: the family of an audio encoder,
    whose revision tells its weights apart wherever they lie: a space whose model was
    moved is found by it, and remembers the new place. Where the slug is taken by another
    revision, the new space's slug carries its revision. One query when it exists.
    """
    named = {"encoder": encoder} if encoder else {"model_id": model_id}
    same = Space.objects.defer("fitted").filter(
        kind=kind, revision=revision, dimensions=dimensions, **named
    )
    space = same.first()
    if space is None:
        with transaction.atomic():
            lock_until_commit(Lock.SPACE_NEW)
            space = same.first() or _space_create(
                Space(
                    slug=slug,
                    kind=kind,
                    model_id=model_id,
                    revision=revision,
                    dimensions=dimensions,
                    encoder=encoder,
                )
            )
    if space.model_id != model_id:
        space.model_id = model_id
        space.save(update_fields=("model_id",))
    if make_current and not space.is_current:
        space_make_current(space)
    return space


def _space_create(space: Space) -> Space:
    if Space.objects.filter(slug=space.slug).exists():
        space.slug = f"{space.slug}-{space.revision}"[:60]
    space.full_clean()
    space.save()
    return space


def space_make_current(space: Space) -> None:
    """Make this the space of its kind that search uses."""
    with transaction.atomic():
        lock_until_commit(Lock.SPACE_NEW)
        Space.objects.filter(kind=space.kind, is_current=True).update(is_current=False)
        Space.objects.filter(pk=space.pk).update(is_current=True)
    space.is_current = True


def current_space(kind: str) -> Space | None:
    """Return the space of a kind that search uses. One small query."""
    return Space.objects.defer("fitted").filter(kind=kind, is_current=True).first()


def standardise(space: Space, raw: NDArray[np.floating]) -> Vectors:
    """Return raw features as places in the space.

    raw: (n, d). Returns (n, d) float32 of unit length, always finite: features that
    aren't finite count as average. With no fit yet, raw features only get unit length.
    """
    arrays = fitted_arrays(space)
    values = np.asarray(raw, dtype=np.float64)
    if "mean" in arrays:
        values = (values - arrays["mean"]) / arrays["deviation"]
    values = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
    if "mean" in arrays:
        values = values.clip(-CLIP_DEVIATIONS, CLIP_DEVIATIONS)
    lengths = np.linalg.norm(values, axis=1, keepdims=True)
    # A track that is average in everything has no direction: any fixed one will do,
    # as a vector of zeros has no cosine.
    flat = lengths[:, 0] < 1e-9
    values[flat] = 1.0
    lengths[flat] = np.sqrt(values.shape[1])
    return np.asarray(values / lengths, dtype=np.float32)


def embeddings_store(
    space: Space,
    track_ids: Sequence[int],
    vectors: Vectors,
    raw: NDArray[np.floating] | None = None,
) -> None:
    """Insert or replace the vectors of tracks. One statement.

    vectors: (n, d) of unit length; raw: (n, d), what they were standardised from.
    Raises SpaceMismatch where d isn't the space's.
    """
    if not track_ids:
        return
    if vectors.shape != (len(track_ids), space.dimensions):
        raise SpaceMismatch(
            f"{space.slug} takes {space.dimensions} dimensions, got {vectors.shape}"
        )
    raws: list[bytes | None] = [None] * len(track_ids)
    if raw is not None:
        raws = [row.astype("<f4").tobytes() for row in np.asarray(raw)]
    Embedding.objects.bulk_create(
        [
            Embedding(track_id=track, space_id=space.pk, vector=vector, raw=kept)
            for track, vector, kept in zip(track_ids, vectors, raws, strict=True)
        ],
        batch_size=500,
        update_conflicts=True,
        unique_fields=("space", "track"),
        update_fields=("vector", "raw"),
    )


def raw_store(
    space: Space, track_ids: Sequence[int], raw: NDArray[np.floating]
) -> None:
    """Standardise raw features and store them. Call inside a transaction.

    raw: (n, d). Waits while the space is being refitted.
    """
    lock_until_commit(Lock.SPACE_VECTORS, space.pk, is_shared=True)
    # The fit may be newer than the one that the caller's object knows.
    fresh = Space.objects.defer("fitted").get(pk=space.pk)
    embeddings_store(fresh, track_ids, standardise(fresh, raw), raw)


def space_refit_if_due(space: Space, *, is_final: bool = False) -> bool:
    """Refit the space where it has grown enough since its last fit.

    is_final: at the end of an import, when little growth is enough. Costs a count of
    the space's rows.
    """
    count = Embedding.objects.filter(space=space).count()
    fitted = Space.objects.values_list("fitted__count", flat=True).get(pk=space.pk)
    if not is_refit_due(count, fitted or 0, is_final=is_final):
        return False
    space_refit(space)
    return True


def is_refit_due(count: int, fitted_count: int, *, is_final: bool = False) -> bool:
    """Say whether this many tracks are worth a fit, after one on fitted_count."""
    if count < 2 or count == fitted_count:
        return False
    if fitted_count < 2:
        return True
    if is_final:
        return count >= fitted_count * REFIT_FINAL_GROWTH
    if fitted_count < REFIT_RARELY_FROM:
        return count >= fitted_count * REFIT_GROWTH
    return count >= fitted_count * REFIT_RARE_GROWTH


def space_refit(space: Space) -> int:
    """Fit mean and deviation on all tracks of the space, and rewrite its vectors.

    Returns the number of tracks. All in one transaction: readers see all old vectors
    or all new ones, and imports wait. Takes about 0.2 ms a track, and no more memory
    than CHUNK rows need.
    """
    with transaction.atomic():
        lock_until_commit(Lock.SPACE_VECTORS, space.pk)
        count = 0
        total = np.zeros(space.dimensions)
        squares = np.zeros(space.dimensions)
        for _, raw in _raw_chunks(space):
            count += len(raw)
            total += raw.sum(axis=0)
            squares += (raw**2).sum(axis=0)
        if count < 2:
            return count
        mean = total / count
        deviation = np.sqrt(np.maximum(squares / count - mean**2, 0.0))
        floor = np.maximum(MIN_DEVIATION, np.abs(mean) * MIN_DEVIATION)
        parts = {
            "mean": mean.astype(np.float32),
            "deviation": np.maximum(deviation, floor).astype(np.float32),
            "count": count,
        }
        fitted_save(space, parts)
        for ids, raw in _raw_chunks(space):
            _vectors_rewrite(ids, standardise(space, raw))
    return count


def _raw_chunks(space: Space) -> Iterator[tuple[list[int], NDArray[np.float64]]]:
    rows = (
        Embedding.objects.filter(space=space, raw__isnull=False)
        .order_by("pk")
        .values_list("pk", "raw")
    )
    last = 0
    while chunk := list(rows.filter(pk__gt=last)[:CHUNK]):
        ids = [pk for pk, _ in chunk]
        raw = np.stack([np.frombuffer(kept or b"", "<f4") for _, kept in chunk])
        yield ids, np.nan_to_num(raw.astype(np.float64))
        last = ids[-1]


def _vectors_rewrite(ids: list[int], vectors: Vectors) -> None:
    texts = ["[" + ",".join(map(repr, row)) + "]" for row in vectors.tolist()]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE catalog_embedding AS e SET vector = new.vector::vector
            FROM unnest(%s::bigint[], %s::text[]) AS new (id, vector)
            WHERE e.id = new.id
            """,
            [ids, texts],
        )
