"""Gets the data ready for this version, in one short-lived process.

    python -m personalais.prepare static|data|wait

`static` collects the static files; `data` migrates and begins the demo library, where
that is still to be done; `wait` waits until another process has migrated. The last line
of output tells what was done.
"""

from __future__ import annotations

import os
import sys
import time

from personalais.folders import private_folder

UP_TO_DATE = "The database is up to date."
WAIT_S = 1


def collect_static() -> str:
    """Collect the static files. Needs no database."""
    from django.conf import settings
    from django.core.management import call_command

    from personalais.static_files import stamp_file, static_fingerprint

    fingerprint = static_fingerprint()
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp_file(settings.HOME).write_text(fingerprint)
    return "Collected the static files."


def count_pending() -> int:
    """Return how many migrations are to be applied."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def prepare_data() -> str:
    """Apply what migrations are pending and begin the demo library, once."""
    from django.conf import settings
    from django.core.management import call_command

    private_folder(settings.MEDIA_ROOT)
    pending = count_pending()
    if pending:
        call_command("migrate", interactive=False, verbosity=1)
    call_command("seed_demo")
    if pending:
        return f"Applied {pending} migrations to the database."
    return UP_TO_DATE


def wait_for_data() -> str:
    """Wait until there is nothing to migrate."""
    while count_pending():
        time.sleep(WAIT_S)
    return UP_TO_DATE


def main() -> None:
    """Prepare what sys.argv names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "personalais.settings")
    import django

    django.setup()
    verbs = {"static": collect_static, "data": prepare_data, "wait": wait_for_data}
    done = verbs[sys.argv[1]]()
    sys.stdout.write(done + "\n")


if __name__ == "__main__":
    main()
