"""Short names for songs within one turn: the only ones that the model may use.

A model that never sees a database id can't guess one, and "t12" of another turn means
nothing here.
"""

from __future__ import annotations

from collections.abc import Iterable


class UnknownHandle(Exception):
    """The model named songs that no tool gave it."""

    def __init__(self, handles: Iterable[str]) -> None:
        self.handles = tuple(handles)
        super().__init__(", ".join(self.handles))


class Handles:
    """Gives songs out as t1, t2, … and takes them back."""

    def __init__(self) -> None:
        self._tracks: dict[str, int] = {}
        self._handles: dict[int, str] = {}

    def of(self, track_id: int) -> str:
        """Return a song's handle; the same one each time."""
        if track_id not in self._handles:
            handle = f"t{len(self._handles) + 1}"
            self._handles[track_id] = handle
            self._tracks[handle] = track_id
        return self._handles[track_id]

    def tracks(self, handles: Iterable[str]) -> list[int]:
        """Return the songs of handles, each once, in order. Raises UnknownHandle."""
        return list(dict.fromkeys(self.named(handles)))

    def named(self, handles: Iterable[str]) -> list[int]:
        """Return the songs of handles as often as they are named. Raises UnknownHandle."""
        handles = [handle.strip().lower() for handle in handles]
        known = self._tracks
        unknown = [handle for handle in dict.fromkeys(handles) if handle not in known]
        if unknown:
            raise UnknownHandle(unknown)
        return [self._tracks[handle] for handle in handles]
