"""A site of its own for one run: servers and a migrated database that end with it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from catalog.evaluation.failure import CannotEvaluate


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


def figures_tell(
    home: Path, measure: Callable[[Callable[[str], None]], Mapping[str, Any]]
) -> None:
    """Measure on a site of its own: progress on stderr, one JSON object on stdout.

    measure: takes who tells of progress, and imports itself what needs the site. Where it
    raises CannotEvaluate, the process ends with those words.
    """
    with throwaway_site(home):
        try:
            figures = measure(_say)
        except CannotEvaluate as failure:
            sys.exit(str(failure))
    sys.stdout.write(json.dumps(figures, ensure_ascii=False) + "\n")


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
