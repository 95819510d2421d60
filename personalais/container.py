"""One process of the site in a container: what compose.yaml starts.

    python -m personalais.container web|worker|sweep

The web process gets the data ready first, so one container is enough for a first start.
The others wait for its migrations.
"""

from __future__ import annotations

import os
import subprocess
import sys

from personalais.folders import PRIVATE_UMASK
from personalais.processes import (
    prepare_command,
    sweep_command,
    wait_command,
    web_command,
    worker_command,
)

PORT = 8000


def main() -> None:
    """Become the process that sys.argv names."""
    name = sys.argv[1]
    os.umask(PRIVATE_UMASK)
    if name == "web":
        for what in ("static", "data"):
            subprocess.run(prepare_command(what), check=True)  # noqa: S603
        # Inside a container every address is its own; compose.yaml says who may come.
        command = web_command("0.0.0.0", PORT)  # noqa: S104
    else:
        subprocess.run(wait_command(), check=True)  # noqa: S603
        command = {"worker": worker_command, "sweep": sweep_command}[name]()
    os.execv(command[0], command)  # noqa: S606


if __name__ == "__main__":
    main()
