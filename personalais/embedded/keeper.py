"""The keeper: owns the embedded servers and ends once nobody holds a lease.

    python -m personalais.embedded.keeper HOME [--throwaway]

It is started by a lease only. A server that dies is started again.
"""

from __future__ import annotations

import argparse
import fcntl
import logging
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

from personalais.embedded import postgres, redis_server
from personalais.embedded.account import (
    Account,
    account_for,
    let_read,
    let_through,
    let_through_note,
)
from personalais.embedded.addresses import socket_folder
from personalais.embedded.failure import EmbeddedFailure
from personalais.embedded.lease import status_file
from personalais.embedded.parent import dies_with_parent

POLL_S = 0.1
# PostgreSQL writes everything out first; killed, it would only recover at next start.
STOP_TIMEOUT_S = 30
RESTARTS_PER_MINUTE = 5

logger = logging.getLogger("personalais.keeper")
Server = subprocess.Popen[bytes]


class Keeper:
    """The two servers of one data folder."""

    def __init__(self, home: Path, *, is_throwaway: bool) -> None:
        self.home = home
        self.is_throwaway = is_throwaway
        self.sockets = socket_folder(home)
        self.postgres_data = home / "services" / "postgres"
        self.redis_data = home / "services" / "redis"
        self.account: Account = account_for(self.postgres_data)
        self.servers: dict[str, Server] = {}
        self.restarts: list[float] = []
        self.notes: list[str] = []

    def prepare(self) -> None:
        """Make the folders, and the database cluster if there is none."""
        if self.account.is_other:
            opened: list[Path] = []
            for path in (self.postgres_data, self.sockets):
                path.parent.mkdir(parents=True, exist_ok=True)
                opened += let_through(path)
            for tree in (postgres.installed_tree(), redis_server.installed_binary()):
                opened += let_through(tree)
                let_read(tree)
            if opened:
                self.notes.append(let_through_note(opened))
        refuse_foreign(self.sockets, self.account)
        for folder in (self.sockets, self.redis_data):
            self.account.own(folder)
        postgres.make_cluster(self.postgres_data, self.account)

    def start(self, name: str) -> None:
        """Start one server; it may not take connections yet."""
        if name == "postgres":
            command = postgres.server_command(
                self.postgres_data, self.sockets, is_throwaway=self.is_throwaway
            )
            # SIGINT is PostgreSQL's "fast shutdown": SIGTERM waits for its clients.
            end, folder = signal.SIGINT, self.postgres_data
        else:
            command = redis_server.server_command(
                self.sockets, is_throwaway=self.is_throwaway
            )
            end, folder = signal.SIGTERM, self.redis_data
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
        with (self.home / "logs" / f"{name}.log").open("ab") as log:
            self.servers[name] = subprocess.Popen(  # type: ignore[call-overload]  # noqa: S603
                command,
                **self.account.popen_options(),
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Signals are ours to pass on, in order.
                start_new_session=True,
                preexec_fn=dies_with_parent(end),
            )

    def start_all(self) -> None:
        """Start both and wait until they answer. Raises EmbeddedFailure."""
        self.start("postgres")
        self.start("redis")
        postgres.wait_for_database(self.sockets, self.servers["postgres"])
        redis_server.wait_for_redis(self.sockets, self.servers["redis"])

    def restart_dead(self) -> None:
        """Start again what died. Raises EmbeddedFailure if it keeps dying."""
        for name, server in list(self.servers.items()):
            if server.poll() is None:
                continue
            logger.error("%s ended with code %s: restarting", name, server.returncode)
            now = time.monotonic()
            self.restarts = [at for at in self.restarts if now - at < 60] + [now]
            if len(self.restarts) > RESTARTS_PER_MINUTE:
                raise EmbeddedFailure(f"{name} keeps ending.")
            self.start(name)

    def stop_all(self) -> None:
        """Stop both, in order of who needs whom, and wait for their end."""
        for name, number in (("redis", signal.SIGTERM), ("postgres", signal.SIGINT)):
            if name in self.servers:
                self.servers[name].send_signal(number)
        for name, server in self.servers.items():
            try:
                server.wait(STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                logger.error("%s did not stop: killing it", name)
                server.kill()
                server.wait()
        if self.sockets.parent != self.home / "services":
            try:
                self.sockets.rmdir()
            except OSError as error:
                logger.warning("%s stays: %s", self.sockets, error)


def refuse_foreign(sockets: Path, account: Account) -> None:
    """Raise EmbeddedFailure if someone else has made our folder in /tmp before us."""
    try:
        found = sockets.lstat()
    except FileNotFoundError:
        return
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (account.uid, 0):
        raise EmbeddedFailure(
            f"{sockets} belongs to someone else: remove it, or set PERSONALAIS_HOME to "
            "a folder with a short path and no spaces."
        )


def is_unneeded(users: IO[str]) -> bool:
    """Say whether no lease is held; if so, a new one waits for our end from now on."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def write_status(home: Path, text: str) -> None:
    """Write the status so that nobody reads half of it."""
    target = status_file(home)
    draft = target.with_suffix(".new")
    draft.write_text(text)
    draft.replace(target)


def main() -> int:
    """Keep the servers of one data folder until nobody needs them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("--throwaway", action="store_true")
    options = parser.parse_args()
    home: Path = options.home
    logging.basicConfig(level=logging.INFO, format="%(asctime)s keeper: %(message)s")
    os.umask(0o077)

    own = (home / "services" / "keeper.lock").open("a")
    fcntl.flock(own, fcntl.LOCK_EX)
    if os.fork():
        # The lock is the child's now: whoever started us may go on, and has no child
        # to wait for.
        os._exit(0)
    stop_asked: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda signum, _frame: stop_asked.append(signum))

    users = (home / "services" / "users.lock").open("a")
    keeper: Keeper | None = None
    try:
        keeper = Keeper(home, is_throwaway=options.throwaway)
        keeper.prepare()
        keeper.start_all()
        write_status(home, "\n".join(["ready", *keeper.notes]))
        logger.info("ready")
        while not stop_asked and not is_unneeded(users):
            keeper.restart_dead()
            time.sleep(POLL_S)
        keeper.stop_all()
        logger.info("stopped")
        status_file(home).unlink(missing_ok=True)
    except (EmbeddedFailure, OSError) as failure:
        logger.exception("failed")
        reason = f"{failure} See {home / 'logs'}."
        write_status(home, "failed " + " ".join(reason.split()))
        if keeper is not None:
            keeper.stop_all()
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
