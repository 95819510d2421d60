"""Artists and albums that a batch names: found by their keys, or made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalog.ingest.store import artists_ensure
from catalog.ingest.tables.facts import TableTrack
from catalog.models import Album, Artist
from catalog.names import name_key


@dataclass(frozen=True)
class Names:
    """Artists by name key; albums by name key and artist's id, None for nobody's."""

    artists: Mapping[str, Artist]
    albums: Mapping[tuple[str, int | None], Album]

    def artists_of(self, track: TableTrack) -> list[Artist]:
        """Return a track's artists in the order of their credits, each once."""
        return list(dict.fromkeys(self.artists[name_key(n)] for n in track.artists))

    def album_of(self, track: TableTrack) -> Album | None:
        """Return a track's album, if it names one."""
        return self.albums[_album_pair(track, self.artists)] if track.album else None


def names_ensure(tracks: Sequence[TableTrack]) -> Names:
    """Return the artists and albums that tracks name, made where they are new."""
    artists = artists_ensure(
        name for track in tracks for name in (*track.artists, track.album_artist)
    )
    wanted: dict[tuple[str, int | None], tuple[str, int | None]] = {}
    for track in tracks:
        if track.album:
            pair = _album_pair(track, artists)
            wanted.setdefault(pair, (track.album, track.year))
    keys = sorted({key for key, _ in wanted})

    def found() -> dict[tuple[str, int | None], Album]:
        rows = Album.objects.filter(key__in=keys)
        return {(album.key, album.artist_id): album for album in rows}

    albums = found() if keys else {}
    missing = sorted(
        wanted.keys() - albums.keys(), key=lambda pair: (pair[0], pair[1] or 0)
    )
    if missing:
        Album.objects.bulk_create(
            [
                Album(title=wanted[p][0], key=p[0], artist_id=p[1], year=wanted[p][1])
                for p in missing
            ],
            ignore_conflicts=True,
        )
        albums = found()
    return Names(artists, albums)


def _album_pair(
    track: TableTrack, artists: Mapping[str, Artist]
) -> tuple[str, int | None]:
    first = track.album_artist or (track.artists[0] if track.artists else "")
    artist = artists[name_key(first)].pk if first else None
    return name_key(track.album)[:500], artist
