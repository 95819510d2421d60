"""Versions as they are written: each with what shows it, in one statement.

By hand, since most turns of a talk write one, and the ORM's way takes three statements.
Whoever calls has checked what is written, but for whether tracks are in the catalog, and
holds the list where there is one.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from playlists.edits import Content
from playlists.models import Playlist, PlaylistVersion

_BEGIN = """
    WITH numbers AS MATERIALIZED (
        SELECT nextval(pg_get_serial_sequence('playlists_playlist', 'id')) AS playlist,
               nextval(pg_get_serial_sequence('playlists_playlistversion', 'id'))
                   AS version
    ), made AS (
        INSERT INTO playlists_playlist (id, uuid, owner_id, current_id, created_at,
                                        updated_at)
        SELECT playlist, %(uuid)s, %(owner)s, version, %(now)s, %(now)s FROM numbers
    )
    INSERT INTO playlists_playlistversion (id, playlist_id, number, title, description,
                                           track_ids, author, words, created_at)
    SELECT version, playlist, 1, %(title)s, %(description)s, %(tracks)s::bigint[],
           %(author)s, %(words)s, %(now)s
    FROM numbers
    RETURNING id, playlist_id
"""
_GO_ON = """
    WITH made AS (
        INSERT INTO playlists_playlistversion (playlist_id, number, parent_id,
                                               stands_for_id, title, description,
                                               track_ids, author, words, created_at)
        SELECT %(playlist)s, 1 + max(number), %(parent)s, %(stands_for)s, %(title)s,
               %(description)s, %(tracks)s::bigint[], %(author)s, %(words)s, %(now)s
        FROM playlists_playlistversion WHERE playlist_id = %(playlist)s
        HAVING cardinality(%(new)s::bigint[]) = (
            SELECT count(*) FROM catalog_track WHERE id = ANY(%(new)s::bigint[])
        )
        RETURNING id, number
    ), shown AS (
        UPDATE playlists_playlist SET current_id = made.id, updated_at = %(now)s
        FROM made WHERE playlists_playlist.id = %(playlist)s
    )
    SELECT id, number FROM made
"""


class UnknownTrack(Exception):
    """A track that is to be written isn't in the catalog."""


def playlist_write(
    *, owner_id: int, content: Content, author: str, words: str = ""
) -> Playlist:
    """Write a playlist and its first version, which it shows."""
    playlist = Playlist(uuid=uuid4(), owner_id=owner_id)
    version = _version(content, number=1, author=author, words=words)
    given = {"uuid": playlist.uuid, "owner": owner_id, **_values(version)}
    version.pk, playlist.pk = _told(_BEGIN, given)
    playlist.created_at = playlist.updated_at = version.created_at
    return _shown(playlist, version)


def version_write(
    playlist: Playlist,
    *,
    content: Content,
    parent_id: int | None,
    author: str,
    words: str,
    stands_for_id: int | None = None,
    new: Collection[int] = frozenset(),
) -> PlaylistVersion:
    """Write the next version of a playlist, which it shows from now on.

    new: tracks of it, each once, that may not be in the catalog. Raises UnknownTrack.
    """
    version = _version(content, author=author, words=words)
    version.parent_id, version.stands_for_id = parent_id, stands_for_id
    given = {
        "playlist": playlist.pk,
        "parent": parent_id,
        "stands_for": stands_for_id,
        "new": list(new),
        **_values(version),
    }
    version.pk, version.number = _told(_GO_ON, given)
    playlist.updated_at = version.created_at
    _shown(playlist, version)
    return version


def _version(content: Content, **fields: Any) -> PlaylistVersion:
    return PlaylistVersion(
        title=content.title,
        description=content.description,
        track_ids=list(content.tracks),
        created_at=timezone.now(),
        **fields,
    )


def _values(version: PlaylistVersion) -> dict[str, Any]:
    return {
        "title": version.title,
        "description": version.description,
        "tracks": version.track_ids,
        "author": str(version.author),
        "words": version.words,
        "now": version.created_at,
    }


def _told(statement: str, given: dict[str, Any]) -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        row = cursor.fetchone()
    if row is None:
        raise UnknownTrack
    first, second = row
    return first, second


def _shown(playlist: Playlist, version: PlaylistVersion) -> Playlist:
    """Bring both in line with what is stored by now."""
    version.playlist = playlist
    playlist.current = version
    for one in (playlist, version):
        one._state.adding, one._state.db = False, connection.alias
    return playlist
