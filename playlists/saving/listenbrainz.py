"""ListenBrainz as a place for playlists, which are JSPF there, of MusicBrainz's recordings.

Songs have places and not names within a list, and no version of it has a stamp, so a list
is read whole before it is changed. Routes and shapes: listenbrainz-server's
webserver/views/playlist_api.py and db/playlist.py.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar
from urllib.parse import quote

from accounts.listenbrainz.client import (
    NOT_FOUND,
    TOO_MANY,
    UNAUTHORISED,
    Failed,
    ListenBrainz,
    field,
)
from accounts.listenbrainz.connecting import listenbrainz_of, token_check
from accounts.services import ConnectionLost
from catalog.recordings.listenbrainz import recording_find
from catalog.recordings.songs import Found, Song
from playlists.saving.service import (
    AccessLost,
    Details,
    NotAllowed,
    Overview,
    Refused,
    TryLater,
)
from playlists.saving.steps import (
    Cut,
    Insert,
    Move,
    Step,
    step_applied,
    steps_by_place,
)

logger = logging.getLogger(__name__)

PAGE = 100
BAD_REQUEST, FORBIDDEN, FAILING = 400, 403, 500
EXTENSION = "https://musicbrainz.org/doc/jspf#playlist"
RECORDING = "https://musicbrainz.org/recording/"
PLAYLIST = "https://listenbrainz.org/playlist/"

T = TypeVar("T")


class NoSuchThing(Refused):
    """The answer was 404."""


class ListenBrainzService:
    """ListenBrainz in one listener's name. See MusicService."""

    def __init__(self, account_id: int) -> None:
        self._account_id = account_id
        self._api: ListenBrainz | None = None
        # Playlists as they were when they were last read, by ref.
        self._seen: dict[str, dict[str, Any]] = {}

    def look_up(self, song: Song) -> Found:
        """Find a song by its MusicBrainz id, then by its names."""
        return self._call(lambda api: recording_find(api, song))

    def find_marked(self, marker: str) -> list[str]:
        """Look for a marker in the descriptions of the listener's lists.

        Those keep it: of JSPF's extension, only bots may fill `additional_metadata`.
        """
        name = self._call(lambda api: token_check(self._account_id, api))
        found = [
            held["identifier"].removeprefix(PLAYLIST)
            for held in self._lists(name)
            if marker in (held.get("annotation") or "")
        ]
        return found[::-1]  # they come newest first

    def create(self, details: Details) -> str:
        """Make a playlist of the listener's own."""
        body = _jspf(details, annotation=_annotation(details))
        made = self._call(lambda api: api.post("playlist/create", body))
        return str(_told(made, "playlist_mbid"))

    def look(self, ref: str, details: Details) -> Overview | None:
        """Say how a playlist stands, and remember it. One call."""
        try:
            held = self._read(ref)
        except NoSuchThing:
            return None
        return Overview(
            stamp=_stamp(_refs(held)),
            is_right=held.get("title") == _title(details)
            and _extension(held).get("public") == details.is_public,
            is_kept=True,
        )

    def songs(self, ref: str) -> list[str]:
        """Return the MBIDs in a playlist."""
        return _refs(self._seen.get(ref) or self._read(ref))

    def arrange(
        self,
        ref: str,
        *,
        now: Sequence[str],
        wanted: Sequence[str],
        before_each: Callable[[], None],
    ) -> str:
        """Change a playlist step by step."""
        self._seen.pop(ref, None)
        held = list(now)
        for step in steps_by_place(now, wanted):
            before_each()
            self._call(partial(_carry_out, ref=ref, step=step, held=held))
            held = step_applied(held, step)
        return _stamp(wanted)

    def describe(self, ref: str, details: Details) -> None:
        """Give a playlist its title and publicity; what else stands there, stays.

        An edit that names no collaborators would take them all away.
        """
        held = self._seen.pop(ref, None) or self._read(ref)
        body = _jspf(details, collaborators=_extension(held).get("collaborators") or [])
        self._call(lambda api: api.post(f"playlist/edit/{ref}", body))

    def keep(self, ref: str) -> None:
        """Do nothing: a playlist that exists there is among its owner's."""

    def remove(self, ref: str) -> None:
        """Delete a playlist."""
        self._seen.pop(ref, None)
        with suppress(NoSuchThing):
            self._call(lambda api: api.post(f"playlist/{ref}/delete"))

    def url(self, ref: str) -> str:
        """Return a playlist's page."""
        return f"{PLAYLIST}{ref}/"

    def _read(self, ref: str) -> dict[str, Any]:
        answer = self._call(
            lambda api: api.get(f"playlist/{ref}", fetch_metadata="false")
        )
        held: dict[str, Any] = _told(answer, "playlist")
        self._seen[ref] = held
        return held

    def _lists(self, name: str) -> Iterator[dict[str, Any]]:
        """Yield the listener's playlists without their songs, page by page."""
        offset = 0
        while True:
            answer = self._call(partial(_page, name=name, offset=offset))
            lists = _told(answer, "playlists")
            yield from (_told(one, "playlist") for one in lists)
            offset += PAGE
            if not lists or offset >= int(_told(answer, "playlist_count")):
                return

    def _call(self, ask: Callable[[ListenBrainz], T]) -> T:
        """Ask once, and once more where the token was refused although it holds."""
        try:
            self._api = self._api or listenbrainz_of(self._account_id)
            try:
                return ask(self._api)
            except Failed as failed:
                if failed.status != UNAUTHORISED:
                    raise
            # What was refused had no effect, so that even a POST may be made again.
            token_check(self._account_id, self._api)
            return ask(self._api)
        except ConnectionLost as error:
            raise AccessLost from error
        except Failed as failed:
            raise _trouble(failed) from failed


def _page(api: ListenBrainz, *, name: str, offset: int) -> dict[str, Any]:
    path = f"user/{quote(name, safe='')}/playlists"
    return api.get(path, count=PAGE, offset=offset)


def _carry_out(
    api: ListenBrainz, *, ref: str, step: Step, held: Sequence[str]
) -> dict[str, Any]:
    """Take a step of `steps_by_place` in a playlist that holds `held`."""
    items = f"playlist/{ref}/item"
    match step:
        case Insert(position=at, refs=refs):
            track = [{"identifier": [f"{RECORDING}{mbid}"]} for mbid in refs]
            return api.post(f"{items}/add/{at}", {"playlist": {"track": track}})
        case Cut(start=start, length=length):
            return api.post(f"{items}/delete", {"index": start, "count": length})
        case Move(start=start, length=length, before=before):
            # `to` counts what is left once they are out: steps only bring songs up.
            body = {"mbid": held[start], "from": start, "to": before, "count": length}
            return api.post(f"{items}/move", body)
    raise ValueError(step)


def _trouble(failed: Failed) -> Exception:
    """Say what an answer means for the work."""
    status = failed.status
    logger.info("ListenBrainz answered %s", status)
    if status == TOO_MANY:
        return TryLater("busy", failed.after_s)
    if status == UNAUTHORISED or status < BAD_REQUEST or status >= FAILING:
        return TryLater("down")
    if status == FORBIDDEN:
        return NotAllowed()
    return NoSuchThing() if status == NOT_FOUND else Refused(str(status))


def _told(answer: Any, name: str) -> Any:
    try:
        return field(answer, name)
    except Failed as failed:
        raise TryLater("down") from failed


def _jspf(
    details: Details, *, annotation: str = "", collaborators: Sequence[str] = ()
) -> dict[str, Any]:
    about: dict[str, Any] = {"public": details.is_public}
    if collaborators:
        about["collaborators"] = list(collaborators)
    playlist = {"title": _title(details), "extension": {EXTENSION: about}}
    # What isn't named is left as it is.
    return {"playlist": playlist | ({"annotation": annotation} if annotation else {})}


def _refs(held: dict[str, Any]) -> list[str]:
    """Return the MBIDs of a playlist; older servers name each by a text, not a list."""
    names = (track.get("identifier") or "" for track in held.get("track") or ())
    uris = (name if isinstance(name, str) else (name or [""])[0] for name in names)
    return [uri.removeprefix(RECORDING) for uri in uris]


def _extension(held: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = (held.get("extension") or {}).get(EXTENSION) or {}
    return found


def _stamp(refs: Sequence[str]) -> str:
    """Return what changes with the songs: a list that is read whole is its own stamp."""
    return hashlib.sha256(" ".join(refs).encode()).hexdigest()


def _title(details: Details) -> str:
    return details.title.strip() or "PersonalAIs"


def _annotation(details: Details) -> str:
    return f"Made with PersonalAIs ({details.marker})"
