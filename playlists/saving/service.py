"""What a music service is to playlists: a protocol, its values, and what can go wrong.

A `ref` is a service's own name of a recording or of a playlist: a URI at Spotify, an
MBID at ListenBrainz. Nobody but the service looks into one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from catalog.recordings.songs import Found, Song


@dataclass(frozen=True)
class Details:
    """A playlist apart from its songs. `marker` finds it again; a service hides it well."""

    title: str
    is_public: bool
    marker: str


@dataclass(frozen=True)
class Overview:
    """A playlist as it stands there.

    stamp: changes with its songs; "" where there is none. is_right: title and
    publicity are as asked. is_kept: it is among the listener's lists.
    """

    stamp: str
    is_right: bool
    is_kept: bool


class MusicService(Protocol):
    """One listener's account at a service.

    Each call may raise a Trouble. Of one that raises TryLater nobody knows whether it
    took effect; all but `create` may simply be made again.
    """

    def look_up(self, song: Song) -> Found:
        """Find a recording that is surely the song, or what comes near it."""

    def find_marked(self, marker: str) -> list[str]:
        """Return the listener's playlists with this marker, the oldest first."""

    def create(self, details: Details) -> str:
        """Make an empty playlist; each call makes another one."""

    def look(self, ref: str, details: Details) -> Overview | None:
        """Say how a playlist stands; None where it is gone."""

    def songs(self, ref: str) -> list[str]:
        """Return the recordings in a playlist, in order."""

    def arrange(
        self,
        ref: str,
        *,
        now: Sequence[str],
        wanted: Sequence[str],
        before_each: Callable[[], None],
    ) -> str:
        """Turn what a playlist holds into what is wanted, by few calls.

        before_each: to be called before each call that changes something. Returns the
        list's stamp, "" where unknown.
        """

    def describe(self, ref: str, details: Details) -> None:
        """Give a playlist its title and publicity."""

    def keep(self, ref: str) -> None:
        """Put a playlist back among the listener's lists."""

    def remove(self, ref: str) -> None:
        """Take a playlist away from the listener's lists; one that is gone is no error."""

    def url(self, ref: str) -> str:
        """Return a playlist's page there, for people."""


class Trouble(Exception):
    """A service didn't do what was asked. `reason`: of SavedPlaylist.Reason."""

    reason = "refused"


class TryLater(Trouble):
    """It may go well later; after_s is how long the service wants to be left alone."""

    def __init__(self, reason: str, after_s: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after_s = after_s


class AccessLost(Trouble):
    """The listener must connect the service again."""

    reason = "reconnect"


class NotAllowed(Trouble):
    """The service forbids it to this listener, or to this site."""

    reason = "not_allowed"


class Refused(Trouble):
    """The service takes the request for wrong; it would again."""
