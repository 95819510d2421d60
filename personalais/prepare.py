"""Gets the data ready for this version, in one short-lived process.

    python -m personalais.prepare static|data

`static` collects the static files; `data` migrates and begins the demo library. Each
does nothing where nothing is to be done. The last line of output tells what was done.
"""

from __future__ import annotations

import os
import sys


def collect_static() -> str:
    """Collect the static files. Needs no database."""
    from django.conf import settings
    from django.core.management import call_command

    from personalais.static_files import stamp_file, static_fingerprint

    fingerprint = static_fingerprint()
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp_file(settings.HOME).write_text(fingerprint)
    return "Collected the static files."


def prepare_data() -> str:
    """Apply what migrations are pending and begin the demo library, once."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        call_command("migrate", interactive=False, verbosity=1)
    call_command("seed_demo")
    if pending:
        return f"Applied {len(pending)} migrations to the database."
    return "The database is up to date."


def main() -> None:
    """Prepare what sys.argv names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "personalais.settings")
    import django

    django.setup()
    done = {"static": collect_static, "data": prepare_data}[sys.argv[1]]()
    sys.stdout.write(done + "\n")


if __name__ == "__main__":
    main()
