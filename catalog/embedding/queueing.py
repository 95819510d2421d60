"""Have a space filled by the background workers.

The rule of this file: `Space.is_filling` says that the work was asked for and isn't
done; jobs only wake workers, and the sweeper queues those that were lost.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from catalog.advisory import Lock
from catalog.embedding.wanted import embed_again
from catalog.models import Space
from catalog.slots import Slots, job_enqueue
from catalog.spaces import current_space

logger = logging.getLogger(__name__)

SPACE_SLOTS = Slots("embed", "catalog.jobs.embed_space", Lock.EMBED_SLOT)
FOLLOW_JOB = "catalog.jobs.embed_after_import"


@dataclass(frozen=True)
class Queued:
    """What was queued: tracks to be embedded anew, and jobs."""

    again: int
    jobs: int


def embed_enqueue(
    space: Space, *, track_ids: Sequence[int] | None = None, again: bool = False
) -> Queued:
    """Have a space filled in the background with the tracks that lack in it.

    again: tracks that have a vector, or that failed, are embedded anew as well: those
    of track_ids, or all with audio. Their vectors serve until the new ones are there.
    Call after the rows that it is about are committed.
    """
    count = embed_again(space, track_ids=track_ids) if again else 0
    Space.objects.filter(pk=space.pk).update(is_filling=True)
    return Queued(again=count, jobs=SPACE_SLOTS.fill(space.pk))


def embeds_sweep() -> int:
    """Queue jobs again for spaces that are being filled and have none. How many."""
    total = 0
    filling = Space.objects.filter(is_filling=True).order_by("pk")
    for pk, slug in filling.values_list("pk", "slug"):
        if count := SPACE_SLOTS.fill(pk):
            logger.warning("space %s is not filled: queued %s jobs again", slug, count)
        total += count
    return total


def follow_import() -> bool:
    """Have the spaces of larger encoders filled after an import. Says if any are.

    They are the one that AUDIO_ENCODER names and the current one; the descriptors'
    was filled by the import itself.
    """
    current = current_space(Space.Kind.AUDIO)
    in_use = {settings.AUDIO_ENCODER, current.encoder if current else ""}
    if not in_use - {"", "descriptors"}:
        return False
    job_enqueue(FOLLOW_JOB, id_start="follow-")
    return True
