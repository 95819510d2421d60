"""Which track a source belongs to.

The rule of this file: a track is a recording, and its sound says which. A file keeps its
track by its path, until the sound that lies there is known to be another's. Sound that
turns up elsewhere takes its row along where it came from is gone (a move), and is one
more source where it isn't (a copy). Only then are ids and names asked.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path

from catalog.advisory import Lock, lock_until_commit
from catalog.aliases import artists_aliased
from catalog.ingest.facts import TrackFacts
from catalog.ingest.folder import file_fingerprint
from catalog.ingest.matching import Recording, track_matching
from catalog.models import Track, TrackSource
from catalog.names import name_key
from catalog.versions import song_key_of, title_parts

KEY_MASK = 2**31 - 1


@dataclass(frozen=True)
class Found:
    """The row of a source. left: the track that it belonged to, if it's another's now.

    source.track_id is None for what nobody has brought yet. left_tags: ids of the tags
    that it stated of that track, where no other row took its statement over.
    """

    source: TrackSource
    left: int | None = None
    left_tags: tuple[int, ...] = ()


def source_find(facts: TrackFacts) -> Found:
    """Return the row of where facts come from, new and unsaved where there is none.

    Call in a transaction: until it ends, whoever brings the same recording waits.
    Four to seven short queries.
    """
    recording = _recording(facts)
    _lock(facts, recording.song_key)
    mine = _row(facts)
    if mine is not None and mine.content_hash in ("", facts.content_hash):
        return Found(mine)
    if facts.content_hash:
        known = TrackSource.objects.filter(content_hash=facts.content_hash)
        rows = list(known.select_related("track").order_by("pk"))
        for row in rows:
            if has_moved(row):
                return _take_over(row, mine, facts)
        if rows:
            return _assigned(mine, facts, rows[0].track)
    track = _track_known_as(recording)
    if track is not None:
        return _assigned(mine, facts, track)
    return Found(mine or _new_row(facts))


def has_moved(source: TrackSource) -> bool:
    """Say whether a file's sound no longer lies where its row says."""
    if source.kind != Track.Source.FILE:
        return False
    try:
        status = Path(source.key).stat()
    except OSError:
        return True
    return file_fingerprint(status) != source.fingerprint


def _take_over(row: TrackSource, mine: TrackSource | None, facts: TrackFacts) -> Found:
    """Let a moved row follow its sound to the path of the facts."""
    if mine is None:
        row.key = facts.source_key
        return Found(row)
    # Files that changed places: their rows do so too, so that neither loses its track.
    left = mine.track_id
    mine.track, row.track = row.track, mine.track
    row.content_hash, row.fingerprint = mine.content_hash, ""
    # What was stated of a track goes with it.
    mine.tags, row.tags = row.tags, mine.tags
    row.save(update_fields=("track", "content_hash", "fingerprint", "tags"))
    return Found(mine, left if left != mine.track_id else None)


def _assigned(mine: TrackSource | None, facts: TrackFacts, track: Track) -> Found:
    source = mine or _new_row(facts)
    left = source.track_id
    source.track = track
    if left in (None, track.pk):
        return Found(source)
    stated, source.tags = tuple(source.tags or ()), []
    return Found(source, left, stated)


def _row(facts: TrackFacts) -> TrackSource | None:
    rows = TrackSource.objects.select_related("track")
    return rows.filter(
        kind=facts.source, origin=facts.origin, key=facts.source_key
    ).first()


def _new_row(facts: TrackFacts) -> TrackSource:
    return TrackSource(kind=facts.source, origin=facts.origin, key=facts.source_key)


def _track_known_as(recording: Recording) -> Track | None:
    """Return the track that a recording's ids or words name.

    The path isn't asked: it had its turn, and holds another sound now.
    """
    track_id = track_matching(recording)
    return Track.objects.filter(pk=track_id).first() if track_id else None


def _recording(facts: TrackFacts) -> Recording:
    parts = title_parts(facts.title)
    keys = [name_key(name) for name in facts.artists[:1]]
    # An artist who was merged into another one: their songs have the other's name now.
    keys = [artist.key for artist in artists_aliased(keys).values()] or keys
    return Recording(
        kind=facts.source,
        origin=facts.origin,
        key="",
        song_key=song_key_of(parts, keys),
        version=parts.version,
        version_detail=parts.detail,
        duration_ms=facts.duration_ms,
        isrc=facts.isrc,
        musicbrainz_id=str(facts.musicbrainz_id) if facts.musicbrainz_id else None,
    )


def _lock(facts: TrackFacts, song_key: str) -> None:
    """Wait for others that bring the same: path, sound, id or song."""
    names = (
        f"{facts.source} {facts.origin} {facts.source_key}",
        facts.content_hash,
        facts.isrc or "",
        str(facts.musicbrainz_id or ""),
        song_key,
    )
    keys = {zlib.crc32(name.encode()) & KEY_MASK for name in names if name}
    # In one order, so that two workers never wait for each other in a ring.
    for key in sorted(keys):
        lock_until_commit(Lock.RECORDING, key)
