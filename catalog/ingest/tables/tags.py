"""Which tags a batch's rows state, and where each row is remembered as a source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

from catalog.ingest.store import tags_ensure
from catalog.ingest.tables.groups import KIND, Group


def tag_ids(groups: Sequence[Group]) -> list[list[int]]:
    """Return for each group the ids of its tags, made where they are new."""
    named = {pair: name for g in groups for pair, name in g.tags.items()}
    ids = {(tag.kind, tag.key): tag.pk for tag in tags_ensure(named.values())}
    return [sorted(ids[pair] for pair in group.tags) for group in groups]


def sources_write(
    groups: Sequence[Group], tags: Sequence[list[int]], origin: str, cursor: Any
) -> None:
    """Note of each group that it was seen now, what it told, and the tags it stated."""
    # The clock of the process, as `began` is: a transaction's own stands still.
    now = timezone.now()
    rows = list(zip(groups, tags, strict=True))
    known = [(g, ids) for g, ids in rows if g.has_source]
    fresh = [(g, ids) for g, ids in rows if not g.has_source]
    cursor.execute(
        """
        UPDATE catalog_tracksource src
        SET seen_at = %s, vanished_at = NULL,
            fingerprint = COALESCE(new.fingerprint, src.fingerprint),
            -- What isn't known stays so, as other tables may have stated more of it.
            tags = CASE WHEN src.tags IS NOT NULL THEN
              ARRAY(SELECT DISTINCT unnest(src.tags || new.tags::bigint[])) END
        FROM unnest(%s::text[], %s::text[], %s::text[]) AS new (key, fingerprint, tags)
        WHERE src.kind = %s AND src.origin = %s AND src.key = new.key
        """,
        [
            now,
            [g.track.key for g, _ in known],
            [g.track.fingerprint if g.is_told else None for g, _ in known],
            [_array(ids) for _, ids in known],
            KIND,
            origin,
        ],
    )
    columns = "track_id, kind, origin, key, fingerprint, content_hash, tags, seen_at"
    with cursor.copy(f"COPY catalog_tracksource ({columns}) FROM STDIN") as copy:
        for group, ids in fresh:
            key, fingerprint = group.track.key, group.track.fingerprint
            row = (group.track_id, KIND, origin, key, fingerprint, "", _array(ids), now)
            copy.write_row(row)


def _array(ids: Iterable[int]) -> str:
    return "{" + ",".join(map(str, ids)) + "}"


def tags_add(
    groups: Sequence[Group], tags: Sequence[list[int]], cursor: Any
) -> set[int]:
    """Add the tags that tracks lack. Returns the tracks that got any."""
    rows = zip(groups, tags, strict=True)
    pairs = sorted({(g.track_id, tag) for g, ids in rows for tag in ids})
    cursor.execute(
        """
        INSERT INTO catalog_track_tags (track_id, tag_id)
        SELECT * FROM unnest(%s::bigint[], %s::bigint[])
        ON CONFLICT DO NOTHING RETURNING track_id
        """,
        [[track for track, _ in pairs], [tag for _, tag in pairs]],
    )
    return {track for (track,) in cursor.fetchall()}
