"""Objects of the Web API in the shapes of 2026."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from tests.spotify.answers import Refusal
from tests.spotify.world import Playlist, Song

if TYPE_CHECKING:
    from tests.spotify.lists import Asking


def song_view(song: Song) -> dict[str, Any]:
    """Render a track: without popularity and markets, with its ISRC."""
    return {
        "id": song.id,
        "uri": song.uri,
        "name": song.name,
        "type": "track",
        "artists": [{"name": name, "type": "artist"} for name in song.artists],
        "album": {"name": song.album, "images": [], "type": "album"},
        "duration_ms": song.duration_ms,
        "explicit": song.is_explicit,
        "external_ids": {"isrc": song.isrc} if song.isrc else {},
        "external_urls": {"spotify": f"https://open.spotify.com/track/{song.id}"},
        "is_local": False,
    }


def local_view(uri: str) -> dict[str, Any]:
    """Render a file of somebody's own computer."""
    name = uri.rsplit(":", 2)[1]
    return {
        "id": None,
        "uri": uri,
        "name": name,
        "type": "track",
        "is_local": True,
        "artists": [{"name": ""}],
        "duration_ms": 0,
    }


def list_view(asking: Asking, held: Playlist) -> dict[str, Any]:
    """Render a playlist without its songs; its description comes back escaped."""
    return {
        "id": held.id,
        "uri": held.uri,
        "name": held.name,
        "description": escape(held.description),
        "public": held.is_public,
        "collaborative": False,
        "snapshot_id": held.snapshot,
        "owner": {"id": held.owner, "type": "user"},
        "external_urls": {"spotify": f"https://open.spotify.com/playlist/{held.id}"},
        "items": {
            "href": f"{asking.api_url}/playlists/{held.id}/items",
            "total": len(held.uris),
        },
        "type": "playlist",
    }


def page(
    asking: Asking, views: list[Any], *, most: int, usual: int = 20
) -> dict[str, Any]:
    """Cut a page out, as `limit` and `offset` ask. Raises Refusal."""
    limit = asking.number("limit", usual)
    offset = asking.number("offset", 0)
    if not 1 <= limit <= most:
        raise Refusal(400, "Invalid limit")
    if offset < 0:
        raise Refusal(400, "Invalid offset")
    here = f"{asking.api_url}{asking.call.path.removeprefix('/v1')}"
    is_last = offset + limit >= len(views)
    query = {**asking.call.query, "limit": limit, "offset": offset + limit}
    return {
        "href": here,
        "items": views[offset : offset + limit],
        "limit": limit,
        "offset": offset,
        "total": len(views),
        "next": None if is_last else f"{here}?{urlencode(query)}",
        "previous": None,
    }
