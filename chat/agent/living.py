"""The tools of a list that is refreshed by itself, bound to one turn."""

from __future__ import annotations

from collections.abc import Callable

from chat.agent.state import Given, State
from playlists import living
from playlists.models import LivingPlaylist, Playlist, PlaylistVersion


class LivingTools:
    """How one playlist is refreshed, and what that may bring. All of it blocks."""

    def __init__(
        self, version: PlaylistVersion, refuse_when_stopped: Callable[[], None]
    ) -> None:
        self._version = version
        self._refuse_when_stopped = refuse_when_stopped

    @property
    def _playlist(self) -> Playlist:
        return self._version.playlist

    def held(self) -> LivingPlaylist | None:
        """Return how the list is refreshed, None where it isn't. One query."""
        return living.living_of(self._playlist.pk)

    def keep(
        self,
        given: Given,
        *,
        every: living.Every,
        weekday: int | None,
        new_percent: int,
        rest_weeks: int,
    ) -> LivingPlaylist:
        """Have the list refreshed from now on, by what is given."""
        self._refuse_when_stopped()
        return living.living_keep(
            self._playlist,
            every=every,
            weekday=weekday,
            new_percent=new_percent,
            rest_weeks=rest_weeks,
            request=request_of(given),
        )

    def pause(self, *, is_paused: bool) -> LivingPlaylist | None:
        """Let refreshing rest or go on; None where the list isn't refreshed."""
        self._refuse_when_stopped()
        return living.living_pause(self._playlist, is_paused=is_paused)

    def stop(self) -> bool:
        """Have the list refreshed no more. Returns whether it was."""
        self._refuse_when_stopped()
        return living.living_stop(self._playlist)

    def songs_resting(self, weeks: int) -> frozenset[int]:
        """Return the tracks that the list held within so many weeks. Two queries."""
        return living.songs_lately(self._playlist, weeks=weeks)

    def songs_entered(self) -> dict[int, PlaylistVersion]:
        """Return since which version each of the list's tracks is there."""
        return living.songs_entered(self._version)


def request_of(given: Given) -> dict[str, object]:
    """Return what songs are searched by as the plain value that a list keeps of it."""
    return State(given=given).to_json()
