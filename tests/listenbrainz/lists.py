"""Playlists as JSPF: what may be read, and every way to change them."""

from __future__ import annotations

import re
import uuid
from html import escape
from typing import TYPE_CHECKING, Any

from tests.listenbrainz.answers import Refusal, json_of
from tests.listenbrainz.world import Listener, Playlist

if TYPE_CHECKING:
    from tests.listenbrainz.api import Asking

EXTENSION = "https://musicbrainz.org/doc/jspf#playlist"
RECORDING = "https://musicbrainz.org/recording/"
AT_ONCE = 100
USUAL_PAGE, LONGEST_PAGE = 25, 100


def own_lists(asking: Asking, name: str) -> dict[str, Any]:
    """List somebody's playlists without songs; private ones only to themselves."""
    who = asking.listener(may_be_none=True)
    owner = asking.world.listeners.get(name)
    if owner is None:
        raise Refusal(404, f"Cannot find user: {name}")
    held = [
        one
        for one in asking.world.lists_of(owner)
        if one.is_public or (who is not None and who.name == name)
    ]
    count = min(asking.number("count", USUAL_PAGE), LONGEST_PAGE)
    offset = asking.number("offset", 0)
    shown = [_view(one) for one in held[offset : offset + count]]
    for view in shown:
        view["playlist"]["track"] = []
    whole = {"playlist_count": len(held), "count": count, "offset": offset}
    return {"playlists": shown, **whole}


def create(asking: Asking) -> dict[str, Any]:
    """Make a playlist; every call makes another one."""
    who = _who(asking)
    body = json_of(asking.call)
    if "playlist" not in body:
        raise Refusal(400, "JSPF playlist requires 'playlist' element")
    if "title" not in body["playlist"]:
        raise Refusal(400, "JSPF playlist must contain a title element …")
    if "public" not in _extension(body):
        raise Refusal(400, f"JSPF playlist.extension.{EXTENSION}.public field must …")
    mbids = _validated(body)
    if body["playlist"].get("created_for"):
        raise Refusal(403, "… submitting user is not an approved playlist bot.")
    made = asking.world.add_playlist(
        who,
        body["playlist"]["title"],
        description=_filtered(body["playlist"].get("annotation") or ""),
        is_public=_extension(body)["public"],
        uris=mbids,
        collaborators=_collaborators(asking, who, body),
    )
    return {"status": "ok", "playlist_mbid": made.id}


def edit(asking: Asking, mbid: str) -> dict[str, Any]:
    """Change name, description, publicity; collaborators who aren't named go."""
    who = _who(asking)
    body = json_of(asking.call)
    _validated(body)
    held = _seen(asking, who, mbid)
    if held.owner != who.name:
        raise Refusal(403, "You are not allowed to edit this playlist.")
    held.is_public = _extension(body).get("public", held.is_public)
    if "annotation" in body["playlist"]:
        held.description = _filtered(body["playlist"]["annotation"] or "")
    held.name = body["playlist"].get("title") or held.name
    held.collaborators = _collaborators(asking, who, body)
    return _changed(held)


def show(asking: Asking, mbid: str) -> dict[str, Any]:
    """Show a playlist with its songs."""
    return _view(_seen(asking, asking.listener(may_be_none=True), mbid))


def add(asking: Asking, mbid: str, offset: str = "") -> dict[str, Any]:
    """Put recordings in, twice where they are asked for twice, known or not."""
    held = _own(asking, mbid)
    mbids = _validated(json_of(asking.call))
    if len(mbids) > AT_ONCE:
        raise Refusal(400, f"You may only add max {AT_ONCE} recordings per call.")
    at = int(offset) if offset else len(held.uris)
    held.uris[at:at] = mbids
    return _changed(held)


def move(asking: Asking, mbid: str) -> dict[str, Any]:
    """Take recordings out, then put them in at a place of what is left."""
    held = _own(asking, mbid)
    body = json_of(asking.call)
    if not {"mbid", "from", "to", "count"} <= set(body):
        raise Refusal(400, "post data for a move instruction must include the keys …")
    uuid.UUID(body["mbid"])
    start, to, count = (_whole(body, name) for name in ("from", "to", "count"))
    _check_cut(held, start, count, "Failed to move recordings in the playlist.")
    moved = held.uris[start : start + count]
    del held.uris[start : start + count]
    held.uris[to:to] = moved
    return _changed(held)


def cut(asking: Asking, mbid: str) -> dict[str, Any]:
    """Take recordings out by their place; silently fewer where there are fewer."""
    held = _own(asking, mbid)
    body = json_of(asking.call)
    if not {"index", "count"} <= set(body):
        raise Refusal(400, "post data for a remove instruction must include the keys …")
    start, count = _whole(body, "index"), _whole(body, "count")
    _check_cut(held, start, count, "Failed to deleting recordings from the playlist.")
    del held.uris[start : start + count]
    return _changed(held)


def delete(asking: Asking, mbid: str) -> dict[str, Any]:
    """Delete a playlist, for good."""
    who = _who(asking)
    held = _seen(asking, who, mbid)
    if held.owner != who.name:
        raise Refusal(403, "You are not allowed to delete this playlist.")
    del asking.world.playlists[mbid]
    return {"status": "ok"}


def _who(asking: Asking) -> Listener:
    who = asking.listener()
    assert who is not None
    return who


def _seen(asking: Asking, who: Listener | None, mbid: str) -> Playlist:
    """Fetch a playlist that somebody may see. Raises Refusal."""
    if not _is_uuid(mbid):
        raise Refusal(400, "Provided playlist ID is invalid.")
    held = asking.world.playlists.get(mbid)
    name = who.name if who else ""
    if held is None or not (
        held.is_public or name == held.owner or name in held.collaborators
    ):
        raise Refusal(404, f"Cannot find playlist: {mbid}")
    return held


def _own(asking: Asking, mbid: str) -> Playlist:
    """Fetch a playlist whose songs somebody may change. Raises Refusal."""
    who = _who(asking)
    held = _seen(asking, who, mbid)
    if who.name not in (held.owner, *held.collaborators):
        raise Refusal(403, "You are not allowed to add recordings to this playlist.")
    return held


def _validated(body: dict[str, Any]) -> list[str]:
    """Return the MBIDs of a JSPF document. Raises Refusal."""
    if "playlist" not in body:
        raise Refusal(400, "JSPF playlist requires 'playlist' element")
    if "title" in body["playlist"] and not body["playlist"]["title"]:
        raise Refusal(400, "JSPF playlist must contain a title element …")
    if not isinstance(_extension(body).get("public", True), bool):
        raise Refusal(400, "JSPF playlist public field must contain a boolean.")
    mbids = []
    for at, track in enumerate(body["playlist"].get("track", [])):
        names = track.get("identifier")
        if not names or not isinstance(names, list):
            raise Refusal(400, f"JSPF playlist track {at} must contain an identifier …")
        if not names[0].startswith(RECORDING):
            raise Refusal(400, f"JSPF playlist track {at} identifier must have the …")
        mbid = names[0].removeprefix(RECORDING)
        if not _is_uuid(mbid):
            raise Refusal(400, f"JSPF playlist track {at} does not contain a valid …")
        mbids.append(mbid)
    return mbids


def _collaborators(asking: Asking, who: Listener, body: dict[str, Any]) -> list[str]:
    names = sorted({*_extension(body).get("collaborators", [])} - {who.name})
    for name in names:
        if name not in asking.world.listeners:
            raise Refusal(400, f"Collaborator {name} doesn't exist")
    return names


def _extension(body: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = body["playlist"].get("extension", {}).get(EXTENSION, {})
    return found


def _filtered(text: str) -> str:
    """Leave a description without tags, the rest escaped."""
    return escape(re.sub(r"<[^>]*>", "", text), quote=False)


def _whole(body: dict[str, Any], name: str) -> int:
    value = int(body[name])
    if value < 0:
        raise Refusal(400, "… must all be positive integers.")
    return value


def _check_cut(held: Playlist, start: int, count: int, told: str) -> None:
    # The real one raises there, and tells it so.
    if count < 1 or start >= len(held.uris):
        raise Refusal(500, f"{told} Please try again.")


def _changed(held: Playlist) -> dict[str, Any]:
    held.changes += 1
    return {"status": "ok"}


def _view(held: Playlist) -> dict[str, Any]:
    about: dict[str, Any] = {"public": held.is_public, "creator": held.owner}
    if held.changes:
        about["last_modified_at"] = f"2026-11-30T10:{held.changes % 60:02}:00+00:00"
    if held.collaborators:
        about["collaborators"] = held.collaborators
    view: dict[str, Any] = {
        "creator": held.owner,
        "title": held.name,
        "identifier": f"https://listenbrainz.org/playlist/{held.id}",
        "date": "2026-11-30T10:00:00+00:00",
        "extension": {EXTENSION: about},
        "track": [{"identifier": [f"{RECORDING}{mbid}"]} for mbid in held.uris],
    }
    if held.description:
        view["annotation"] = held.description
    return {"playlist": view}


def _is_uuid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
