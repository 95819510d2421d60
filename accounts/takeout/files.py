"""Where exports lie: in a folder that the web server doesn't serve, the site's alone."""

from __future__ import annotations

import time
from collections.abc import Collection
from pathlib import Path
from uuid import UUID

from django.conf import settings

# A file that is being written has no row of its own name yet.
STRAY_AFTER_S = 24 * 3600


def file_of(export: UUID) -> Path:
    """Return where an export lies, or will."""
    folder: Path = settings.EXPORTS_ROOT
    return folder / f"{export}.zip"


def folder_ensure() -> Path:
    """Make the folder, readable by the site's own user only."""
    folder: Path = settings.EXPORTS_ROOT
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def file_forget(export: UUID) -> None:
    """Delete an export's file, if there is one."""
    file_of(export).unlink(missing_ok=True)


def strays_forget(known: Collection[UUID]) -> int:
    """Delete old files that no row speaks of. Returns how many."""
    folder: Path = settings.EXPORTS_ROOT
    names = {file_of(one).name for one in known}
    before = time.time() - STRAY_AFTER_S
    strays = [
        path
        for path in folder.glob("*")
        if path.name not in names and path.stat().st_mtime < before
    ]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)
