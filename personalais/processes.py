"""The command lines of the site's processes: one place for all who start them."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QUEUES = ("default", "audio")

# A frame of ours holds 64 KiB at most; the consumer refuses a bigger one with a reason,
# which it can only do if the server lets it see a little more.
MAX_MESSAGE_BYTES = 96 * 1024


def web_command(host: str, port: int) -> list[str]:
    """Return the command of the web process."""
    return [
        *(sys.executable, "-m", "personalais.web", "--bind", host, "--port", str(port)),
        *("--websocket-max-message-size", str(MAX_MESSAGE_BYTES)),
        *("--websocket-max-frame-size", str(MAX_MESSAGE_BYTES)),
        # 0: without daphne's log of requests, whose lines hold the keys of links.
        # personalais.access_log writes one.
        *("--no-server-name", "--verbosity", "0"),
        "personalais.asgi:application",
    ]


def worker_command() -> list[str]:
    """Return the command of a worker. It keeps models in memory from job to job.

    The system checks are left to the sweeper, since they load every page first: a
    second and more for each process, and memory that a worker has no use for.
    """
    return [
        *(sys.executable, str(ROOT / "manage.py"), "rqworker", *QUEUES),
        *("--worker-class", "rq.SimpleWorker", "--serializer", "json"),
        *("--verbosity", "1", "--skip-checks"),
    ]


def sweep_command() -> list[str]:
    """Return the command that queues again what a dead worker left behind."""
    return [sys.executable, str(ROOT / "manage.py"), "sweep"]


def prepare_command(what: str) -> list[str]:
    """Return the command that gets "static" files or "data" ready."""
    return [sys.executable, "-m", "personalais.prepare", what]


def wait_command() -> list[str]:
    """Return the command that waits until another process has migrated the data."""
    return [sys.executable, "-m", "personalais.prepare", "wait"]
