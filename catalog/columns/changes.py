"""What changed in the catalog since a reader last looked.

The rule of this file: a change is missed in no case, and may come twice. Transactions
commit in another order than they begin. A reader therefore remembers which was the
oldest that still ran when it looked, and asks again for all from there on but those
that it has seen.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from catalog.models import TrackChange

# How long changes are kept. Who looked away for longer reads everything anew.
KEPT = timedelta(days=2)


@dataclass(frozen=True)
class Mark:
    """Up to where a reader knows what changed.

    transaction: the oldest that ran then. seen: later ones whose changes it has. table:
    which incarnation of the table it read: TRUNCATE makes another. at: when it looked,
    in Unix seconds, by the database's clock.
    """

    transaction: int
    table: int
    at: float
    seen: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Changes:
    """What a look brought. tracks: None where everything is to be read anew.

    spaces: id and version (the row's xmin) of each current space, so that a reader sees
    whether those that it holds are still as they were. is_private: this connection's
    own transaction has written, and may yet take it back.
    """

    mark: Mark
    tracks: Collection[int] | None
    spaces: tuple[str, ...]
    is_private: bool


def changes_since(mark: Mark | None) -> Changes:
    """Look what changed since a mark, None for the first look. One query."""
    since = None if mark is None else mark.transaction
    seen = [] if mark is None else sorted(mark.seen)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
                   pg_relation_filenode('catalog_track')::bigint,
                   extract(epoch FROM clock_timestamp()),
                   pg_current_xact_id_if_assigned() IS NOT NULL,
                   transactions, tracks,
                   ARRAY(
                       SELECT id || '@' || xmin FROM catalog_space
                       WHERE is_current ORDER BY id
                   )
            FROM (
                SELECT array_agg(DISTINCT transaction) AS transactions,
                       array_agg(DISTINCT track) AS tracks
                FROM catalog_trackchange
                WHERE transaction >= coalesce(
                    %s::bigint, pg_snapshot_xmin(pg_current_snapshot())::text::bigint
                ) AND transaction <> ALL (%s::bigint[])
            ) AS changed
            """,
            [since, seen],
        )
        oldest, table, now, is_private, transactions, tracks, spaces = cursor.fetchone()
    came = frozenset(transactions or ())
    known = came if mark is None else came | mark.seen
    new = Mark(
        transaction=oldest,
        table=table,
        at=float(now),
        seen=frozenset(t for t in known if t >= oldest),
    )
    is_whole = (
        mark is None
        or mark.table != table
        or new.at - mark.at > KEPT.total_seconds() / 2
    )
    return Changes(new, None if is_whole else (tracks or ()), tuple(spaces), is_private)


def changes_forget() -> int:
    """Delete changes that are older than anyone may ask for. Returns how many."""
    old = TrackChange.objects.filter(at__lt=timezone.now() - KEPT)
    return old.delete()[0]
