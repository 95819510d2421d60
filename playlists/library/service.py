"""What a service lets us read of a listener's library: plain values, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from playlists.library.models import LibraryPart


@dataclass(frozen=True)
class HeldSong:
    """A song as a service tells of it. url: its page there, for people."""

    ref: str
    title: str
    artists: tuple[str, ...]
    duration_ms: int | None = None
    isrc: str = ""
    url: str = ""


@dataclass(frozen=True)
class HeldList:
    """A playlist of the listener's own."""

    ref: str
    title: str


@dataclass(frozen=True)
class SongPage:
    """Songs of a page. next: where the next one begins, None at the end. total: of all."""

    songs: tuple[HeldSong, ...]
    next: int | None
    total: int


@dataclass(frozen=True)
class ListPage:
    """Playlists of a page; see SongPage."""

    lists: tuple[HeldList, ...]
    next: int | None


class LibraryService(Protocol):
    """One listener's library at a service. Each call may raise a Trouble."""

    def scope(self, kind: LibraryPart.Kind) -> str:
        """Return what a listener must have agreed to there, for a kind."""

    def songs(self, kind: LibraryPart.Kind, ref: str, offset: int) -> SongPage:
        """Read a page of songs. ref: which playlist, where it is of one."""

    def lists(self, offset: int) -> ListPage:
        """Read a page of the listener's own playlists."""
