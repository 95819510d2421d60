#!/usr/bin/env python
"""Django's command line.

A command that needs the database finds the embedded servers that ./bin/run started, or
starts them for its own duration.
"""

import os
import sys

# They neither read nor write data, so they need not wait for a server.
WITHOUT_SERVERS = {
    "check", "collectstatic", "compilemessages", "diffsettings", "findstatic", "help",
    "makemessages", "startapp", "version", "--help", "--version", "-h",
    "evaluate audio", "evaluate cpcd", "asyncapi", "chat",
}  # fmt: skip


def main() -> None:
    """Run the command that sys.argv names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "personalais.settings")
    try:
        from django.core.management import execute_from_command_line

        from personalais.embedded.failure import EmbeddedFailure
        from personalais.embedded.lease import leased
        from personalais.env import BadEnvironment, read_env
    except ImportError as error:
        sys.exit(
            f"{error.name} is not installed for {sys.executable}: run ./bin/run once, "
            "then use .venv/bin/python manage.py."
        )

    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    is_without = not {command, " ".join(sys.argv[1:3])}.isdisjoint(WITHOUT_SERVERS)
    try:
        env = read_env()
        if is_without or not env.needs_embedded:
            execute_from_command_line(sys.argv)
        else:
            with leased(env.personalais_home):
                execute_from_command_line(sys.argv)
    except (BadEnvironment, EmbeddedFailure) as failure:
        sys.exit(str(failure))


if __name__ == "__main__":
    main()
