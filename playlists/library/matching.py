"""Which tracks of the catalog the songs of a library are.

By the rules that imports go by: the ISRC, then artist, title and version with lengths
at most 3 s apart. A remaster is also the plain recording here: it is only to be near to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from catalog.aliases import artists_aliased
from catalog.ingest.matching import Recording, tracks_matching
from catalog.models import Track
from catalog.names import name_key
from catalog.versions import song_key_of, title_parts
from playlists.library.service import HeldSong


def songs_match(songs: Sequence[HeldSong]) -> list[int | None]:
    """Return the track of each song, None where the catalog has none. Three queries."""
    first = {name_key(song.artists[0]) for song in songs if song.artists}
    # An artist who was merged into another one: their songs have the other's name now.
    names = {key: artist.key for key, artist in artists_aliased(first).items()}
    recordings = [_recording(song, names) for song in songs]
    found = tracks_matching(recordings)
    plain = {
        n: replace(one, version="", version_detail="", isrc=None)
        for n, one in enumerate(recordings)
        if found[n] is None and one.version == Track.Version.REMASTER
    }
    for n, track in zip(plain, tracks_matching(list(plain.values())), strict=True):
        found[n] = track
    return found


def _recording(song: HeldSong, names: Mapping[str, str]) -> Recording:
    parts = title_parts(song.title)
    keys = [name_key(name) for name in song.artists[:1]]
    return Recording(
        kind="",
        origin="",
        key="",
        song_key=song_key_of(parts, [names.get(key, key) for key in keys]),
        version=parts.version,
        version_detail=parts.detail,
        duration_ms=song.duration_ms,
        isrc=song.isrc or None,
    )
