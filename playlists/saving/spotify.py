"""Spotify as a place for playlists: the Web API as it is since February 2026."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from html import unescape
from typing import Any

import spotipy

from catalog.recordings.matching import best_of
from catalog.recordings.songs import Found, Offer, Song
from playlists.saving.service import Details, Overview, Refused
from playlists.saving.spotify_calls import PAGE, NoSuchThing, SpotifyCalls, field
from playlists.saving.steps import Insert, Move, Remove, Replace, Step, steps_between

SEARCH_PAGE = 10
MAX_TITLE_CHARS = 100
MAX_QUERY_CHARS = 240
TRACK, PLAYLIST = "spotify:track:", "spotify:playlist:"
FIELDS = "snapshot_id,name,public"


class SpotifyService(SpotifyCalls):
    """Spotify in one listener's name. See MusicService."""

    def look_up(self, song: Song) -> Found:
        """Find a song by the id that the catalog knows, its ISRC, then by its names."""
        if song.spotify_id and (known := self._known(song)):
            return Found(known)
        if song.isrc:
            found = best_of(song, self._search(f"isrc:{song.isrc}"), is_named=True)
            if found.ref:
                return found
        artist = song.artists[0] if song.artists else ""
        offers = self._search(_fielded(song.title, artist))
        found = best_of(song, offers)
        if found.ref:
            return found
        return best_of(song, [*offers, *self._search(f"{song.title} {artist}")])

    def find_marked(self, marker: str) -> list[str]:
        """Look for a marker in the descriptions of the listener's lists."""
        found = [
            held["uri"]
            for held in self._pages("me/playlists")
            if held and marker in unescape(held.get("description") or "")
        ]
        return found[::-1]  # they come newest first

    def create(self, details: Details) -> str:
        """Make a playlist of the listener's own."""
        made = self._call(
            lambda client: client.current_user_playlist_create(
                _title(details),
                public=details.is_public,
                description=_description(details),
            )
        )
        return str(field(made, "uri"))

    def look(self, ref: str, details: Details) -> Overview | None:
        """Say how a playlist stands. Two calls."""
        try:
            held = self._call(
                lambda client: client._get(f"playlists/{_id(ref)}", fields=FIELDS)
            )
        except NoSuchThing:
            return None
        kept = self._call(lambda client: client._get("me/library/contains", uris=ref))
        return Overview(
            stamp=str(field(held, "snapshot_id")),
            is_right=held.get("name") == _title(details)
            and held.get("public") == details.is_public,
            is_kept=kept == [True],
        )

    def songs(self, ref: str) -> list[str]:
        """Return the URIs in a playlist, and for all that is no track a name by its place.

        A local file can only be moved, and may stand there twice; what is gone from
        Spotify has no URI any more.
        """
        entries = self._pages(f"playlists/{_id(ref)}/items")
        held = (entry.get("item") or entry.get("track") or {} for entry in entries)
        uris = (item.get("uri") or "" for item in held)
        return [
            uri if uri.startswith(TRACK) else f"place:{at}"
            for at, uri in enumerate(uris)
        ]

    def arrange(
        self,
        ref: str,
        *,
        now: Sequence[str],
        wanted: Sequence[str],
        before_each: Callable[[], None],
    ) -> str:
        """Change a playlist step by step; local files stay where they are or follow."""
        may_replace = all(one.startswith(TRACK) for one in wanted)
        stamp = ""
        for step in steps_between(now, wanted, may_replace=may_replace):
            before_each()
            answer = self._call(partial(_carry_out, ref=ref, step=step))
            stamp = str(field(answer, "snapshot_id"))
        return stamp

    def describe(self, ref: str, details: Details) -> None:
        """Give a playlist its title, description and publicity."""
        self._call(
            lambda client: client.playlist_change_details(
                _id(ref),
                name=_title(details),
                public=details.is_public,
                description=_description(details),
            )
        )

    def keep(self, ref: str) -> None:
        """Follow a playlist again."""
        self._call(lambda client: client._put("me/library", uris=ref))

    def remove(self, ref: str) -> None:
        """Unfollow a playlist, which is what Spotify calls deleting it."""
        # spotipy's own method asks an endpoint that was removed.
        with suppress(NoSuchThing):
            self._call(lambda client: client._delete("me/library", uris=ref))

    def url(self, ref: str) -> str:
        """Return a playlist's page."""
        return f"https://open.spotify.com/playlist/{_id(ref)}"

    def _known(self, song: Song) -> str:
        """Return the URI that the catalog knows, "" where Spotify doesn't any more."""
        try:
            item = self._call(lambda client: client.track(song.spotify_id))
        except Refused:
            return ""
        return best_of(song, [_offer(item)], is_named=True).ref

    def _search(self, words: str) -> list[Offer]:
        query = words[:MAX_QUERY_CHARS]
        answer = self._call(
            lambda client: client.search(query, limit=SEARCH_PAGE, type="track")
        )
        found = field(answer, "tracks").get("items") or []
        return [_offer(item) for item in found if item and item.get("uri")]

    def _pages(self, path: str) -> Iterator[dict[str, Any]]:
        """Yield the entries of all pages. Offsets are counted here: `next` is an address
        that a token would be sent to."""
        offset = 0
        while True:
            answer = self._call(partial(_page, path=path, offset=offset))
            items = field(answer, "items")
            yield from items
            offset += PAGE
            if not items or offset >= int(field(answer, "total")):
                return


def _page(client: spotipy.Spotify, *, path: str, offset: int) -> Any:
    return client._get(path, limit=PAGE, offset=offset)


def _carry_out(client: spotipy.Spotify, *, ref: str, step: Step) -> Any:
    match step:
        case Replace(refs=refs):
            return client.playlist_replace_items(_id(ref), list(refs))
        case Remove(refs=refs):
            return client.playlist_remove_all_occurrences_of_items(_id(ref), list(refs))
        case Insert(position=at, refs=refs):
            return client.playlist_add_items(_id(ref), list(refs), position=at)
        case Move(start=start, length=length, before=before):
            return client.playlist_reorder_items(_id(ref), start, before, length)


def _offer(item: dict[str, Any]) -> Offer:
    return Offer(
        ref=item["uri"],
        title=item.get("name") or "",
        artists=tuple(one.get("name") or "" for one in item.get("artists") or ()),
        duration_ms=item.get("duration_ms"),
        url=(item.get("external_urls") or {}).get("spotify", ""),
    )


def _fielded(title: str, artist: str) -> str:
    """Return a search for names; a quotation mark would end them."""
    named = [("track", title), ("artist", artist)]
    return " ".join(
        f'{field}:"{words.replace(chr(34), " ")}"' for field, words in named if words
    )


def _title(details: Details) -> str:
    return details.title[:MAX_TITLE_CHARS].strip() or "PersonalAIs"


def _description(details: Details) -> str:
    return f"Made with PersonalAIs ({details.marker})"


def _id(ref: str) -> str:
    return ref.removeprefix(PLAYLIST)
