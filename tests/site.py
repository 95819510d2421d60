"""The true site as a process of its own, against this worker's test database."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

ROOT = Path(__file__).resolve().parent.parent
START_TIMEOUT_S = 120


class Site:
    """A running site. `url` has no slash at its end; `logs` is a folder."""

    def __init__(self, home: Path, database_url: str) -> None:
        self.home = home
        self.logs = home / "logs"
        self.logs.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.ws_url = f"ws://127.0.0.1:{self.port}/ws/chat/"
        self.processes: list[subprocess.Popen[bytes]] = []
        self.web: subprocess.Popen[bytes] | None = None
        self.environment = {
            **os.environ,
            "PERSONALAIS_HOME": str(home),
            "DATABASE_URL": database_url,
            "PYTHONWARNINGS": "default",
        }

    def manage(self, *arguments: str) -> str:
        """Run a manage.py command on the site's data; return what it printed."""
        done = subprocess.run(
            [sys.executable, ROOT / "manage.py", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self, name: str, *command: str) -> subprocess.Popen[bytes]:
        """Start a Python process of the site, with its output in the logs."""
        with (self.logs / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, *command],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        self.processes.append(process)
        return process

    def start_web(self) -> None:
        """Start the web process and wait until it answers."""
        from personalais.processes import web_command

        process = self.web = self.start("web", *web_command("127.0.0.1", self.port)[1:])
        until = time.monotonic() + START_TIMEOUT_S
        while not is_live(self.url):
            assert process.poll() is None, (self.logs / "web.log").read_text()
            assert time.monotonic() < until, "the site does not answer"
            time.sleep(0.05)

    def restart_web(self) -> None:
        """Let the web process forget what it remembers of the database."""
        if self.web is not None:
            self.stop(self.web)
        self.start_web()

    def start_worker(self, name: str = "worker") -> subprocess.Popen[bytes]:
        """Start a worker of the background jobs."""
        from personalais.processes import worker_command

        return self.start(name, *worker_command()[1:])

    def stop(self, process: subprocess.Popen[bytes]) -> None:
        """Stop one process and wait for its end."""
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if process in self.processes:
            self.processes.remove(process)

    def close(self) -> None:
        """Stop everything."""
        for process in list(self.processes):
            self.stop(process)


def free_port() -> int:
    """Return a port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_live(url: str) -> bool:
    """Say whether the site at a URL answers."""
    try:
        with urllib.request.urlopen(f"{url}/health/live", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def tests_database_url() -> str:
    """Return the URL of the database that this worker's tests use."""
    from django.db import connection

    named = connection.settings_dict
    account = quote(named["USER"] or "")
    if named["PASSWORD"]:
        account += ":" + quote(named["PASSWORD"])
    places = {"host": named["HOST"], "port": named["PORT"]}
    query = urlencode({name: value for name, value in places.items() if value})
    return f"postgresql://{account}@/{quote(named['NAME'])}?{query}"


@pytest.fixture(scope="session")
def running_site(
    django_db_setup,
    django_db_blocker,
    tmp_path_factory,
    running_spotify,
    running_listenbrainz,
):
    """Collect static files and start the web process, once for all tests.

    It has an app at the tests' Spotify, and knows the tests' ListenBrainz.
    """
    with django_db_blocker.unblock():
        url = tests_database_url()
    site = Site(tmp_path_factory.mktemp("site"), url)
    site.environment |= running_spotify.environment
    site.environment |= running_listenbrainz.environment
    site.manage("collectstatic", "--noinput", "--verbosity=0")
    site.start_web()
    yield site
    site.close()


@pytest.fixture
def site(running_site, transactional_db, clean_redis):
    """Give a test the running site: an empty database, and no worker.

    Rows that the test makes are committed, so the site sees them. A worker that the
    test starts is stopped at its end.
    """
    before = list(running_site.processes)
    yield running_site
    kept = [*before, running_site.web]
    for process in [p for p in running_site.processes if p not in kept]:
        running_site.stop(process)
