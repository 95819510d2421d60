"""./bin/run, once everything is installed: the whole site in one terminal.

    python -m personalais.serve [--host 127.0.0.1] [--port 8000]

The web process takes the longest to start, since it loads the text encoder; so it
starts first, and services, migrations and workers come up meanwhile.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from personalais.embedded.failure import EmbeddedFailure
from personalais.embedded.lease import Lease, is_kept
from personalais.env import BadEnvironment, Env, read_env
from personalais.folders import PRIVATE_UMASK, passable_folder, private_folder
from personalais.prepare import UP_TO_DATE
from personalais.probe import Health, ask, host_header
from personalais.processes import (
    prepare_command,
    sweep_command,
    web_command,
    worker_command,
)
from personalais.static_files import are_collected, static_fingerprint
from personalais.supervisor import Child, GaveUp, Supervisor
from personalais.terminal import Terminal

TICK_S = 0.05
WORKERS = 2
LOOPBACK = ("127.0.0.1", "localhost", "::1")
# How long a start may take before the terminal says what it waits for.
PATIENCE_S = 30


class Stopped(Exception):
    """Somebody asked to stop while the site was starting."""


class SiteRun:
    """One run of the site, from its start to its end."""

    def __init__(self, env: Env, *, host: str, port: int) -> None:
        self.env = env
        self.home = env.personalais_home
        self.logs = self.home / "logs"
        passable_folder(self.home)
        for folder in (self.logs, self.home / "media"):
            private_folder(folder)
        self.host = host
        self.port = port
        self.terminal = Terminal()
        self.supervisor = Supervisor(self.terminal.say)
        self.lease: Lease | None = None

    @property
    def url(self) -> str:
        """Return the address for people on this machine."""
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]"}.get(  # noqa: S104
            self.host, self.host
        )
        return f"http://{host}:{self.port}"

    def start(self) -> None:
        """Start everything and wait until people may come in.

        Raises EmbeddedFailure, GaveUp or Stopped.
        """
        if not are_collected(self.home, static_fingerprint()):
            self.terminal.draft("Collecting static files …")
            self.prepare("static")
        web = web_command(self.host, self.port)
        self.supervisor.add(Child("web", web, self.logs / "web.log", tries=3))
        if self.env.needs_embedded:
            self.terminal.draft("Starting the database …")
            self.lease = Lease(self.home)
            for note in self.lease.notes:
                self.terminal.say(note)
        self.terminal.draft("Looking after the database …")
        self.prepare("data")
        for number in range(1, WORKERS + 1):
            log = self.logs / f"worker-{number}.log"
            worker = Child(f"worker {number}", worker_command(), log, is_patient=True)
            self.supervisor.add(worker)
        sweep = Child(
            "sweep", sweep_command(), self.logs / "sweep.log", is_patient=True
        )
        self.supervisor.add(sweep)
        self.wait_until_ready()

    def prepare(self, what: str) -> None:
        """Run one preparation to its end. Raises GaveUp or Stopped."""
        child = Child(
            f"prepare {what}",
            prepare_command(what),
            self.logs / f"prepare-{what}.log",
            is_once=True,
        )
        self.supervisor.add(child)
        while child.is_running:
            self.tick()
        self.supervisor.children.remove(child)
        if child.exit_code != 0:
            raise GaveUp(f"{child.last_words()} The whole log: {child.log}")
        if child.last_words() != UP_TO_DATE:
            self.terminal.say(child.last_words())

    def wait_until_ready(self) -> None:
        """Wait for /health/ready. Raises GaveUp or Stopped."""
        begun_at = time.monotonic()
        has_told = False
        while not (health := self.health()).is_ready:
            missing = ", ".join(health.missing) or "the web process"
            self.terminal.draft(f"Waiting for {missing} …")
            if time.monotonic() - begun_at > PATIENCE_S and not has_told:
                has_told = True
                self.terminal.say(f"Still waiting for {missing}. Logs: {self.logs}")
            # Each look takes some of the time that the web process needs to load.
            for _ in range(8):
                self.tick()

    def health(self) -> Health:
        """Ask the web process how it is."""
        return ask(self.url, host=host_header(self.env.allowed_hosts))

    def tick(self) -> None:
        """Look after processes and servers once. Raises GaveUp, Stopped and more."""
        time.sleep(TICK_S)
        if self.supervisor.is_stopping:
            raise Stopped
        self.supervisor.tick()
        if self.lease is not None and not is_kept(self.home):
            self.terminal.say("The embedded database ended; it starts again.")
            self.lease.renew()

    def follow(self) -> None:
        """Look after everything, and tell of the demo library until it is in."""
        is_told, asked_at, plain_at = False, 0.0, 0.0
        while True:
            self.tick()
            now = time.monotonic()
            if is_told or now - asked_at < 1:
                continue
            asked_at = now
            demo = self.health().answer.get("demo_library", {})
            ready, total = demo.get("ready", 0), demo.get("total", 0)
            if total and ready >= total:
                is_told = True
                if plain_at:
                    self.terminal.say(f"The demo library is in: {total} songs.")
            elif total:
                self.terminal.draft(f"Music: {ready} of {total} songs ready.")
                if not self.terminal.is_live and now - plain_at > 10:
                    self.terminal.say(f"Music: {ready} of {total} songs ready.")
                    plain_at = now
                plain_at = plain_at or now

    def greet(self) -> None:
        """Print the address and what else a newcomer should know."""
        say = self.terminal.say
        say(f"PersonalAIs is ready: {self.url}/  (Ctrl-C stops it)")
        only_here = set(self.env.allowed_hosts) <= {"127.0.0.1", "localhost", "[::1]"}
        if self.host not in LOOPBACK and only_here:
            say(
                "Other machines are turned away until ALLOWED_HOSTS names the host "
                "they ask for, for example: ALLOWED_HOSTS=127.0.0.1,music.lan ./bin/run"
            )

    def stop(self) -> None:
        """Stop everything that this run has started."""
        self.terminal.draft("Stopping …")
        self.supervisor.stop_all()
        if self.lease is not None:
            self.lease.release(is_end_awaited=True)
        self.terminal.say("Stopped.")


@contextmanager
def only_one(home: Path, address: str) -> Iterator[None]:
    """Let one run at a time use a data folder. Raises GaveUp naming the other."""
    passable_folder(home)
    with (home / "run.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise GaveUp(
                f"PersonalAIs already runs on this data folder ({home}), at "
                f"{lock.read().strip() or 'another address'}: stop it there first, or "
                "set PERSONALAIS_HOME to another folder."
            ) from error
        lock.truncate(0)
        lock.write(address)
        lock.flush()
        yield


def main() -> int:
    """Run the site until it is asked to stop."""
    parser = argparse.ArgumentParser(prog="./bin/run")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args()
    os.chdir(Path(__file__).resolve().parent.parent)
    # Handed down to every process of the site.
    os.umask(PRIVATE_UMASK)
    try:
        run = SiteRun(read_env(), host=options.host, port=options.port)
        with only_one(run.home, run.url):
            run.supervisor.catch_signals()
            try:
                run.start()
                run.greet()
                run.follow()
            except Stopped:
                return 0
            finally:
                run.stop()
    except (BadEnvironment, EmbeddedFailure, GaveUp) as failure:
        sys.stderr.write(f"Cannot run: {failure}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
