"""Recordings by their ids, and what names are taken for."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any

from tests.listenbrainz.answers import Refusal
from tests.listenbrainz.world import Song

if TYPE_CHECKING:
    from tests.listenbrainz.api import Asking

MAX_QUERY_CHARS = 250


def recordings(asking: Asking) -> dict[str, Any]:
    """Show recordings; those that aren't known are left out."""
    mbids = asking.call.query["recording_mbids"].split(",")
    incs = asking.call.query.get("inc", "").split()
    for mbid in mbids:
        try:
            uuid.UUID(mbid)
        except ValueError:
            raise Refusal(400, f"Recording mbid {mbid} is not valid.") from None
    songs = asking.world.songs
    return {mbid: _known(songs[mbid], incs) for mbid in mbids if mbid in songs}


def lookup(asking: Asking) -> dict[str, Any]:
    """Return the recording that names are taken for, exactly or by their words."""
    query = asking.call.query
    artist, title = query.get("artist_name", ""), query.get("recording_name", "")
    for name, value in (("artist_name", artist), ("recording_name", title)):
        if not value:
            raise Refusal(400, f"{name} is invalid or not present in arguments")
    if len(artist) + len(title) > MAX_QUERY_CHARS:
        raise Refusal(
            400, "total number of characters in artist_name, recording_name and …"
        )
    song = _taken_for(asking.world.songs.values(), artist, title)
    if song is None:
        return {}
    told: dict[str, Any] = {
        "recording_mbid": song.id,
        "recording_name": song.name,
        "artist_credit_name": song.credit,
        "release_name": song.album,
        "artist_mbids": [],
        "release_mbid": "",
    }
    if query.get("metadata") == "true":
        told["metadata"] = _known(song, query.get("inc", "").split())
    return told


def _taken_for(songs: Any, artist: str, title: str) -> Song | None:
    by = [song for song in songs if artist in (song.credit, *song.artists)]
    exact = [song for song in by if song.name == title]
    wanted = _words(title)
    alike = [
        song
        for song in by
        if wanted & _words(song.name)
        and (wanted <= _words(song.name) or _words(song.name) <= wanted)
    ]
    return next(iter([*exact, *alike]), None)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _known(song: Song, incs: list[str]) -> dict[str, Any]:
    about: dict[str, Any] = {"name": song.name, "rels": []}
    if song.duration_ms is not None:
        about["length"] = song.duration_ms
    told: dict[str, Any] = {"recording": about}
    if "artist" in incs:
        artists = [{"name": name, "join_phrase": ""} for name in song.artists]
        told["artist"] = {"name": song.credit, "artists": artists}
    return told
