"""Holding the embedded servers: found if they run, started if not."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from personalais.embedded.failure import EmbeddedFailure
from personalais.folders import passable_folder, private_folder

# initdb on a slow disk, then both servers' own limits.
START_TIMEOUT_S = 180
STOP_TIMEOUT_S = 60


class Lease:
    """While it is held, the embedded servers run."""

    def __init__(self, home: Path, *, is_throwaway: bool = False) -> None:
        """Start the servers, or join those that run. Blocks until they answer (~1 s).

        is_throwaway: quicker, and forgetful on a crash; for tests.
        Raises EmbeddedFailure with the reason in one sentence.
        """
        self.home = home
        self._is_throwaway = is_throwaway
        # What the keeper that this lease has started wants people to know.
        self.notes: list[str] = []
        folder = home / "services"
        try:
            passable_folder(home)
            passable_folder(folder)
            self._users = (folder / "users.lock").open("a")
        except OSError as error:
            raise EmbeddedFailure(
                f"Cannot write to the data folder {home} ({error.strerror}): make it "
                "writable, or set PERSONALAIS_HOME to another folder."
            ) from error
        try:
            self.renew()
        except BaseException:
            self._users.close()
            raise

    def renew(self) -> None:
        """Start the servers again if they are gone. Raises EmbeddedFailure."""
        with (self.home / "services" / "start.lock").open("a") as start:
            fcntl.flock(start, fcntl.LOCK_EX)
            # Waits for a keeper that is just stopping.
            fcntl.flock(self._users, fcntl.LOCK_SH)
            has_started = False
            until = time.monotonic() + START_TIMEOUT_S
            while time.monotonic() < until:
                status = read_status(self.home)
                if is_kept(self.home):
                    word, *notes = status.splitlines() or [""]
                    if word == "ready":
                        self.notes = notes if has_started else []
                        return
                elif not has_started:
                    self._start_keeper()
                    has_started = True
                else:
                    raise EmbeddedFailure(
                        status.removeprefix("failed ")
                        or "The embedded servers' keeper ended without a word: see "
                        f"{self.home / 'logs' / 'services.log'}."
                    )
                time.sleep(0.02)
        raise EmbeddedFailure(
            f"The embedded servers did not start within {START_TIMEOUT_S} s: see "
            f"{self.home / 'logs'}."
        )

    def release(self, *, is_end_awaited: bool = False) -> None:
        """Let go. The servers stop if this was the last lease.

        is_end_awaited: return when they have stopped, or someone else holds them.
        """
        self._users.close()
        if not is_end_awaited:
            return
        until = time.monotonic() + STOP_TIMEOUT_S
        while is_kept(self.home) and not is_held(self.home):
            if time.monotonic() > until:
                raise EmbeddedFailure(
                    f"The embedded servers did not stop within {STOP_TIMEOUT_S} s: "
                    f"see {self.home / 'logs'}."
                )
            time.sleep(0.02)

    def _start_keeper(self) -> None:
        status_file(self.home).unlink(missing_ok=True)
        logs = self.home / "logs"
        private_folder(logs)
        command = [sys.executable, "-m", "personalais.embedded.keeper", str(self.home)]
        if self._is_throwaway:
            command.append("--throwaway")
        root = Path(__file__).resolve().parents[2]
        with (logs / "services.log").open("ab") as log:
            # Returns once the keeper has its lock and lives on by itself. In a session
            # of its own, so that Ctrl-C in the terminal does not reach it.
            subprocess.run(  # noqa: S603
                command,
                cwd=root,
                env={**os.environ, "PYTHONPATH": str(root)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                check=False,
            )


@contextmanager
def leased(home: Path) -> Iterator[None]:
    """Hold the embedded servers for a while."""
    lease = Lease(home)
    for note in lease.notes:
        sys.stderr.write(f"{note}\n")
    try:
        yield
    finally:
        lease.release()


def status_file(home: Path) -> Path:
    """Return where the keeper writes "failed" and the reason, or "ready" and its notes."""
    return home / "services" / "status"


def read_status(home: Path) -> str:
    """Return what the keeper says of itself; empty before it has said anything."""
    try:
        return status_file(home).read_text()
    except FileNotFoundError:
        return ""


def is_kept(home: Path) -> bool:
    """Say whether a keeper is alive."""
    return not _may_lock(home / "services" / "keeper.lock", fcntl.LOCK_SH)


def is_held(home: Path) -> bool:
    """Say whether anybody holds a lease."""
    users = home / "services" / "users.lock"
    # A keeper that stops holds it alone, leases share it.
    return _may_lock(users, fcntl.LOCK_SH) and not _may_lock(users, fcntl.LOCK_EX)


def _may_lock(path: Path, mode: int) -> bool:
    try:
        file = path.open()
    except FileNotFoundError:
        return True
    with file:
        try:
            fcntl.flock(file, mode | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
