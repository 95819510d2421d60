"""A web process of the site of this process, for as long as something is measured."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_TIMEOUT_S = 120


@contextmanager
def serving(
    command: list[str], home: Path, *, name: str
) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Start a server on the current database; yield it and its port once it is ready.

    command: with "--port" in it. home: for its log, by the name.
    """
    from django.conf import settings

    port = _free_port()
    command = list(command)
    command[command.index("--port") + 1] = str(port)
    environment = {
        **os.environ,
        "DATABASE_URL": settings.ENV.database_url,
        "REDIS_URL": settings.ENV.redis_url,
    }
    with (home / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603  our own command
            command, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            _wait_ready(process, port, home / f"{name}.log")
            yield process, port
        finally:
            process.terminate()
            process.wait(30)


def _wait_ready(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + START_TIMEOUT_S
    while True:
        if process.poll() is not None:
            raise SystemExit(f"The server ended:\n{log.read_text()}")
        if time.monotonic() > until:
            raise SystemExit(f"The server doesn't get ready:\n{log.read_text()}")
        address = f"http://127.0.0.1:{port}/health/ready"
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if answer.status == 200:
                    return
        except urllib.error.HTTPError as error:
            if json.loads(error.read())["checks"]["text_encoder"] == "ok":
                return  # no worker runs here, and none is needed
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(0.2)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
