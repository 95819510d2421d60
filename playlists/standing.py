"""How a version of a playlist stands: what is told of it beside what it holds."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from playlists.living import living_of
from playlists.models import LivingPlaylist, PlaylistVersion

# By hand, since every list that is told of is asked for all of it. can_redo: as
# `services.version_after` finds it.
_STATEMENT = """
    SELECT ARRAY(
               SELECT account.service::text
               FROM playlists_savedplaylist AS saved
               JOIN accounts_serviceaccount AS account ON account.id = saved.account_id
               WHERE saved.playlist_id = %(playlist)s AND saved.saved_at IS NOT NULL
               ORDER BY account.service
           ),
           EXISTS (
               SELECT FROM playlists_playlistversion AS made
               JOIN playlists_playlistversion AS parent ON parent.id = made.parent_id
               WHERE made.playlist_id = %(playlist)s AND made.stands_for_id IS NULL
                 AND %(original)s IN (parent.id, parent.stands_for_id)
           ),
           EXISTS (
               SELECT FROM playlists_livingplaylist WHERE playlist_id = %(playlist)s
           )
"""


@dataclass(frozen=True)
class Standing:
    """Where a playlist was saved, whether redo leads on, and how it is refreshed."""

    services: list[str]
    can_redo: bool
    living: LivingPlaylist | None


def standing_of(version: PlaylistVersion) -> Standing:
    """Return how a version stands. One statement, two where it is refreshed by itself."""
    given = {"playlist": version.playlist_id, "original": version.original}
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, given)
        services, can_redo, is_living = cursor.fetchone()
    living = living_of(version.playlist_id) if is_living else None
    return Standing(services, can_redo, living)
