"""What this ListenBrainz holds: listeners, recordings, playlists and feedback.

Everything is plain data that a test may set and look at; `api.py` serves it. Where the
stand-in for Spotify has the same, it has the same name.
"""

from __future__ import annotations

import itertools
import uuid
from dataclasses import dataclass, field


@dataclass
class Song:
    """A recording. `credit`: how its artists are printed."""

    id: str
    name: str
    artists: list[str]
    duration_ms: int | None = 200_000
    album: str = "An Album"

    @property
    def uri(self) -> str:
        """What a playlist holds of it: its MBID."""
        return self.id

    @property
    def credit(self) -> str:
        return " & ".join(self.artists)


@dataclass
class Playlist:
    """A playlist; `uris` are MBIDs in playing order."""

    id: str
    owner: str
    name: str
    description: str = ""
    is_public: bool = True
    uris: list[str] = field(default_factory=list)
    collaborators: list[str] = field(default_factory=list)
    changes: int = 0


@dataclass
class Listener:
    """Somebody with an account there, by their name at MusicBrainz."""

    name: str
    token: str


class World:
    """One ListenBrainz."""

    def __init__(self) -> None:
        self.listeners: dict[str, Listener] = {}
        self.songs: dict[str, Song] = {}
        self.playlists: dict[str, Playlist] = {}
        # What listeners love (1) and hate (-1), by name and MBID.
        self.feedback: dict[tuple[str, str], int] = {}
        self._numbers = itertools.count(1)

    def add_listener(self, name: str = "nina") -> Listener:
        """Add somebody, with a token."""
        listener = Listener(name, self.new_id("token"))
        self.listeners[name] = listener
        return listener

    def add_song(self, name: str, artist: str = "Nina", **fields: object) -> Song:
        """Add a recording."""
        song = Song(self.new_id("recording"), name, [artist])
        for field_name, value in fields.items():
            setattr(song, field_name, value)
        self.songs[song.id] = song
        return song

    def add_playlist(self, owner: Listener, name: str, **fields: object) -> Playlist:
        """Add a playlist of somebody's."""
        new = Playlist(self.new_id("playlist"), owner.name, name)
        for field_name, value in fields.items():
            setattr(new, field_name, value)
        self.playlists[new.id] = new
        return new

    def lists_of(self, listener: Listener) -> list[Playlist]:
        """Return somebody's playlists, newest first."""
        own = [one for one in self.playlists.values() if one.owner == listener.name]
        return own[::-1]

    def empty(self, listener: Listener) -> None:
        """Be without playlists."""
        self.playlists.clear()

    def of_token(self, token: str) -> Listener | None:
        """Return whose token it is."""
        return next(
            (one for one in self.listeners.values() if one.token == token), None
        )

    def withdraw(self, listener: Listener) -> None:
        """Let somebody reset their token."""
        listener.token = self.new_id("token")

    def new_id(self, kind: str) -> str:
        """Return a UUID that nothing else has."""
        return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{kind}{next(self._numbers)}"))
