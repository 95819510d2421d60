"""A site of its own for one run: servers and a migrated database that end with it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def throwaway_site(home: Path, *, is_timed: bool = False) -> Iterator[None]:
    """Start servers in a folder, set Django up there, and migrate.

    Once a process, and before anything has read the settings. Nothing of a site that
    the environment names is touched. A folder that was used before has its data.
    is_timed: with servers set up as a real site's are. Otherwise they take little
    memory, fill sooner and forget on a crash.
    """
    import django
    from django.core.management import call_command
    from django.db import connections

    from personalais.embedded.lease import Lease

    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o711)  # The embedded PostgreSQL of root is another user's.
    os.environ["DJANGO_SETTINGS_MODULE"] = "personalais.settings"
    os.environ["PERSONALAIS_ENV_FILE"] = ""
    os.environ["PERSONALAIS_HOME"] = str(home)
    for setting in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(setting, None)
    lease = Lease(home, is_throwaway=not is_timed)
    try:
        django.setup()
        call_command("migrate", verbosity=0)
        yield
    finally:
        connections.close_all()
        lease.release(is_end_awaited=True)
