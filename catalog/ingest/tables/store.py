"""A batch of rows becomes tracks, set-based: some twenty statements, however many rows.

The rule of this file: a row never takes anything away. Facts of a track that came from
this very row before are replaced; of any other track only gaps are filled. Tags are
added. Within one run the first row of a key gives the facts, and later ones add tags,
so that the same file twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from catalog.documents import known_tracks, track_document
from catalog.ingest.tables.facts import TableTrack
from catalog.ingest.tables.groups import Group, grouped, groups_place
from catalog.ingest.tables.names import names_ensure
from catalog.ingest.tables.tags import sources_write, tag_ids, tags_add
from catalog.ingest.tables.tracks import tracks_insert, tracks_update
from catalog.models import Embedding, Space, Track


@dataclass
class Counts:
    """How many rows were what. They add up to the rows read."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0

    def add(self, other: Counts) -> None:
        """Add another count to this one."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    @property
    def total(self) -> int:
        """Return how many rows there were."""
        return sum(vars(self).values())


def batch_store(
    tracks: Sequence[TableTrack], *, origin: str, began: datetime
) -> Counts:
    """Store a batch in the transaction that is open. Returns what its rows were.

    began: when the run did; sources seen since then were told by an earlier row.
    """
    groups = grouped(tracks)
    with connection.cursor() as cursor:
        groups_place(groups, origin, began, cursor)
        names = names_ensure([g.track for g in groups if g.is_told])
        fresh = [g for g in groups if g.is_new]
        tracks_insert(fresh, names, origin, cursor)
        told = [g for g in groups if g.is_told and not g.is_new]
        tracks_update(told, names, origin, cursor)
        tags = tag_ids(groups)
        sources_write(groups, tags, origin, cursor)
        added = tags_add(groups, tags, cursor)
    _documents_refresh(
        {g.track_id for g in told} | (added - {g.track_id for g in fresh})
    )
    return _counts(groups, added)


def _documents_refresh(track_ids: set[int]) -> None:
    """Write anew what is known of tracks that were here before, in words."""
    if not track_ids:
        return
    before = dict(Track.objects.filter(pk__in=track_ids).values_list("pk", "document"))
    after = {pk: track_document(known) for pk, known in known_tracks(track_ids).items()}
    changed = sorted(pk for pk, document in after.items() if document != before[pk])
    if not changed:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE catalog_track t SET document = new.document
            FROM unnest(%s::bigint[], %s::text[]) AS new (id, document)
            WHERE t.id = new.id
            """,
            [changed, [after[pk] for pk in changed]],
        )
    Embedding.objects.filter(track__in=changed, space__kind=Space.Kind.TEXT).delete()


def _counts(groups: Sequence[Group], added: set[int]) -> Counts:
    counts = Counts()
    for group in groups:
        rest = group.rows - 1
        if group.is_new:
            counts.new += 1
        elif group.is_told or (group.track_id in added and group.tags):
            counts.changed += 1
        else:
            counts.unchanged += 1
        # Further rows of the same key told nothing new but tags.
        counts.unchanged += rest
    return counts
