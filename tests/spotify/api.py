"""api.spotify.com/v1 as an app in development mode may call it since February 2026.

What was removed then is refused with 403, as the real one does.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.spotify import lists, searching
from tests.spotify.answers import Answer, Call, Refusal
from tests.spotify.shapes import page, song_view
from tests.spotify.world import Access, Listener, World

REMOVED = [
    r"(GET|POST) /v1/users/[^/]+(/playlists)?",
    r"\w+ /v1/playlists/[^/]+/(tracks|followers)(/contains)?",
    r"(PUT|DELETE) /v1/me/(tracks|albums|episodes|shows|audiobooks|following)",
    r"GET /v1/me/(tracks|albums|following)/contains",
    r"GET /v1/(tracks|albums|artists|episodes|shows|audiobooks|chapters)",
    r"GET /v1/(recommendations|audio-features|audio-analysis|markets)(/.*)?",
    r"GET /v1/browse/.*",
    r"GET /v1/artists/[^/]+/(top-tracks|related-artists)",
]
ID = "([0-9A-Za-z]+)"
TERMS = ("short_term", "medium_term", "long_term")
MOST_PLAYS = 50


def answer(world: World, call: Call, *, api_url: str) -> Answer:
    """Answer a call of the Web API. Raises Refusal."""
    asked = f"{call.method} {call.path.rstrip('/')}"
    held = _access(world, call)
    if any(re.fullmatch(pattern, asked) for pattern in REMOVED):
        raise Refusal(403, "Forbidden")
    for pattern, scope, serve in ROUTES:
        if match := re.fullmatch(pattern, asked):
            if (
                not any(one in held.grant.scopes for one in scope.split("|") if one)
                and scope
            ):
                raise Refusal(403, "Insufficient client scope")
            asking = lists.Asking(
                world, call, world.listeners[held.grant.listener], held.grant, api_url
            )
            return serve(asking, *match.groups())
    raise Refusal(404, "Service not found")


def _access(world: World, call: Call) -> Access:
    scheme, _, token = call.headers.get("authorization", "").partition(" ")
    if scheme != "Bearer":
        raise Refusal(401, "No token provided")
    held = world.access.get(token)
    if held is None:
        raise Refusal(401, "Invalid access token")
    if held.until < world.clock():
        raise Refusal(401, "The access token expired")
    if not world.listeners[held.grant.listener].is_named:
        raise Refusal(
            403,
            "Check settings on developer.spotify.com/dashboard, the user may not be registered.",
        )
    return held


def me(asking: lists.Asking) -> Answer:
    """Say who asks. No e-mail address, country or product any more."""
    who: Listener = asking.listener
    return Answer(
        {
            "id": who.id,
            "account_id": who.account_id,
            "display_name": who.name,
            "type": "user",
            "uri": f"spotify:user:{who.id}",
            "href": f"{asking.api_url}/users/{who.id}",
            "external_urls": {"spotify": f"https://open.spotify.com/user/{who.id}"},
            "images": [],
        }
    )


def saved_songs(asking: lists.Asking) -> Answer:
    """List liked songs, newest first; their key is still `track`."""
    liked = [uri for uri in asking.listener.library if ":track:" in uri]
    return Answer(page(asking, [_dated(asking, uri) for uri in liked], most=50))


def top_songs(asking: lists.Asking) -> Answer:
    """List what somebody hears most, in a range of time."""
    term = asking.call.query.get("time_range", "medium_term")
    if term not in TERMS:
        raise Refusal(400, "Invalid time range")
    views = [song_view(asking.song(uri)) for uri in asking.listener.top]
    return Answer(page(asking, views, most=50))


def recent_songs(asking: lists.Asking) -> Answer:
    """List the last plays, newest first. There are fifty; cursors only lead within."""
    query, limit = asking.call.query, asking.number("limit", 20)
    if not 1 <= limit <= MOST_PLAYS:
        raise Refusal(400, "Invalid limit")
    if "after" in query and "before" in query:
        raise Refusal(400, "Only one of after and before can be specified")
    plays = list(enumerate(asking.listener.recent[:MOST_PLAYS]))
    if "before" in query:
        plays = [play for play in plays if _played_ms(play[0]) < asking.ms("before")]
    if "after" in query:
        plays = [play for play in plays if _played_ms(play[0]) > asking.ms("after")]
    shown = plays[:limit]
    views = [
        {
            "track": song_view(asking.song(uri)),
            "played_at": _played_at(n).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
            "context": None,
        }
        for n, uri in shown
    ]
    here = f"{asking.api_url}/me/player/recently-played"
    first, last = (
        (_played_ms(n) for n in (shown[0][0], shown[-1][0])) if shown else (0, 0)
    )
    has_more = len(plays) > limit
    return Answer(
        {
            "href": here,
            "items": views,
            "limit": limit,
            "next": f"{here}?before={last}&limit={limit}" if has_more else None,
            "cursors": {"after": str(first), "before": str(last)} if shown else None,
        }
    )


def _played_at(n: int) -> datetime:
    """Return when the nth of the last plays was: one each four minutes."""
    return datetime(2026, 11, 30, 18, tzinfo=UTC) - timedelta(minutes=4 * n)


def _played_ms(n: int) -> int:
    return round(_played_at(n).timestamp() * 1000)


def song(asking: lists.Asking, song_id: str) -> Answer:
    """Show one track."""
    held = asking.world.songs.get(song_id)
    if held is None:
        raise Refusal(404, "Resource not found")
    return Answer(song_view(held))


def _dated(asking: lists.Asking, uri: str) -> dict[str, Any]:
    return {"added_at": "2026-10-01T10:00:00Z", "track": song_view(asking.song(uri))}


MODIFY = "playlist-modify-private|playlist-modify-public"
Serve = Callable[..., Answer]
ROUTES: list[tuple[str, str, Serve]] = [
    ("GET /v1/me", "", me),
    ("GET /v1/me/tracks", "user-library-read", saved_songs),
    ("GET /v1/me/top/tracks", "user-top-read", top_songs),
    ("GET /v1/me/player/recently-played", "user-read-recently-played", recent_songs),
    ("GET /v1/me/playlists", "playlist-read-private", lists.own_lists),
    ("POST /v1/me/playlists", MODIFY, lists.create),
    ("PUT /v1/me/library", MODIFY, lists.keep),
    ("DELETE /v1/me/library", MODIFY, lists.let_go),
    ("GET /v1/me/library/contains", "", lists.contains),
    ("GET /v1/search", "", searching.search),
    (f"GET /v1/tracks/{ID}", "", song),
    (f"GET /v1/playlists/{ID}", "", lists.show),
    (f"PUT /v1/playlists/{ID}", MODIFY, lists.describe),
    (f"GET /v1/playlists/{ID}/items", "playlist-read-private", lists.items),
    (f"POST /v1/playlists/{ID}/items", MODIFY, lists.add),
    (f"PUT /v1/playlists/{ID}/items", MODIFY, lists.replace_or_move),
    (f"DELETE /v1/playlists/{ID}/items", MODIFY, lists.remove),
]
