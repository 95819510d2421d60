"""./bin/run's second half, for real: one site, started twice, in a path with a space."""

import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import psutil
import pytest

from personalais.static_files import are_collected, stamp_file, static_fingerprint
from tests.site import free_port

ROOT = Path(__file__).resolve().parents[2]
START_TIMEOUT_S = 240


@pytest.fixture
def home():
    folder = Path(tempfile.mkdtemp(prefix="personalais run "))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def start(home):
    """Start runs on the data folder; none outlives the test."""
    runs = []

    def start_run(port):
        runs.append(Run(home, port))
        return runs[-1]

    yield start_run
    for run in runs:
        if run.process.poll() is None:
            run.stop(signal.SIGKILL)
        run.process.stdout.close()


class Run:
    """A ./bin/run whose requirements are installed."""

    def __init__(self, home, port):
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in ("DATABASE_URL", "REDIS_URL", "RQ_KEY_PREFIX")
        }
        self.lines = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "personalais.serve", "--port", str(port)],
            cwd=ROOT,
            env={**kept, "PERSONALAIS_HOME": str(home)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def wait_for(self, words):
        """Read what it prints until a line holds some words; return that line."""
        for line in self.process.stdout:
            self.lines.append(line)
            if words in line:
                return line
        raise AssertionError("".join(self.lines))

    def family(self):
        """Return its processes and the servers that it holds."""
        own = psutil.Process(self.process.pid)
        return [own, *own.children(recursive=True)]

    def stop(self, number=signal.SIGINT):
        self.process.send_signal(number)
        return self.end()

    def end(self):
        """Wait until it has ended; return its exit code."""
        self.lines += self.process.stdout.readlines()
        self.process.stdout.close()
        return self.process.wait(60)


def processes_naming(home):
    """Return the command lines of all processes that name or work in a folder."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        try:
            environment = process.environ().get("PERSONALAIS_HOME", "")
        except (psutil.AccessDenied, psutil.NoSuchProcess, psutil.ZombieProcess):
            environment = ""
        words = process.info["cmdline"] or []
        if environment == str(home) or any(str(home) in word for word in words):
            found.append(words)
    return found


@pytest.mark.slow
def test_the_site_starts_survives_stops_without_a_trace_and_starts_again(home, start):
    port = free_port()
    run = start(port)
    address = re.search(r"http://\S+/", run.wait_for("PersonalAIs is ready"))[0]

    assert address == f"http://127.0.0.1:{port}/"
    with urllib.request.urlopen(f"{address}health/ready") as answer:
        health = json.load(answer)
    assert set(health["checks"].values()) == {"ok"}
    assert health["demo_library"]["total"] >= 160

    second = start(free_port())
    assert "already runs on this data folder" in second.wait_for("Cannot run")
    assert second.end() == 1

    urllib.request.urlopen(f"{address}health/live?key=a-secret").close()
    assert stat.S_IMODE((home / "logs").stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "media").stat().st_mode) == 0o700
    until = time.monotonic() + 30
    while "GET /health/live 200" not in (home / "logs" / "web.log").read_text():
        assert time.monotonic() < until
        time.sleep(0.05)
    for log in (home / "logs").iterdir():
        assert "a-secret" not in log.read_text()
        assert stat.S_IMODE(log.stat().st_mode) == 0o600

    worker = next(p for p in run.family() if "rqworker" in p.cmdline())
    worker.kill()
    run.wait_for("killed by SIGKILL")

    assert run.stop() == 0
    until = time.monotonic() + 30
    while left := processes_naming(home):
        assert time.monotonic() < until, left
        time.sleep(0.05)

    again = start(port)
    again.wait_for("PersonalAIs is ready")
    assert not [
        line for line in again.lines if "Applied" in line or "Collected" in line
    ]
    # Nothing outlives even a supervisor that cannot tidy up.
    family = again.family()
    again.stop(signal.SIGKILL)
    gone, alive = psutil.wait_procs(family, timeout=30)
    assert not [p for p in alive if p.status() != psutil.STATUS_ZOMBIE]
    until = time.monotonic() + 30
    while left := processes_naming(home):
        assert time.monotonic() < until, left
        time.sleep(0.05)


def test_static_files_are_collected_again_only_when_they_changed(tmp_path):
    fingerprint = static_fingerprint()

    assert not are_collected(tmp_path, fingerprint)

    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "staticfiles.json").write_text("{}")
    stamp_file(tmp_path).write_text(fingerprint)

    assert are_collected(tmp_path, static_fingerprint())
    assert not are_collected(tmp_path, "another")
