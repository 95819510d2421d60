"""Groups of rows become tracks: a COPY of those that are new, an UPDATE of the others.

The rule of this file: what a row tells of a track stands in `_told`, and its columns in
COLUMNS, once for both. A table replaces the facts of tracks that it brought itself; of
others it fills the gaps.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Sequence
from typing import Any, Final

from catalog.attributes import ATTRIBUTES
from catalog.documents import KnownTrack, track_document
from catalog.ingest.tables.groups import KIND, Group
from catalog.ingest.tables.names import Names
from catalog.models import Tag
from catalog.names import name_key

# Column of catalog_track: its type. What a row gives besides its title.
GIVEN: Final = {
    "released_on": "date",
    "released_precision": "text",
    "year": "int",
    "duration_ms": "int",
    "spotify_id": "text",
    **dict.fromkeys(("youtube_id", "apple_music_id", "deezer_id"), "text"),
    "is_explicit": "boolean",
    "popularity": "int",
    "language": "text",
    "licence": "text",
    "audio_path": "text",
}
NAMED: Final = ("title", "key", "song_key", "version", "version_detail")
# Column of catalog_track: its type. All that a row tells.
COLUMNS: Final = {
    **dict.fromkeys(NAMED, "text"),
    "album_id": "bigint",
    "isrc": "text",
    "musicbrainz_id": "uuid",
    "attribute_sources": "jsonb",
    **GIVEN,
    **dict.fromkeys(ATTRIBUTES, "float"),
    "pitch_class": "int",
    "is_major": "boolean",
}


def tracks_insert(
    groups: Sequence[Group], names: Names, origin: str, cursor: Any
) -> None:
    """Make the tracks of new groups, with their credits."""
    if not groups:
        return
    taken = _identifiers_taken(groups, cursor)
    made = ("id", "uuid", "source", "cover_path", "document")
    columns = ", ".join((*made, *COLUMNS))
    with cursor.copy(f"COPY catalog_track ({columns}) FROM STDIN") as copy:
        for group in groups:
            document = track_document(_known(group, names))
            told = _told(group, names, origin, taken)
            told["attribute_sources"] = json.dumps(told["attribute_sources"])
            copy.write_row(
                (
                    *(group.track_id, uuid.uuid4(), KIND, "", document),
                    *(told[column] for column in COLUMNS),
                )
            )
    with cursor.copy(
        "COPY catalog_trackartist (track_id, artist_id, position) FROM STDIN"
    ) as copy:
        for group in groups:
            for credit in _credits(group, names):
                copy.write_row(credit)


def _told(group: Group, names: Names, origin: str, taken: set[str]) -> dict[str, Any]:
    """Return what a group tells, by column. taken: identifiers, added to."""
    track, album = group.track, names.album_of(group.track)
    return {
        "title": track.title,
        "key": name_key(track.title),
        "song_key": group.song_key,
        "version": track.version,
        "version_detail": track.version_detail,
        "album_id": album.pk if album else None,
        "isrc": _first_use(track.isrc, taken),
        "musicbrainz_id": _first_use(track.musicbrainz_id, taken),
        "attribute_sources": dict.fromkeys(track.attributes, origin),
        **{name: getattr(track, name) for name in GIVEN},
        **{name: track.attributes.get(name) for name in ATTRIBUTES},
    }


def _identifiers_taken(groups: Sequence[Group], cursor: Any) -> set[str]:
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


def _credits(group: Group, names: Names) -> Iterable[tuple[int, int, int]]:
    artists = names.artists_of(group.track)
    return [(group.track_id, a.pk, place) for place, a in enumerate(artists)]


def _known(group: Group, names: Names) -> KnownTrack:
    track, album = group.track, names.album_of(group.track)
    tags: dict[str, list[str]] = {kind: [] for kind in Tag.Kind.values}
    for kind, name in sorted(group.tags.values()):
        tags[kind].append(name)
    heard = {name: track.attributes.get(name) for name in ATTRIBUTES}
    return KnownTrack(
        title=track.title,
        artists=tuple(artist.name for artist in names.artists_of(track)),
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


def tracks_update(
    groups: Sequence[Group], names: Names, origin: str, cursor: Any
) -> None:
    """Replace the facts of this table's own tracks; fill the gaps of others."""
    if not groups:
        return
    taken = _identifiers_taken(groups, cursor)
    firsts = _first_keys([group.track_id for group in groups], origin, cursor)
    rows: dict[int, dict[str, Any]] = {}
    for group in groups:
        told = _told(group, names, origin, taken)
        is_own = firsts.get(group.track_id) == group.track.key
        # Of two rows that are one track the first is told; no update sees both.
        rows.setdefault(
            group.track_id, {"id": group.track_id, "is_own": is_own, **told}
        )
    cursor.execute(_UPDATE, [json.dumps(list(rows.values()), default=str)])
    own = {pk for (pk,) in cursor.fetchall() if pk is not None}
    credits = [c for g in groups if g.track_id in own for c in _credits(g, names)]
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
    types = {"id": "bigint", "is_own": "boolean", **COLUMNS}
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
    from_here = "(t.attribute_sources->>'{0}' = s.attribute_sources->>'{0}')"
    sets += [
        f"{n} = CASE WHEN t.{n} IS NULL OR ({own} AND {from_here.format(n)})"
        f" THEN COALESCE(s.{n}, t.{n}) ELSE t.{n} END"
        for n in ATTRIBUTES
    ]
    given = ", ".join(f"'{n}', t.{n}" for n in ATTRIBUTES)
    sets += [
        # What was a gap gets this table's name; what stays keeps its own.
        "attribute_sources = (SELECT COALESCE(jsonb_object_agg(k, v), '{}') FROM"  # noqa: S608
        " jsonb_each(s.attribute_sources) AS new(k, v)"
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
