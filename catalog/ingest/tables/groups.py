"""The rows of a batch that tell of one thing, and which track of the catalog that is.

The rule of this file: rows of one key are one group, told by the first of them; groups
meet tracks, and each other, as if they had come one after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from catalog.aliases import artists_aliased
from catalog.ingest.matching import Meeting, tracks_matching
from catalog.ingest.tables.facts import TableTrack
from catalog.models import Track, TrackSource
from catalog.names import name_key
from catalog.versions import song_key

KIND: Final = Track.Source.TABLE.value


@dataclass
class Group:
    """The rows of a batch with one key. tags: (kind, name key) to (kind, name)."""

    track: TableTrack
    rows: int = 1
    tags: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    track_id: int = 0
    is_new: bool = False
    has_source: bool = False
    # Whether its facts are to be written, and not its tags alone.
    is_told: bool = True
    # The track's own, or where its artist was merged, what their songs have now.
    song_key: str = ""


def grouped(tracks: Sequence[TableTrack]) -> list[Group]:
    """Put the rows of one key together, in the order of their first rows."""
    groups: dict[str, Group] = {}
    for track in tracks:
        group = groups.get(track.key)
        if group is None:
            group = groups[track.key] = Group(track, song_key=track.song_key)
        else:
            group.rows += 1
        for kind, name in track.tags:
            group.tags.setdefault((kind, name_key(name)), (kind, name))
    _songs_follow(groups.values())
    return list(groups.values())


def _songs_follow(groups: Iterable[Group]) -> None:
    """Let songs of artists who were merged be kin of the kept one's. One query."""
    firsts = [(g, name_key(g.track.artists[0])) for g in groups if g.track.artists]
    aliased = artists_aliased({key for _, key in firsts})
    for group, key in firsts:
        if key in aliased:
            group.song_key = song_key(group.track.title, [aliased[key].key])


def groups_place(
    groups: list[Group], origin: str, began: datetime, cursor: Any
) -> None:
    """Find the track of each group, or give it the id of a new one."""
    sources = TrackSource.objects.filter(
        kind=KIND, origin=origin, key__in=[g.track.key for g in groups]
    )
    here = {source.key: source for source in sources}
    strangers: list[Group] = []
    for group in groups:
        if (found := here.get(group.track.key)) is None:
            strangers.append(group)
            continue
        group.track_id = found.track_id
        group.has_source = True
        is_news = found.fingerprint != group.track.fingerprint
        group.is_told = is_news and found.seen_at < began
    recordings = [
        replace(g.track.recording(origin), song_key=g.song_key) for g in strangers
    ]
    matching = tracks_matching(recordings)
    meeting = Meeting()
    leaders: list[tuple[Group, int]] = []
    for place, (group, recording, match) in enumerate(
        zip(strangers, recordings, matching, strict=True)
    ):
        if match is not None:
            group.track_id = match
        elif (met := meeting.meet(place, recording)) == place:
            group.is_new = True
            leaders.append((group, place))
        else:
            group.track_id = -1 - met
    ids = _ids_take(len(leaders), cursor)
    by_place = {place: pk for (_, place), pk in zip(leaders, ids, strict=True)}
    for group, place in leaders:
        group.track_id = by_place[place]
    for group in strangers:
        if group.track_id < 0:
            group.track_id = by_place[-1 - group.track_id]


def _ids_take(count: int, cursor: Any) -> list[int]:
    cursor.execute(
        "SELECT nextval(pg_get_serial_sequence('catalog_track', 'id'))"
        " FROM generate_series(1, %s)",
        [count],
    )
    return [pk for (pk,) in cursor.fetchall()]
