"""Watch a folder, and say which of its paths changed once they have come to rest.

The rule of this file: what the operating system tells is a hint, and what lies on the
disk is the truth. A path is told when two looks some time apart saw the same, so that a
file that is being copied isn't read half-way.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from watchfiles import watch

# A copy over a slow network writes now and then; what was still for so long is whole.
REST_S = 2.0
# What has come to rest waits for the rest of its album, but not for ever.
MAX_WAIT_S = 15.0
LOOK_EVERY_S = 0.5
POLL_EVERY_MS = 2000

Look = tuple[int, int, int]


@dataclass(frozen=True)
class Changed:
    """Paths below the root that changed and rest now; none means all of it."""

    parts: tuple[str, ...] = ()


class Away:
    """The folder is missing or empty: its drive may not be mounted."""


class TooManyFolders(Exception):
    """The operating system watches no more folders; the message says what to do."""


@dataclass
class _Restless:
    """Paths that changed, each with what it looked like and since when."""

    rest_s: float
    looks: dict[str, tuple[Look, float]] = field(default_factory=dict)
    rested_since: float | None = None

    def note(self, path: str, now_s: float) -> None:
        self.looks[path] = (_look(path), now_s)

    def rested(self, now_s: float) -> tuple[str, ...]:
        """Return the paths that rest, once all do or the first has waited long."""
        for path, (look, _) in list(self.looks.items()):
            if (fresh := _look(path)) != look:
                self.looks[path] = (fresh, now_s)
        still = [
            path
            for path, (_, since_s) in self.looks.items()
            if now_s - since_s >= self.rest_s
        ]
        if not still:
            self.rested_since = None
            return ()
        self.rested_since = self.rested_since or now_s
        if len(still) < len(self.looks) and now_s - self.rested_since < MAX_WAIT_S:
            return ()
        for path in still:
            del self.looks[path]
        self.rested_since = None
        return tuple(sorted(still))


def folder_changes(
    root: Path,
    *,
    stop: threading.Event,
    is_polling: bool = False,
    rest_s: float = REST_S,
) -> Iterator[Changed | Away]:
    """Yield what changed below a folder, until `stop` is set or Ctrl-C is pressed.

    root: without symbolic links. Links inside it are not followed. All of it counts as
    changed once it is watched, so that nothing is missed before. Where the folder goes
    away, Away comes once, and all of it has changed when it's back. is_polling looks
    through the whole folder every two seconds, for drives of other machines, which
    tell nothing. Raises TooManyFolders, and KeyboardInterrupt on Ctrl-C.
    """
    while not stop.is_set():
        if not _is_there(root):
            yield Away()
            while not _is_there(root) and not stop.wait(LOOK_EVERY_S):
                pass
        if not stop.is_set():
            yield from _while_there(root, stop, is_polling, rest_s)


def _while_there(
    root: Path, stop: threading.Event, is_polling: bool, rest_s: float
) -> Iterator[Changed]:
    """Watch until the folder is another one than it was, as after an unmount."""
    restless = _Restless(rest_s)
    is_first = True
    identity = _identity(root)
    changes = watch(
        root,
        watch_filter=lambda _, path: _is_shown(path, root),
        stop_event=stop,
        rust_timeout=round(LOOK_EVERY_S * 1000),
        yield_on_timeout=True,
        force_polling=is_polling,
        poll_delay_ms=POLL_EVERY_MS,
        ignore_permission_denied=True,
    )
    try:
        for batch in changes:
            now_s = time.monotonic()
            if _identity(root) != identity or not _is_there(root):
                return
            if is_first:
                is_first = False
                yield Changed()
            for _, path in batch:
                restless.note(path, now_s)
            if rested := restless.rested(now_s):
                yield Changed(rested)
    except FileNotFoundError:
        return
    except OSError as error:
        raise TooManyFolders(
            f"The system can't watch this folder ({error}). Raise its limit (sysctl"
            " fs.inotify.max_user_watches), or add --poll."
        ) from error


def _is_shown(path: str, root: Path) -> bool:
    """Say whether an import would look at a path: nothing hidden is on the way."""
    relative = os.path.relpath(path, root)
    return relative != "." and not any(
        part.startswith(".") for part in relative.split(os.sep)
    )


def _is_there(root: Path) -> bool:
    try:
        with os.scandir(root) as entries:
            return next(entries, None) is not None
    except OSError:
        return False


def _identity(root: Path) -> tuple[int, int] | None:
    try:
        status = root.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _look(path: str) -> Look:
    """Return what changes while a file, or anything in a folder, is being written."""
    try:
        status = os.stat(path)
    except OSError:
        return (0, 0, 0)
    count, size_bytes, newest_ns = 1, status.st_size, status.st_mtime_ns
    if os.path.isdir(path):
        for folder, _, names in os.walk(path):
            for name in names:
                inner = _look(os.path.join(folder, name))
                count += inner[0]
                size_bytes += inner[1]
                newest_ns = max(newest_ns, inner[2])
    return count, size_bytes, newest_ns
