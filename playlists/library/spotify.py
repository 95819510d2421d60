"""A library at Spotify: the Web API as it is since February 2026."""

from __future__ import annotations

from functools import partial
from typing import Any

import spotipy

from accounts.spotify.backend import RECENT_SCOPE, TOP_SCOPE
from playlists.library.models import LibraryPart
from playlists.library.service import HeldList, HeldSong, ListPage, SongPage
from playlists.saving.spotify_calls import PAGE, NoSuchThing, SpotifyCalls, field

Kind = LibraryPart.Kind
PLAYLIST = "spotify:playlist:"
PATHS = {
    Kind.LIKED: "me/tracks",
    Kind.TOP: "me/top/tracks",
    Kind.RECENT: "me/player/recently-played",
}
SCOPES = {
    Kind.LIKED: "user-library-read",
    Kind.TOP: TOP_SCOPE,
    Kind.RECENT: RECENT_SCOPE,
    Kind.LISTS: "playlist-read-private",
}
MAX_TITLE_CHARS, MAX_NAME_CHARS, ISRC_CHARS = 500, 300, 12
MAX_LIST_CHARS = 200


class SpotifyLibrary(SpotifyCalls):
    """Spotify in one listener's name. See LibraryService."""

    def scope(self, kind: LibraryPart.Kind) -> str:
        """Return the scope that a kind is read by."""
        return SCOPES[kind]

    def songs(self, kind: LibraryPart.Kind, ref: str, offset: int) -> SongPage:
        """Read fifty songs. Plays come once, without pages: fifty is all there is.

        A playlist that is gone has none.
        """
        path = PATHS.get(kind) or f"playlists/{ref.removeprefix(PLAYLIST)}/items"
        try:
            answer = self._page(path, None if kind is Kind.RECENT else offset)
        except NoSuchThing:
            return SongPage((), None, 0)
        songs = tuple(filter(None, map(_song, field(answer, "items"))))
        if kind is Kind.RECENT:
            return SongPage(songs, None, len(songs))
        return SongPage(songs, _next(answer, offset), int(field(answer, "total")))

    def lists(self, offset: int) -> ListPage:
        """Read fifty playlists; what others have made can't be read. Two calls."""
        mine = field(self._call(lambda client: client.me()), "id")
        answer = self._page("me/playlists", offset)
        own = (
            HeldList(held["uri"], (held.get("name") or "")[:MAX_LIST_CHARS])
            for held in field(answer, "items")
            if held and (held.get("owner") or {}).get("id") == mine
        )
        return ListPage(tuple(own), _next(answer, offset))

    def _page(self, path: str, offset: int | None) -> Any:
        return self._call(partial(_get, path=path, offset=offset))


def _get(client: spotipy.Spotify, *, path: str, offset: int | None) -> Any:
    place = {} if offset is None else {"offset": offset}
    return client._get(path, limit=PAGE, **place)


def _next(answer: Any, offset: int) -> int | None:
    """Count on from here: `next` is an address that a token would be sent to."""
    is_last = not field(answer, "items") or offset + PAGE >= int(field(answer, "total"))
    return None if is_last else offset + PAGE


def _song(entry: Any) -> HeldSong | None:
    """Read an entry: a top track is one itself, others hold one. None for what is none.

    Local files, episodes, and songs that Spotify has lost, aren't.
    """
    held = (entry or {}).get("item") or (entry or {}).get("track") or entry or {}
    if held.get("type") != "track" or held.get("is_local") or not held.get("uri"):
        return None
    artists = (one.get("name") or "" for one in held.get("artists") or ())
    return HeldSong(
        ref=held["uri"],
        title=(held.get("name") or "")[:MAX_TITLE_CHARS],
        artists=tuple(name[:MAX_NAME_CHARS] for name in artists if name),
        duration_ms=held.get("duration_ms"),
        isrc=((held.get("external_ids") or {}).get("isrc") or "")[:ISRC_CHARS].upper(),
        url=(held.get("external_urls") or {}).get("spotify", ""),
    )
