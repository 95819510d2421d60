"""Playlists and the library: what may be read, and every way to change it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tests.spotify.answers import Answer, Call, Refusal, json_of
from tests.spotify.shapes import list_view, local_view, page, song_view
from tests.spotify.world import Grant, Listener, Playlist, Song, World

AT_ONCE = 100
URIS_AT_ONCE = 40
MAX_SONGS = 10_000
MAX_LISTS = 11_000


@dataclass(frozen=True)
class Asking:
    """A call, and in whose name it comes."""

    world: World
    call: Call
    listener: Listener
    grant: Grant
    api_url: str

    def number(self, name: str, usual: int) -> int:
        """Read a whole number of the query. Raises Refusal."""
        given = self.call.query.get(name, str(usual))
        if not re.fullmatch(r"-?\d{1,9}", given):
            raise Refusal(400, f"Invalid {name}")
        return int(given)

    def ms(self, name: str) -> int:
        """Read a time of the query, in ms since 1970. Raises Refusal."""
        given = self.call.query[name]
        if not given.isdigit():
            raise Refusal(400, f"Invalid {name}")
        return int(given)

    def song(self, uri: str) -> Song:
        """Fetch a track by its URI. Raises Refusal."""
        held = self.world.songs.get(uri.removeprefix("spotify:track:"))
        if held is None:
            raise Refusal(400, "Payload contains a non-existing ID")
        return held

    def playlist(self, list_id: str) -> Playlist:
        """Fetch a playlist that may be seen. Raises Refusal."""
        held = self.world.playlists.get(list_id)
        if held is None or not (held.is_public or held.owner == self.listener.id):
            raise Refusal(404, "Resource not found")
        return held

    def own(self, list_id: str) -> Playlist:
        """Fetch a playlist that may be changed with these scopes. Raises Refusal."""
        held = self.playlist(list_id)
        if held.owner != self.listener.id:
            raise Refusal(403, "You cannot change a playlist you don't own.")
        kind = "public" if held.is_public else "private"
        if f"playlist-modify-{kind}" not in self.grant.scopes:
            raise Refusal(403, "Insufficient client scope")
        return held


def own_lists(asking: Asking) -> Answer:
    """List the playlists in a library, newest first."""
    held = asking.world.lists_of(asking.listener)
    return Answer(page(asking, [list_view(asking, one) for one in held], most=50))


def create(asking: Asking) -> Answer:
    """Make a playlist; every call makes another one."""
    body = _body(asking)
    _check_details(body)
    if not body.get("name"):
        raise Refusal(400, "Missing required field: name")
    held = asking.world.add_playlist(
        asking.listener,
        body["name"],
        description=body.get("description") or "",
        is_public=body.get("public", True),
    )
    return Answer(list_view(asking, held), 201)


def show(asking: Asking, list_id: str) -> Answer:
    """Show a playlist, or some of its fields."""
    view = list_view(asking, asking.playlist(list_id))
    fields = asking.call.query.get("fields", "")
    asked = fields.split(",") if fields else list(view)
    return Answer({name: value for name, value in view.items() if name in asked})


def describe(asking: Asking, list_id: str) -> Answer:
    """Change name, description, or who may see it. Answers nothing."""
    held = asking.own(list_id)
    body = _body(asking)
    _check_details(body)
    if not body:
        raise Refusal(400, "Missing at least one field")
    held.name = body.get("name", held.name)
    held.is_public = body.get("public", held.is_public)
    held.description = body.get("description", held.description)
    held.changes += 1
    return Answer(None, text="")


def items(asking: Asking, list_id: str) -> Answer:
    """List a playlist's songs; their key is `item` since February 2026."""
    held = asking.playlist(list_id)
    if held.owner != asking.listener.id:
        raise Refusal(403, "Forbidden")
    views = [
        {
            "added_at": "2026-11-01T10:00:00Z",
            "is_local": uri.startswith("spotify:local:"),
            "item": local_view(uri)
            if uri.startswith("spotify:local:")
            else song_view(asking.song(uri)),
        }
        for uri in held.uris
    ]
    return Answer(page(asking, views, most=50))


def add(asking: Asking, list_id: str) -> Answer:
    """Put songs in, twice where they are asked for twice."""
    held = asking.own(list_id)
    body = json_of(asking.call)
    uris = _uris(asking, body if isinstance(body, list) else (body or {}).get("uris"))
    at = asking.number("position", len(held.uris))
    if not 0 <= at <= len(held.uris):
        raise Refusal(400, "Index out of bounds")
    if len(held.uris) + len(uris) > MAX_SONGS:
        raise Refusal(400, "Playlist size limit reached")
    held.uris[at:at] = uris
    return _changed(held, 201)


def replace_or_move(asking: Asking, list_id: str) -> Answer:
    """Put other songs in the place of all, or move some of them."""
    held = asking.own(list_id)
    body = _body(asking)
    if "range_start" not in body:
        held.uris = _uris(asking, body.get("uris"), may_be_none=True)
        return _changed(held, 200)
    start, before = body["range_start"], body.get("insert_before", 0)
    length = body.get("range_length", 1)
    if not (start >= 0 and start + length <= len(held.uris) and length >= 1):
        raise Refusal(400, "Index out of bounds")
    if not 0 <= before <= len(held.uris):
        raise Refusal(400, "Index out of bounds")
    if not start < before < start + length:
        moved = held.uris[start : start + length]
        at = before if before <= start else before - length
        rest = held.uris[:start] + held.uris[start + length :]
        held.uris = rest[:at] + moved + rest[at:]
    return _changed(held, 200)


def remove(asking: Asking, list_id: str) -> Answer:
    """Take songs out wherever they stand. Positions have long been ignored."""
    held = asking.own(list_id)
    body = _body(asking)
    if "tracks" in body:
        raise Refusal(400, "Missing required field: items")
    named = [one.get("uri") for one in body.get("items", [])]
    if not 1 <= len(named) <= AT_ONCE:
        raise Refusal(400, "Too many ids requested")
    held.uris = [uri for uri in held.uris if uri not in named]
    return _changed(held, 200)


def keep(asking: Asking) -> Answer:
    """Put tracks or playlists into the library."""
    for uri in _library_uris(asking):
        if uri not in asking.listener.library:
            asking.listener.library.insert(0, uri)
    return Answer(None, text="")


def let_go(asking: Asking) -> Answer:
    """Take tracks or playlists out of the library; a playlist goes on existing."""
    gone = _library_uris(asking)
    library = asking.listener.library
    asking.listener.library = [uri for uri in library if uri not in gone]
    return Answer(None, text="")


def contains(asking: Asking) -> Answer:
    """Say of each URI whether it is in the library."""
    return Answer([uri in asking.listener.library for uri in _library_uris(asking)])


def _library_uris(asking: Asking) -> list[str]:
    uris = [uri for uri in asking.call.query.get("uris", "").split(",") if uri]
    if not 1 <= len(uris) <= URIS_AT_ONCE:
        raise Refusal(400, "Invalid uris")
    if not all(re.fullmatch(r"spotify:[a-z]+:[0-9A-Za-z]{22}", uri) for uri in uris):
        raise Refusal(400, "Invalid uri")
    return uris


def _uris(asking: Asking, given: Any, *, may_be_none: bool = False) -> list[str]:
    if not isinstance(given, list) or not (given or may_be_none):
        raise Refusal(400, "No uris provided")
    if len(given) > AT_ONCE:
        raise Refusal(400, "You can add a maximum of 100 tracks per request.")
    for uri in given:
        asking.song(uri)
    return list(given)


def _body(asking: Asking) -> dict[str, Any]:
    body = json_of(asking.call)
    if not isinstance(body, dict):
        raise Refusal(400, "Error parsing JSON.")
    return body


def _check_details(body: dict[str, Any]) -> None:
    if not isinstance(body.get("name", "x"), str) or len(body.get("name", "x")) > 100:
        raise Refusal(400, "Invalid name")
    if len(body.get("description") or "") > 300 or "\n" in (
        body.get("description") or ""
    ):
        raise Refusal(400, "Invalid description")


def _changed(held: Playlist, status: int) -> Answer:
    held.changes += 1
    return Answer({"snapshot_id": held.snapshot}, status)
