"""A run that is started, disturbed, stopped and started again."""

import json
import signal
import stat
import time
import urllib.request

import psutil
import pytest

from personalais.static_files import are_collected, stamp_file, static_fingerprint
from tests.site import free_port


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
@pytest.mark.xdist_group("run")
def test_the_site_starts_survives_stops_without_a_trace_and_starts_again(runs):
    home, run = runs.home, runs.ready()
    with urllib.request.urlopen(f"{runs.url}/health/ready") as answer:
        health = json.load(answer)
    assert set(health["checks"].values()) == {"ok"}
    assert health["demo_library"]["total"] >= 160

    second = runs.start(free_port())
    assert "already runs on this data folder" in second.wait_for("Cannot run")
    assert second.end() == 1

    urllib.request.urlopen(f"{runs.url}/health/live?key=a-secret").close()
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

    again = runs.ready()
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
