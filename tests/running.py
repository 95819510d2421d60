"""./bin/run's second half, for real: a site with its own servers, workers and music.

It's started once for the tests that need it, since making its first songs takes as long
as most of them together; one that has stopped it finds it started again.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from personalais.processes import worker_command
from tests.site import free_port

ROOT = Path(__file__).resolve().parent.parent


def environment_of(home: Path) -> dict[str, str]:
    """Return the environment of a process on a data folder with its own servers."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "REDIS_URL", "RQ_KEY_PREFIX")
    }
    return {**kept, "PERSONALAIS_HOME": str(home)}


def _privately(path: str, flags: int) -> int:
    """Open a file that nobody else may read, as a run's own logs are."""
    return os.open(path, flags, 0o600)


class Run:
    """A ./bin/run whose requirements are installed."""

    def __init__(self, home: Path, port: int) -> None:
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "personalais.serve", "--port", str(port)],
            cwd=ROOT,
            env=environment_of(home),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout is not None
        self.output = self.process.stdout

    def wait_for(self, words: str) -> str:
        """Read what it prints until a line holds some words; return that line."""
        for line in self.output:
            self.lines.append(line)
            if words in line:
                return line
        raise AssertionError("".join(self.lines))

    def family(self) -> list[psutil.Process]:
        """Return its processes and the servers that it holds."""
        own = psutil.Process(self.process.pid)
        return [own, *own.children(recursive=True)]

    def stop(self, number: int = signal.SIGINT) -> int:
        """Stop it by a signal; return its exit code."""
        self.process.send_signal(number)
        return self.end()

    def end(self) -> int:
        """Wait until it has ended; return its exit code."""
        self.lines += self.output.readlines()
        self.output.close()
        return self.process.wait(60)


class Runs:
    """Runs on one data folder, in a path with a space."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._all: list[Run] = []

    def start(self, port: int) -> Run:
        """Start one more, which is another's to wait for."""
        self._all.append(Run(self.home, port))
        return self._all[-1]

    def ready(self) -> Run:
        """Return the one that runs; started where none does."""
        for run in self._all:
            if run.process.poll() is None:
                return run
        run = self.start(self.port)
        said = re.search(r"http://\S+/", run.wait_for("PersonalAIs is ready"))
        assert said is not None
        assert said[0] == f"{self.url}/"
        return run

    @contextmanager
    def hurried(self) -> Iterator[None]:
        """Have one more worker for a while: a run's own step back for all else."""
        path = self.home / "logs" / "hurry.log"
        with open(path, "ab", opener=_privately) as log:
            process = subprocess.Popen(
                worker_command(),
                env=environment_of(self.home),
                stdout=log,
                stderr=log,
            )
        try:
            yield
        finally:
            process.terminate()
            process.wait(60)

    @contextmanager
    def still(self) -> Iterator[None]:
        """Let no worker go on for a while, so that the catalog stays as it is."""
        family = self.ready().family()
        workers = [process for process in family if "rqworker" in process.cmdline()]
        for worker in workers:
            worker.suspend()
        try:
            yield
        finally:
            for worker in workers:
                worker.resume()

    def close(self) -> None:
        """Let none outlive the tests."""
        for run in self._all:
            if run.process.poll() is None:
                run.stop()
            run.output.close()


@pytest.fixture(scope="session")
def runs():
    """Give runs on a data folder of their own."""
    home = Path(tempfile.mkdtemp(prefix="personalais run "))
    home.chmod(0o711)
    started = Runs(home)
    yield started
    started.close()
    shutil.rmtree(home)
