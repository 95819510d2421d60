"""Where the embedded servers listen: a function of the data folder alone.

So the settings can name both addresses before anything runs.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from urllib.parse import quote

DATABASE_NAME = "personalais"
SUPERUSER = "postgres"

# A unix socket's path holds 107 bytes at most; ".s.PGSQL.5432.lock" takes 19 of them.
MAX_FOLDER_BYTES = 85
# redis-py splits the answer of CLIENT LIST at spaces, and every RQ worker reads it at
# its start; PostgreSQL splits unix_socket_directories at commas.
PLAIN_PATH = re.compile(r"[A-Za-z0-9/._+-]+")


def socket_folder(home: Path) -> Path:
    """Return the private folder of both sockets: in the data folder, where that can be.

    A long path, or one with a space, gives way to a folder in /tmp.
    """
    folder = home / "services" / "run"
    name = str(folder)
    if len(name.encode()) <= MAX_FOLDER_BYTES and PLAIN_PATH.fullmatch(name):
        return folder
    digest = hashlib.sha256(name.encode()).hexdigest()[:16]
    # Not gettempdir(): each of our processes must find the same folder, whatever its
    # TMPDIR. The keeper makes it private, and refuses one that is not ours.
    return Path("/tmp", f"personalais-{digest}")  # noqa: S108


def database_url(home: Path) -> str:
    """Return the URL of the embedded PostgreSQL's database."""
    folder = quote(str(socket_folder(home)), safe="/")
    return f"postgresql://{SUPERUSER}@/{DATABASE_NAME}?host={folder}"


def redis_url(home: Path) -> str:
    """Return the URL of the embedded Redis."""
    return f"unix://{socket_folder(home)}/redis.sock?db=0"
