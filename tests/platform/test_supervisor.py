"""The supervisor, with children that cost nothing."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from personalais.supervisor import LOG_BYTES, Child, GaveUp, Supervisor, rotate

ROOT = Path(__file__).resolve().parents[2]
SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]
# It says that it has set its handler, and from then on will not be asked to go.
STUBBORN = [
    *(sys.executable, "-c"),
    "import signal, time\n"
    "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    "print('ready', flush=True)\n"
    "time.sleep(600)",
]
DYING = [sys.executable, "-c", "raise SystemExit('no such luck')"]


@pytest.fixture
def said():
    return []


@pytest.fixture
def supervisor(said):
    supervisor = Supervisor(said.append)
    yield supervisor
    supervisor.stops_asked = 2
    supervisor.stop_all()


def tick_until(supervisor, is_true, timeout_s=30):
    until = time.monotonic() + timeout_s
    while not is_true():
        assert time.monotonic() < until, "it did not happen"
        supervisor.tick()
        time.sleep(0.01)


def has_ended(process, timeout_s=30):
    """Wait for the end of a process that is not ours to bury."""
    until = time.monotonic() + timeout_s
    while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < until, "it still runs"
        time.sleep(0.01)
    return True


def test_a_killed_child_is_started_again(supervisor, said, tmp_path):
    child = supervisor.add(Child("worker", SLEEPER, tmp_path / "worker.log"))
    first_pid = child.process.pid

    os.kill(first_pid, signal.SIGKILL)

    tick_until(supervisor, lambda: child.is_running and child.process.pid != first_pid)
    assert len(said) == 1
    assert "worker process ended (killed by SIGKILL)" in said[0]
    assert str(tmp_path / "worker.log") in said[0]


def test_a_child_that_dies_at_every_start_is_given_up_with_its_reason(
    supervisor, tmp_path
):
    supervisor.add(Child("web", DYING, tmp_path / "web.log", tries=2))

    with pytest.raises(GaveUp) as caught:
        tick_until(supervisor, lambda: False)

    assert "no such luck" in str(caught.value)
    assert str(tmp_path / "web.log") in str(caught.value)


def test_the_pause_before_a_restart_grows(supervisor, said, tmp_path):
    supervisor.add(Child("worker", DYING, tmp_path / "worker.log"))

    tick_until(supervisor, lambda: len(said) == 3)

    assert [
        f"in {line.split(' in ')[1].split('.  ')[0].split(' s')[0]} s" for line in said
    ] == ["in 0.5 s", "in 1 s", "in 2 s"]


def test_a_stop_ends_what_a_child_has_started_as_well(supervisor, tmp_path):
    log = tmp_path / "parent.log"
    command = [
        *(sys.executable, "-c"),
        "import subprocess, sys, time\n"
        "inner = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "print(inner.pid, flush=True)\n"
        "time.sleep(600)",
    ]
    supervisor.add(Child("parent", command, log))
    tick_until(supervisor, lambda: log.read_text().endswith("\n"))
    inner = psutil.Process(int(log.read_text()))

    supervisor.stop_all()

    assert not supervisor.children[0].is_running
    assert has_ended(inner)


def test_a_second_ask_does_not_wait_for_a_stubborn_child(
    supervisor, tmp_path, monkeypatch
):
    monkeypatch.setattr("personalais.supervisor.GRACE_S", 600)
    log = tmp_path / "stubborn.log"
    child = supervisor.add(Child("stubborn", STUBBORN, log))
    tick_until(supervisor, lambda: "ready" in log.read_text())

    supervisor.stops_asked = 2
    supervisor.stop_all()

    assert child.exit_code == -signal.SIGKILL


def test_a_stubborn_child_is_killed_after_the_grace(supervisor, tmp_path, monkeypatch):
    monkeypatch.setattr("personalais.supervisor.GRACE_S", 0.1)
    log = tmp_path / "stubborn.log"
    child = supervisor.add(Child("stubborn", STUBBORN, log))
    tick_until(supervisor, lambda: "ready" in log.read_text())

    supervisor.stop_all()

    assert child.exit_code == -signal.SIGKILL


@pytest.mark.skipif(
    sys.platform != "linux", reason="the kernel's part in it is Linux's"
)
def test_children_die_with_a_supervisor_that_is_killed(tmp_path):
    outer = subprocess.Popen(
        [
            *(sys.executable, "-c"),
            "import sys, time, pathlib\n"
            "from personalais.supervisor import Child, Supervisor\n"
            "child = Child('c', [sys.executable, '-c', 'import time; time.sleep(600)'],"
            " pathlib.Path(sys.argv[1]))\n"
            "Supervisor(print).add(child)\n"
            "print(child.process.pid, flush=True)\n"
            "time.sleep(600)",
            str(tmp_path / "c.log"),
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    child = psutil.Process(int(outer.stdout.readline()))

    outer.kill()
    outer.wait()
    outer.stdout.close()

    assert has_ended(child)


def test_a_log_that_has_grown_large_is_put_aside(tmp_path):
    log = tmp_path / "web.log"
    log.write_bytes(b"x" * (LOG_BYTES + 1))

    rotate(log)

    assert not log.exists()
    assert (tmp_path / "web.log.1").stat().st_size == LOG_BYTES + 1


def test_a_patient_child_gives_way(supervisor, tmp_path):
    child = supervisor.add(
        Child("worker", SLEEPER, tmp_path / "worker.log", is_patient=True)
    )

    assert os.getpriority(os.PRIO_PROCESS, child.process.pid) == 10
