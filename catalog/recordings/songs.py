"""What is known of tracks that are to be found elsewhere, and what is found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from catalog.models import Track


@dataclass(frozen=True)
class Song:
    """What is known of a track that a service is to find."""

    title: str
    artists: tuple[str, ...]
    album: str = ""
    duration_ms: int | None = None
    isrc: str = ""
    musicbrainz_id: str = ""
    spotify_id: str = ""


@dataclass(frozen=True)
class Offer:
    """A recording that a service has.

    ref: its name there. url: its page there, for people.
    """

    ref: str
    title: str
    artists: tuple[str, ...]
    duration_ms: int | None = None
    url: str = ""


@dataclass(frozen=True)
class Found:
    """What a service has of a song: `ref`, or "" and what comes near it, nearest first."""

    ref: str
    near: tuple[Offer, ...] = ()


def songs_of(track_ids: Iterable[int]) -> dict[int, Song]:
    """Return what is known of tracks, in the given order. Three queries."""
    ids = list(dict.fromkeys(track_ids))
    known = Track.objects.select_related("album").prefetch_related("credits__artist")
    tracks = known.in_bulk(ids)
    return {i: _song(tracks[i]) for i in ids if i in tracks}


def _song(track: Track) -> Song:
    return Song(
        title=track.title,
        artists=tuple(credit.artist.name for credit in track.credits.all()),
        album=track.album.title if track.album else "",
        duration_ms=track.duration_ms,
        isrc=track.isrc or "",
        musicbrainz_id=str(track.musicbrainz_id or ""),
        spotify_id=track.spotify_id,
    )
