"""Features that an earlier revision measured alike: taken over, not listened to again."""

from __future__ import annotations

from django.db import connection, transaction

from catalog.advisory import Lock, lock_until_commit
from catalog.encoders import revisions_alike
from catalog.models import Embedding, Space
from catalog.spaces import space_refit


def raw_inherit(space: Space) -> int:
    """Fill an empty space with the raw features of earlier revisions that are the same.

    Tracks that were to be embedded anew there are left to be listened to. Returns how
    many tracks the space then holds, 0 where it holds some already. One statement, and
    a refit: about 0.3 ms a track, once after an upgrade.
    """
    revisions = revisions_alike(space.encoder, space.revision)
    earlier = Embedding.objects.filter(
        space__encoder=space.encoder,
        space__revision__in=revisions,
        space__dimensions=space.dimensions,
        raw__isnull=False,
    )
    if not earlier.exists() or space.embeddings.exists():
        return 0
    with transaction.atomic():
        lock_until_commit(Lock.SPACE_VECTORS, space.pk)
        with connection.cursor() as cursor:
            cursor.execute(
                """
                INSERT INTO catalog_embedding (space_id, track_id, vector, raw, created_at)
                SELECT %s, e.track_id, e.vector, e.raw, now()
                FROM catalog_embedding AS e JOIN catalog_space AS s ON s.id = e.space_id
                WHERE s.encoder = %s AND s.revision = ANY(%s) AND s.dimensions = %s
                    AND e.raw IS NOT NULL AND NOT EXISTS (
                        SELECT FROM catalog_embeddingwanted AS w
                        WHERE w.space_id = e.space_id AND w.track_id = e.track_id
                    )
                ON CONFLICT DO NOTHING
                """,
                [space.pk, space.encoder, list(revisions), space.dimensions],
            )
        # Until here the vectors are the other space's.
        return space_refit(space)
