"""Where a track's audio and cover are found on this site.

Inside the site the session says who asks. A downloaded playlist has no session, so
its addresses carry a key: signed, for one track, and good for a month.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Protocol
from uuid import UUID

from django.core import signing
from django.urls import get_script_prefix, reverse

KEY_SALT = "catalog.audio"
KEY_MAX_AGE = timedelta(days=30)
# Pages of recordings elsewhere, less their ids. Apple's without a country leads each
# listener to their own.
PAGES = {
    "spotify": "https://open.spotify.com/track/",
    "youtube": "https://www.youtube.com/watch?v=",
    "apple_music": "https://music.apple.com/song/",
    "deezer": "https://www.deezer.com/track/",
    "musicbrainz": "https://musicbrainz.org/recording/",
}


class Placed(Protocol):
    """A track, or what was read of it, as far as it says where the song is."""

    @property
    def uuid(self) -> UUID: ...

    @property
    def audio_path(self) -> str: ...

    @property
    def vanished_at(self) -> datetime | None: ...

    @property
    def spotify_id(self) -> str: ...

    @property
    def youtube_id(self) -> str: ...

    @property
    def apple_music_id(self) -> str: ...

    @property
    def deezer_id(self) -> str: ...

    @property
    def musicbrainz_id(self) -> UUID | None: ...


def audio_url(track: Placed) -> str | None:
    """Return the address of a track's audio, from the root; None where there is none.

    There is none either while its file is gone.
    """
    if not track.audio_path or track.vanished_at is not None:
        return None
    return _address("catalog:play-track", track.uuid)


def cover_url(track: Placed) -> str:
    """Return the address of a track's cover, from the root. There always is one."""
    return _address("catalog:show-cover", track.uuid)


def _address(view: str, track: UUID) -> str:
    """Return a page's address of a track, as `reverse` does, for dozens at a time."""
    before, after = _around(view, get_script_prefix())
    return f"{before}{track}{after}"


@lru_cache
def _around(view: str, _prefix: str) -> tuple[str, str]:
    """Return what stands before and after a track in an address. prefix: the site's."""
    any_track = UUID(int=0)
    before, after = reverse(view, args=[any_track]).split(str(any_track))
    return before, after


def outside_links(track: Placed) -> dict[str, str]:
    """Return where else the track can be found, by the service's name.

    Only where its id there is known: no link is a search.
    """
    known = {
        "spotify": track.spotify_id,
        "youtube": track.youtube_id,
        "apple_music": track.apple_music_id,
        "deezer": track.deezer_id,
        "musicbrainz": track.musicbrainz_id,
    }
    return {name: f"{PAGES[name]}{there}" for name, there in known.items() if there}


def keyed_audio_url(track: Placed, *, scope: str) -> str | None:
    """Return an address of a track's audio that needs no session for KEY_MAX_AGE.

    scope: what the key is given for, such as a playlist's uuid; it makes keys of
    different playlists differ.
    """
    url = audio_url(track)
    if url is None:
        return None
    key = signing.dumps([str(track.uuid), scope], salt=KEY_SALT)
    return f"{url}?key={key}"


def opens(key: str, track_uuid: str) -> bool:
    """Say whether a key holds for a track now."""
    try:
        named, _scope = signing.loads(key, salt=KEY_SALT, max_age=KEY_MAX_AGE)
    except (signing.BadSignature, ValueError):
        return False
    return bool(named == track_uuid)
