"""This process's view of the catalog, as new as the database is.

The rule of this file: who asks for a view gets one that holds all that was committed
before. Only where very much changed at once (a refit of a large space, a table of a
hundred thousand rows) is it read behind the searches' back: until it's there they get
the view before, which says so by `is_behind`.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import connection

from catalog.columns.bases import base_opened
from catalog.columns.changes import Changes, Mark, changes_since
from catalog.columns.reading import segment_read
from catalog.columns.view import View, view_of, view_with
from catalog.findable import findable_tracks
from catalog.models import Space

logger = logging.getLogger(__name__)

# So many changed tracks are read while a search waits: about two seconds.
READ_AT_ONCE = 10_000


@dataclass(frozen=True)
class Current:
    """A view, up to where it knows the catalog, and the spaces whose vectors it has.

    spaces_were: the spaces' versions when they were read, see `Changes`. is_behind:
    changes are known that it doesn't have yet.
    """

    view: View
    mark: Mark
    audio: Space | None
    text: Space | None
    spaces_were: tuple[str, ...] = ()
    is_behind: bool = False

    @property
    def spaces(self) -> tuple[Space, ...]:
        """Return the current spaces, by which search finds."""
        return tuple(space for space in (self.audio, self.text) if space is not None)


@dataclass(frozen=True)
class _Spaces:
    """Current spaces, and versions that they had before they were read."""

    found: tuple[Space, ...]
    were: tuple[str, ...]


@dataclass
class _Held:
    """What a process holds of one database. The lock is for whoever makes it newer."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    current: Current | None = None
    reader: threading.Thread | None = None


_held: dict[str, _Held] = {}
_held_lock = threading.Lock()
_fixed: ContextVar[Current | None] = ContextVar("columns fixed", default=None)


def current_columns() -> Current:
    """Return the catalog in columns, brought up to date first.

    A small query where nothing changed; 0.2 ms more for each track that did.
    What this connection's open transaction wrote is seen by it alone. Within
    `columns_fixed` no query: what that was given.
    """
    fixed = _fixed.get()
    if fixed is not None:
        return fixed
    held = _of_this_database()
    with held.lock:
        before = held.current
        changes = changes_since(before.mark if before else None)
        spaces = _spaces_as_of(changes, before)
        if before is None or changes.tracks is None or _is_other(before, spaces):
            now = _read_whole(spaces)
        elif len(changes.tracks) > READ_AT_ONCE and not changes.is_private:
            _read_behind(held)
            return _current(before.view, before.mark, spaces, is_behind=True)
        else:
            now = _with_changes(before.view, changes, spaces)
        if not changes.is_private:
            held.current = now
        return now


@contextmanager
def columns_fixed(columns: Current) -> Iterator[None]:
    """Have all that is asked meanwhile answered by the same columns."""
    token = _fixed.set(columns)
    try:
        yield
    finally:
        _fixed.reset(token)


def columns_forget() -> None:
    """Let go of what this process holds of this database."""
    with _held_lock:
        _held.pop(_key(), None)


def current_spaces() -> tuple[Space, ...]:
    """Return the spaces by which search finds: of sound and of meaning, as there are."""
    kinds = (Space.Kind.AUDIO, Space.Kind.TEXT)
    found = Space.objects.defer("fitted").filter(is_current=True, kind__in=kinds)
    return tuple(found.order_by("kind"))


def _spaces_as_of(changes: Changes, before: Current | None) -> _Spaces:
    """Return the current spaces: those that are held, where none has changed."""
    if before is not None and before.spaces_were == changes.spaces:
        return _Spaces(before.spaces, changes.spaces)
    return _Spaces(current_spaces(), changes.spaces)


def _current(
    view: View, mark: Mark, spaces: _Spaces, *, is_behind: bool = False
) -> Current:
    by_kind = {space.kind: space for space in spaces.found}
    audio, text = by_kind.get(Space.Kind.AUDIO), by_kind.get(Space.Kind.TEXT)
    return Current(view, mark, audio, text, spaces.were, is_behind)


def _is_other(before: Current, spaces: _Spaces) -> bool:
    known = {space.pk for space in before.spaces}
    return any(space.pk not in known for space in spaces.found)


def _with_changes(view: View, changes: Changes, spaces: _Spaces) -> Current:
    if changes.tracks:
        ids = sorted(changes.tracks)
        fresh = segment_read(findable_tracks(), spaces.found, track_ids=ids)
        view = view_with(view, fresh, gone=ids)
    return _current(view, changes.mark, spaces)


def _read_whole(spaces: _Spaces) -> Current:
    """Read everything, from the files of the last base where they still serve."""
    base = base_opened(spaces.found)
    if base is not None:
        changes = changes_since(base.mark)
        if changes.tracks is not None:
            return _with_changes(view_of(base.segment), changes, spaces)
    mark = changes_since(None).mark
    whole = segment_read(findable_tracks(), spaces.found, track_ids=None)
    return _current(view_of(whole), mark, spaces)


def _read_behind(held: _Held) -> None:
    """Have a thread read what changed, unless one is at it."""
    if held.reader is not None and held.reader.is_alive():
        return
    held.reader = threading.Thread(
        target=_catch_up, args=(held,), name="columns", daemon=True
    )
    held.reader.start()


def _catch_up(held: _Held) -> None:
    try:
        before = held.current
        if before is None:
            return
        changes = changes_since(before.mark)
        spaces = _spaces_as_of(changes, before)
        if changes.tracks is None:
            now = _read_whole(spaces)
        else:
            now = _with_changes(before.view, changes, spaces)
        with held.lock:
            # A search may have read everything anew meanwhile.
            if held.current is before:
                held.current = now
    except Exception:
        # The next search tries again.
        logger.exception("the catalog's columns can't be brought up to date")
    finally:
        connection.close()


def _of_this_database() -> _Held:
    with _held_lock:
        return _held.setdefault(_key(), _Held())


def _key() -> str:
    settings = connection.settings_dict
    return f"{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"
