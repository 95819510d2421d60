"""Where a song is at ListenBrainz: by its MusicBrainz id, then by its names.

ListenBrainz looks nothing up by ISRC. Names are taken there for one recording or none,
and sometimes for the wrong one, so each answer is held against the song.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from catalog.recordings.matching import best_of
from catalog.recordings.songs import Found, Offer, Song
from catalog.versions import title_parts


class Recording(Protocol):
    """A recording of MusicBrainz; `artists` holds every way that they are credited."""

    @property
    def mbid(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def artists(self) -> tuple[str, ...]: ...

    @property
    def duration_ms(self) -> int | None: ...


class Directory(Protocol):
    """What can be asked for recordings: accounts.listenbrainz.client.ListenBrainz."""

    def recording(self, mbid: str) -> Recording | None: ...

    def lookup(self, *, artist: str, title: str) -> Recording | None: ...


def recording_find(directory: Directory, song: Song) -> Found:
    """Find a song. One call for its id, and one for each way to say its names."""
    if song.musicbrainz_id and (known := directory.recording(song.musicbrainz_id)):
        # Ids of tables and tags may be wrong: something must agree.
        found = best_of(song, [_offer(known)], is_named=True)
        if found.ref:
            return found
    offers: list[Offer] = []
    for artist, title in _ways_to_say(song):
        if hit := directory.lookup(artist=artist, title=title):
            offers.append(_offer(hit))
        found = best_of(song, offers)
        if found.ref:
            return found
    return best_of(song, offers)


def _ways_to_say(song: Song) -> Iterator[tuple[str, str]]:
    """Yield names to look up: as they are, then without what the version adds."""
    if not song.artists:
        return
    first, base = song.artists[0], title_parts(song.title).base
    ways = [(first, song.title), (" & ".join(song.artists), song.title), (first, base)]
    yield from dict.fromkeys(ways)


def _offer(recording: Recording) -> Offer:
    return Offer(
        ref=recording.mbid,
        title=recording.title,
        artists=recording.artists,
        duration_ms=recording.duration_ms,
        url=f"https://musicbrainz.org/recording/{recording.mbid}",
    )
