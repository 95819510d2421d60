"""api.listenbrainz.org/1, as far as the site could ask for it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from tests.listenbrainz import lists
from tests.listenbrainz.answers import Refusal, json_of, limit_headers
from tests.listenbrainz.metadata import lookup, recordings
from tests.listenbrainz.world import Listener, World
from tests.loopback.answers import Answer, Call

ID = "([^/]+)"


@dataclass(frozen=True)
class Asking:
    """A call to a world."""

    world: World
    call: Call

    def listener(self, *, may_be_none: bool = False) -> Listener | None:
        """Return who asks, by their token. Raises Refusal."""
        header = self.call.headers.get("authorization", "")
        if not header:
            if may_be_none:
                return None
            raise Refusal(401, "You need to provide an Authorization header.")
        parts = header.split(" ")
        if len(parts) < 2:
            raise Refusal(401, "Provided Authorization header is invalid.")
        found = self.world.of_token(parts[1])
        if found is None:
            raise Refusal(401, "Invalid authorization token.")
        return found

    def number(self, name: str, usual: int) -> int:
        """Read a whole number of the query. Raises Refusal."""
        given = self.call.query.get(name, str(usual))
        if not given.isdecimal():
            raise Refusal(400, f"'{name}' should be a non-negative integer")
        return int(given)


def answer(world: World, call: Call) -> Answer:
    """Answer a call. Raises Refusal."""
    asked = f"{call.method} {call.path}"
    for pattern, serve in ROUTES:
        if match := re.fullmatch(pattern, asked):
            told = serve(Asking(world, call), *map(unquote, match.groups()))
            return Answer(told, headers=limit_headers(29, 10))
    raise Refusal(404, "The requested URL was not found on the server.")


def validate_token(asking: Asking) -> dict[str, Any]:
    """Say whose token it is; one that nobody has is no error."""
    header = asking.call.headers.get("authorization", "")
    token = header.partition(" ")[2] or asking.call.query.get("token", "")
    if not token:
        raise Refusal(400, "You need to provide an Authorization token.")
    who = asking.world.of_token(token)
    if who is None:
        return {"code": 200, "message": "Token invalid.", "valid": False}
    told = {"code": 200, "message": "Token valid.", "valid": True}
    return told | {"user_name": who.name}


def give_feedback(asking: Asking) -> dict[str, Any]:
    """Note that somebody loves or hates a recording, or neither."""
    who = asking.listener()
    body = json_of(asking.call)
    keys = {"recording_msid", "recording_mbid", "score"}
    if not {"recording_msid", "recording_mbid"} & set(body) or "score" not in body:
        raise Refusal(
            400,
            "JSON document must contain either recording_msid or recording_mbid, and "
            "score top level keys",
        )
    if set(body) - keys:
        raise Refusal(
            400,
            "JSON document may only contain recording_msid, recording_mbid and score "
            "top level keys",
        )
    mbid = str(uuid.UUID(body["recording_mbid"]))
    if body["score"] not in (-1, 0, 1):
        raise Refusal(400, "Invalid JSON document submitted: Score can have a value")
    assert who is not None
    asking.world.feedback.pop((who.name, mbid), None)
    if body["score"]:
        asking.world.feedback[who.name, mbid] = body["score"]
    return {"status": "ok"}


Serve = Callable[..., dict[str, Any]]
ROUTES: list[tuple[str, Serve]] = [
    ("GET /1/validate-token", validate_token),
    ("POST /1/feedback/recording-feedback", give_feedback),
    ("GET /1/metadata/lookup/", lookup),
    ("GET /1/metadata/recording/", recordings),
    (f"GET /1/user/{ID}/playlists", lists.own_lists),
    ("POST /1/playlist/create", lists.create),
    (f"POST /1/playlist/edit/{ID}", lists.edit),
    (f"GET /1/playlist/{ID}", lists.show),
    (f"POST /1/playlist/{ID}/item/add", lists.add),
    (f"POST /1/playlist/{ID}/item/add/{ID}", lists.add),
    (f"POST /1/playlist/{ID}/item/move", lists.move),
    (f"POST /1/playlist/{ID}/item/delete", lists.cut),
    (f"POST /1/playlist/{ID}/delete", lists.delete),
]
