"""Commands end well at a signal, wherever in their work it comes."""

import os
import signal
import subprocess
import sys
import threading

import pytest
from django.db import DatabaseError, connection

from catalog.advisory import Lock, is_locked, try_session_lock
from catalog.management.stopping import until_stopped
from tests.site import ROOT


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_block_and_only_the_block(number):
    before = signal.getsignal(number)
    reached = []

    with until_stopped() as stop:
        os.kill(os.getpid(), number)
        reached.append("behind the signal")

    assert stop.is_set()
    assert reached == []
    assert signal.getsignal(number) is before


def test_an_error_before_any_signal_is_an_error():
    with pytest.raises(ValueError, match="of its own"), until_stopped() as stop:
        raise ValueError("of its own")

    assert not stop.is_set()


def test_a_block_that_is_done_was_not_stopped():
    with until_stopped() as stop:
        pass

    assert not stop.is_set()


@pytest.mark.django_db(transaction=True)
def test_a_query_broken_off_leaves_no_error_and_a_connection_that_works():
    def interrupt_in_mid_query():
        # Sent and not taken: the lock's release then meets a busy connection.
        driver = connection.connection
        driver.pgconn.send_query(b"SELECT pg_sleep(30)")
        os.kill(os.getpid(), signal.SIGINT)

    failures = []
    with until_stopped() as stop, try_session_lock(Lock.RUN_FINISH, 7):
        try:
            with try_session_lock(Lock.RUN_SLOT, 7):
                interrupt_in_mid_query()
        except DatabaseError as error:
            failures.append(error)
            raise

    assert stop.is_set()
    assert "in progress" in str(failures[0])
    assert not is_locked(Lock.RUN_SLOT, 7)


def test_in_other_threads_the_block_runs_as_it_is():
    seen = []

    def run():
        with until_stopped() as stop:
            seen.append(stop.is_set())

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()

    assert seen == [False]


def test_a_signal_amid_executed_code_does_not_end_python_itself():
    # As an import that makes dataclasses, which is most of torch.
    program = (
        "import os, signal\n"
        "from django.db import connection\n"
        "from catalog.management.stopping import until_stopped\n"
        # Its backend is imported first: any later `exec` would hide the fault.
        "connection.close()\n"
        "with until_stopped() as stop:\n"
        "    exec('os.kill(os.getpid(), signal.SIGINT)')\n"
        "print('ended', stop.is_set())\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "personalais.settings"},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
    assert "ended True" in done.stdout
