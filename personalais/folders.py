"""Who may look into the folders of the data. Standard library only.

The data folder and `services` may be passed through, since root's PostgreSQL is another
user; logs and media are the site's alone.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

# For whatever the site writes; the embedded servers have the same.
PRIVATE_UMASK = 0o077


def passable_folder(path: Path) -> None:
    """Make a folder that others may pass through but not list; keep one that is there.

    Whatever umask holds. Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.mkdir()
    except FileExistsError:
        return
    path.chmod(0o711)


def private_folder(path: Path) -> None:
    """Make a folder that only its owner may use, or close one of ours to others.

    One that belongs to someone else keeps its mode. Raises OSError.
    """
    path.mkdir(parents=True, exist_ok=True)
    found = path.stat()
    if found.st_uid == os.geteuid() and stat.S_IMODE(found.st_mode) & 0o077:
        path.chmod(0o700)
