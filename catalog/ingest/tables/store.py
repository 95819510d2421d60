"""A batch of rows becomes tracks, set-based: some twenty statements, however many rows.

The rule of this file: a row never takes anything away. Facts of a track that came from
this very row before are replaced; of any other track only gaps are filled. Tags are
added. Within one run the first row of a key gives the facts, and later ones add tags,
so that the same file twice changes nothing.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from catalog.attributes import ATTRIBUTES
from catalog.documents import KnownTrack, known_tracks, track_document
from catalog.ingest.matching import Meeting, tracks_matching
from catalog.ingest.store import artists_ensure, tags_ensure
from catalog.ingest.tables.facts import TableTrack
from catalog.models import Album, Artist, Embedding, Space, Tag, Track, TrackSource
from catalog.names import name_key

KIND: Final = Track.Source.TABLE.value
# Column of catalog_track: its type. What a row gives besides its title.
GIVEN: Final = {
    "released_on": "date",
    "released_precision": "text",
    "year": "int",
    "duration_ms": "int",
    "spotify_id": "text",
    "is_explicit": "boolean",
    "popularity": "int",
    "language": "text",
    "licence": "text",
    "audio_path": "text",
}
TYPES: Final = {
    **dict.fromkeys(ATTRIBUTES, "float"),
    "pitch_class": "int",
    "is_major": "boolean",
}
NAMED: Final = ("title", "key", "song_key", "version", "version_detail")
TRACK_COLUMNS: Final = (
    *("id", "uuid", "source", "cover_path", "document"),
    *("album_id", "isrc", "musicbrainz_id", "attribute_sources", *NAMED),
    *(*GIVEN, *ATTRIBUTES),
)


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


@dataclass
class _Group:
    """The rows of a batch with one key. tags: (kind, name key) to (kind, name)."""

    track: TableTrack
    rows: int = 1
    tags: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    track_id: int = 0
    is_new: bool = False
    has_source: bool = False
    # Whether its facts are to be written, and not its tags alone.
    is_told: bool = True


def batch_store(
    tracks: Sequence[TableTrack], *, origin: str, began: datetime
) -> Counts:
    """Store a batch in the transaction that is open. Returns what its rows were.

    began: when the run did; sources seen since then were told by an earlier row.
    """
    groups = _grouped(tracks)
    with connection.cursor() as cursor:
        _groups_place(groups, origin, began, cursor)
        fresh = [g for g in groups if g.is_new]
        artists, albums = _names_ensure(
            [g.track for g in groups if g.is_told], origin=origin
        )
        _tracks_insert(fresh, artists, albums, origin, cursor)
        told = [g for g in groups if g.is_told and not g.is_new]
        _tracks_update(told, artists, albums, origin, cursor)
        tags = _tag_ids(groups)
        _sources_write(groups, tags, origin, cursor)
        added = _tags_add(groups, tags, cursor)
    touched = {g.track_id for g in told} | (added - {g.track_id for g in fresh})
    _documents_refresh(touched)
    return _counts(groups, added)


def _grouped(tracks: Sequence[TableTrack]) -> list[_Group]:
    groups: dict[str, _Group] = {}
    for track in tracks:
        group = groups.get(track.key)
        if group is None:
            group = groups[track.key] = _Group(track)
        else:
            group.rows += 1
        for kind, name in track.tags:
            group.tags.setdefault((kind, name_key(name)), (kind, name))
    return list(groups.values())


def _groups_place(
    groups: list[_Group], origin: str, began: datetime, cursor: Any
) -> None:
    """Find the track of each group, or give it the id of a new one."""
    sources = TrackSource.objects.filter(
        kind=KIND, origin=origin, key__in=[g.track.key for g in groups]
    )
    here = {source.key: source for source in sources}
    strangers: list[_Group] = []
    for group in groups:
        if (found := here.get(group.track.key)) is None:
            strangers.append(group)
            continue
        group.track_id = found.track_id
        group.has_source = True
        is_news = found.fingerprint != group.track.fingerprint
        group.is_told = is_news and found.seen_at < began
    recordings = [g.track.recording(origin) for g in strangers]
    matching = tracks_matching(recordings)
    meeting = Meeting()
    leaders: list[tuple[_Group, int]] = []
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


def _names_ensure(
    tracks: Sequence[TableTrack], *, origin: str
) -> tuple[dict[str, Artist], dict[tuple[str, int | None], Album]]:
    artists = artists_ensure(
        name for track in tracks for name in (*track.artists, track.album_artist)
    )
    wanted: dict[tuple[str, int | None], tuple[str, int | None]] = {}
    for track in tracks:
        if track.album:
            pair = _album_pair(track, artists)
            wanted.setdefault(pair, (track.album, track.year))
    keys = sorted({key for key, _ in wanted})

    def found() -> dict[tuple[str, int | None], Album]:
        rows = Album.objects.filter(key__in=keys)
        return {(album.key, album.artist_id): album for album in rows}

    albums = found() if keys else {}
    missing = sorted(
        wanted.keys() - albums.keys(), key=lambda pair: (pair[0], pair[1] or 0)
    )
    if missing:
        Album.objects.bulk_create(
            [
                Album(title=wanted[p][0], key=p[0], artist_id=p[1], year=wanted[p][1])
                for p in missing
            ],
            ignore_conflicts=True,
        )
        albums = found()
    return artists, albums


def _album_pair(
    track: TableTrack, artists: dict[str, Artist]
) -> tuple[str, int | None]:
    first = track.album_artist or (track.artists[0] if track.artists else "")
    artist = artists[name_key(first)].pk if first else None
    return name_key(track.album)[:500], artist


def _tracks_insert(
    groups: Sequence[_Group],
    artists: dict[str, Artist],
    albums: dict[tuple[str, int | None], Album],
    origin: str,
    cursor: Any,
) -> None:
    if not groups:
        return
    taken = _identifiers_taken(groups, cursor)
    columns = ", ".join(TRACK_COLUMNS)
    with cursor.copy(f"COPY catalog_track ({columns}) FROM STDIN") as copy:
        for group in groups:
            track = group.track
            album = albums[_album_pair(track, artists)] if track.album else None
            isrc = _first_use(track.isrc, taken)
            musicbrainz_id = _first_use(track.musicbrainz_id, taken)
            sources = dict.fromkeys(track.attributes, origin)
            copy.write_row(
                (
                    group.track_id,
                    uuid.uuid4(),
                    KIND,
                    "",
                    track_document(_known(group, artists, album)),
                    album.pk if album else None,
                    isrc,
                    musicbrainz_id,
                    json.dumps(sources),
                    track.title,
                    name_key(track.title),
                    track.song_key,
                    track.version,
                    track.version_detail,
                    *(getattr(track, name) for name in GIVEN),
                    *(track.attributes.get(name) for name in ATTRIBUTES),
                )
            )
    with cursor.copy(
        "COPY catalog_trackartist (track_id, artist_id, position) FROM STDIN"
    ) as copy:
        for group in groups:
            for credit in _credits(group.track, artists, group.track_id):
                copy.write_row(credit)


def _identifiers_taken(groups: Sequence[_Group], cursor: Any) -> set[str]:
    """Return the identifiers of the batch that other tracks have: they keep them."""
    cursor.execute(
        "SELECT isrc FROM catalog_track WHERE isrc = ANY(%s) UNION ALL "
        "SELECT musicbrainz_id::text FROM catalog_track"
        " WHERE musicbrainz_id = ANY(%s::uuid[])",
        [
            [g.track.isrc for g in groups if g.track.isrc],
            [g.track.musicbrainz_id for g in groups if g.track.musicbrainz_id],
        ],
    )
    return {identifier for (identifier,) in cursor.fetchall()}


def _first_use(identifier: str | None, taken: set[str]) -> str | None:
    if identifier is None or identifier in taken:
        return None
    taken.add(identifier)
    return identifier


def _credits(
    track: TableTrack, artists: dict[str, Artist], track_id: int
) -> Iterable[tuple[int, int, int]]:
    ids = dict.fromkeys(artists[name_key(name)].pk for name in track.artists)
    return [(track_id, artist_id, place) for place, artist_id in enumerate(ids)]


def _known(
    group: _Group, artists: dict[str, Artist], album: Album | None
) -> KnownTrack:
    track = group.track
    tags: dict[str, list[str]] = {kind: [] for kind in Tag.Kind.values}
    for kind, name in sorted(group.tags.values()):
        tags[kind].append(name)
    heard = {name: track.attributes.get(name) for name in ATTRIBUTES}
    return KnownTrack(
        title=track.title,
        artists=tuple(
            dict.fromkeys(artists[name_key(name)].name for name in track.artists)
        ),
        album=album.title if album else "",
        year=track.year,
        genres=tuple(tags[Tag.Kind.GENRE]),
        moods=tuple(tags[Tag.Kind.MOOD]),
        themes=tuple(tags[Tag.Kind.THEME]),
        instruments=tuple(tags[Tag.Kind.INSTRUMENT]),
        **{
            name: heard[name]  # type: ignore[arg-type]
            for name in (
                *("tempo_bpm", "pitch_class", "is_major", "energy", "valence"),
                *("danceability", "acousticness", "instrumentalness"),
            )
        },
    )


def _tracks_update(
    groups: Sequence[_Group],
    artists: dict[str, Artist],
    albums: dict[tuple[str, int | None], Album],
    origin: str,
    cursor: Any,
) -> None:
    """Replace the facts of this table's own tracks; fill the gaps of others."""
    if not groups:
        return
    taken = _identifiers_taken(groups, cursor)
    firsts = _first_keys([group.track_id for group in groups], origin, cursor)
    rows: dict[int, dict[str, Any]] = {}
    for group in groups:
        track = group.track
        album = albums[_album_pair(track, artists)] if track.album else None
        # Of two rows that are one track the first is told; no update sees both.
        rows.setdefault(
            group.track_id,
            {
                "id": group.track_id,
                "is_own": firsts.get(group.track_id) == track.key,
                "album_id": album.pk if album else None,
                "isrc": _first_use(track.isrc, taken),
                "musicbrainz_id": _first_use(track.musicbrainz_id, taken),
                "key": name_key(track.title),
                "sources": dict.fromkeys(track.attributes, origin),
                **{name: getattr(track, name) for name in NAMED if name != "key"},
                **{name: getattr(track, name) for name in GIVEN},
                **{name: track.attributes.get(name) for name in ATTRIBUTES},
            },
        )
    cursor.execute(_UPDATE, [json.dumps(list(rows.values()), default=str)])
    own = {pk for (pk,) in cursor.fetchall() if pk is not None}
    mine = [g for g in groups if g.track_id in own]
    credits = [c for g in mine for c in _credits(g.track, artists, g.track_id)]
    cursor.execute(
        "DELETE FROM catalog_trackartist WHERE track_id = ANY(%s)", [sorted(own)]
    )
    if credits:
        cursor.executemany(
            "INSERT INTO catalog_trackartist (track_id, artist_id, position)"
            " VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            credits,
        )


def _first_keys(
    track_ids: Sequence[int | None], origin: str, cursor: Any
) -> dict[int, str]:
    """Return the keys by track of those that this table brought first of all."""
    cursor.execute(
        """
        SELECT track_id, key FROM (
          SELECT DISTINCT ON (track_id) track_id, kind, origin, key
          FROM catalog_tracksource WHERE track_id = ANY(%s)
          ORDER BY track_id, id
        ) AS first WHERE kind = %s AND origin = %s
        """,
        [list(track_ids), KIND, origin],
    )
    return dict(cursor.fetchall())


def _update_sql() -> str:
    types = {
        **dict.fromkeys((*NAMED, "isrc"), "text"),
        **{"is_own": "boolean"},
        **{"id": "bigint", "album_id": "bigint", "musicbrainz_id": "uuid"},
        **{"sources": "jsonb", **GIVEN, **TYPES},
    }
    columns = ", ".join(f'"{name}" {kind}' for name, kind in types.items())
    own = "s.is_own"
    gap = "(t.{0} IS NULL OR t.{0}::text = '')"
    sets = [f"{n} = CASE WHEN {own} THEN s.{n} ELSE t.{n} END" for n in NAMED]
    sets += [
        f"{n} = CASE WHEN {own} OR {gap.format(n)} THEN s.{n} ELSE t.{n} END"
        for n in (*GIVEN, "album_id")
    ]
    sets += [f"{n} = COALESCE(t.{n}, s.{n})" for n in ("isrc", "musicbrainz_id")]
    # An attribute that was measured since stays, also in the table's own track.
    from_here = "(t.attribute_sources->>'{0}' = s.sources->>'{0}')"
    sets += [
        f"{n} = CASE WHEN t.{n} IS NULL OR ({own} AND {from_here.format(n)})"
        f" THEN COALESCE(s.{n}, t.{n}) ELSE t.{n} END"
        for n in ATTRIBUTES
    ]
    given = ", ".join(f"'{n}', t.{n}" for n in ATTRIBUTES)
    sets += [
        # What was a gap gets this table's name; what stays keeps its own.
        "attribute_sources = (SELECT COALESCE(jsonb_object_agg(k, v), '{}') FROM"  # noqa: S608
        " jsonb_each(s.sources) AS new(k, v)"
        f" WHERE jsonb_build_object({given})->k = 'null'::jsonb)"
        " || t.attribute_sources"
    ]
    assigned = ", ".join(sets)
    # All of it is written from the constants above.
    return (
        f"UPDATE catalog_track t SET {assigned}"  # noqa: S608
        f" FROM jsonb_to_recordset(%s::jsonb) AS s({columns})"
        " WHERE t.id = s.id"
        " RETURNING CASE WHEN s.is_own THEN t.id END"
    )


_UPDATE: Final = _update_sql()


def _tag_ids(groups: Sequence[_Group]) -> list[list[int]]:
    """Return for each group the ids of its tags, made where they are new."""
    named = {pair: name for g in groups for pair, name in g.tags.items()}
    ids = {(tag.kind, tag.key): tag.pk for tag in tags_ensure(named.values())}
    return [sorted(ids[pair] for pair in group.tags) for group in groups]


def _sources_write(
    groups: Sequence[_Group], tags: Sequence[list[int]], origin: str, cursor: Any
) -> None:
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


def _tags_add(
    groups: Sequence[_Group], tags: Sequence[list[int]], cursor: Any
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


def _counts(groups: Sequence[_Group], added: set[int]) -> Counts:
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
