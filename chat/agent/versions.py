"""The tools for versions of a list, bound to one turn."""

from __future__ import annotations

from collections.abc import Callable

from accounts.models import User
from chat.agent.state import Given
from chat.models import Conversation
from chat.services import conversation_from_version
from playlists.models import PlaylistVersion


class VersionTools:
    """The versions of one playlist, and copies of them. All of it blocks."""

    def __init__(
        self,
        user: User,
        version: PlaylistVersion,
        refuse_when_stopped: Callable[[], None],
    ) -> None:
        self._user = user
        self._version = version
        self._refuse_when_stopped = refuse_when_stopped

    def numbered(self, number: int | None) -> PlaylistVersion | None:
        """Return a version by its number, and for None the current one. One query.

        None where there is no such version.
        """
        if number is None:
            return self._version
        return self._version.playlist.versions.filter(number=number).first()

    def newest(self) -> int:
        """Return the number of the newest version that was made. One query."""
        newest = self._version.playlist.versions.order_by("-number")
        return newest.values_list("number", flat=True)[0]

    def copy(
        self, version: PlaylistVersion, *, title: str, given: Given
    ) -> Conversation:
        """Begin a conversation about a copy of a version."""
        self._refuse_when_stopped()
        return conversation_from_version(
            version, owner=self._user, title=title, given=given
        )
