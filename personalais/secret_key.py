"""The key that signs sessions and links, made once and kept with the data."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from personalais.folders import passable_folder


def kept_secret_key(home: Path) -> str:
    """Return the data folder's key, making it on first use (mode 0600).

    Safe if several processes come first at once. Raises OSError if the folder cannot
    be written.
    """
    path = home / "secret_key"
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        pass
    passable_folder(home)
    draft = home / f"secret_key.{os.getpid()}"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        # Unlike a rename, a link never replaces the key that another process made.
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text().strip()
