"""What may be said of songs: stored facts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from catalog.guests import guest_ids
from catalog.search.query import Attribute
from catalog.stored import Stored, tracks_stored
from chat.agent.quoting import named, quoted
from playlists.mixing import Sound

# Attributes that are told; loudness says little to people.
_TOLD: tuple[Attribute, ...] = (
    *("energy", "valence", "tempo_bpm", "danceability", "acousticness"),
    *("instrumentalness", "popularity"),
)


@dataclass(frozen=True)
class Song:
    """What may be said of a track: stored facts. tags: kind and key of each.

    guest_ids: artists whom nothing but the title names.
    """

    track_id: int
    title: str
    artists: tuple[str, ...]
    artist_ids: tuple[int, ...]
    genres: frozenset[str]
    year: int | None
    duration_ms: int | None
    facts: dict[str, float | None]
    language: str = ""
    version: str = ""
    is_explicit: bool | None = None
    liveness: float | None = None
    source: str = ""
    tags: frozenset[tuple[str, str]] = frozenset()
    pitch_class: int | None = None
    is_major: bool | None = None
    guest_ids: frozenset[int] = frozenset()
    album: str = ""
    has_audio: bool = False

    @property
    def sound(self) -> Sound:
        """Return what matters where the song meets another."""
        return Sound(
            self.pitch_class,
            self.is_major,
            self.facts.get("tempo_bpm"),
            self.facts.get("energy"),
        )

    @property
    def credit(self) -> str:
        """Return title and artists as people say them."""
        by = f" by {' and '.join(map(named, self.artists))}" if self.artists else ""
        return f"{quoted(self.title)}{by}"


def songs_of(track_ids: Collection[int]) -> dict[int, Song]:
    """Return stored facts of tracks, by ascending id. Two queries at most."""
    stored = tracks_stored(track_ids)
    guests = guest_ids({track.title for track in stored.values()})
    return {
        pk: song_of(track, guests.get(track.title, frozenset()))
        for pk, track in stored.items()
    }


def song_of(track: Stored, guests: frozenset[int] = frozenset()) -> Song:
    """Return what may be said of a track. guests: artists whom its title names."""
    return Song(
        track_id=track.pk,
        title=track.title,
        artists=tuple(track.artists.values()),
        artist_ids=tuple(track.artists),
        genres=frozenset(tag.key for tag in track.tags if tag.is_genre),
        tags=frozenset((tag.kind, tag.key) for tag in track.tags),
        year=track.year,
        duration_ms=track.duration_ms,
        facts={name: track.attributes[name] for name in _TOLD},
        language=track.language,
        version=track.version,
        is_explicit=track.is_explicit,
        liveness=track.liveness,
        source=track.source,
        pitch_class=track.pitch_class,
        is_major=track.is_major,
        guest_ids=guests,
        album=track.album,
        has_audio=bool(track.audio_path),
    )
