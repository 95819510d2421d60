"""From a fresh clone to a Python that can run the site. Standard library only.

    python -m personalais.bootstrap run [--host H] [--port P]
    python -m personalais.bootstrap test [--quick] [pytest's arguments]
    python -m personalais.bootstrap bench NAME

What can be wrong with the machine is looked at before anything is changed, and told in
one line that says what to do.
"""

from __future__ import annotations

import argparse
import errno
import os
import shutil
import socket
import sys
import tempfile
from pathlib import Path

from personalais.folders import passable_folder, private_folder
from personalais.install import CannotInstall, ensure_installed
from personalais.terminal import Terminal

ROOT = Path(__file__).resolve().parent.parent
GIB = 2**30
# The packages take 2.1 GiB; the demo library and the logs some 0.2.
INSTALL_FREE_BYTES = 3 * GIB
RUN_FREE_BYTES = GIB // 2


class CannotStart(Exception):
    """Something about the machine is in the way; the message says what to do."""


def home_folder() -> Path:
    """Return the data folder, as personalais.env will read it later."""
    name = os.environ.get("PERSONALAIS_HOME", "")
    if not name:
        file = Path(os.environ.get("PERSONALAIS_ENV_FILE") or ROOT / ".env")
        lines = file.read_text().splitlines() if file.is_file() else []
        for line in lines:
            key, _, value = line.partition("=")
            if key.strip().upper() == "PERSONALAIS_HOME":
                name = value.strip().strip("\"'")
    if not name:
        return ROOT / ".data"
    return (
        Path(os.environ.get("PERSONALAIS_CALLED_FROM", ".")) / Path(name).expanduser()
    )


def check_home(home: Path) -> None:
    """Raise CannotStart unless files can be made in the data folder."""
    advice = "make it writable, or set PERSONALAIS_HOME to another folder."
    try:
        passable_folder(home)
        private_folder(home / "logs")
        with tempfile.TemporaryFile(dir=home) as probe:
            probe.write(b"\0" * 4096)
            probe.flush()
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise CannotStart(
                f"The disk of the data folder {home} is full: free at least "
                f"{RUN_FREE_BYTES // 2**20} MiB, or set PERSONALAIS_HOME to another disk."
            ) from error
        raise CannotStart(
            f"Cannot write to the data folder {home} ({error.strerror}): {advice}"
        ) from error


def check_space(folder: Path, needed_bytes: int, purpose: str) -> None:
    """Raise CannotStart unless a disk has room."""
    free = shutil.disk_usage(folder).free
    if free < needed_bytes:
        raise CannotStart(
            f"The disk of {folder} has {free / GIB:.1f} GiB free and {purpose} needs "
            f"{needed_bytes / GIB:.1f}: free some space and start again."
        )


def check_port(host: str, port: int) -> None:
    """Raise CannotStart unless the site could listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except socket.gaierror as error:
            raise CannotStart(
                f"{host} is not an address of this machine: use --host 127.0.0.1."
            ) from error
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CannotStart(
                    f"Port {port} is in use: stop the program that uses it, or choose "
                    f"another: ./bin/run --port {port + 1 if port < 65535 else 8000}."
                ) from error
            if error.errno == errno.EACCES:
                raise CannotStart(
                    f"This user may not use port {port}: choose one above 1023, such "
                    "as ./bin/run --port 8000."
                ) from error
            raise CannotStart(
                f"Cannot listen on {host}:{port} ({error.strerror}): use another "
                "--host or --port."
            ) from error


def port_number(text: str) -> int:
    """Parse a port. Raises ArgumentTypeError."""
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port from 1 to 65535")
    return int(text)


def start(arguments: list[str]) -> None:
    """Install what lacks, then become the site, the tests or a benchmark."""
    terminal = Terminal()
    verb, rest = arguments[0], arguments[1:]
    home = home_folder().absolute()
    os.environ["PERSONALAIS_HOME"] = str(home)
    requirements = "requirements-dev.txt"
    if verb == "run":
        parser = argparse.ArgumentParser(
            prog="./bin/run", description="Start PersonalAIs on this machine."
        )
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=port_number, default=8000)
        options = parser.parse_args(rest)
        check_port(options.host, options.port)
        rest = ["--host", options.host, "--port", str(options.port)]
        requirements = "requirements.txt"
    check_home(home)
    check_space(home, RUN_FREE_BYTES, "the site")
    python = ensure_installed(
        requirements,
        log=home / "logs" / "install.log",
        terminal=terminal,
        before=lambda: check_space(ROOT, INSTALL_FREE_BYTES, "the installation"),
    )
    module = {
        "run": "personalais.serve",
        "test": "tests.run_checks",
        "bench": "benchmarks",
    }[verb]
    os.execv(python, [str(python), "-m", module, *rest])  # noqa: S606


def main() -> None:
    """Start, or say in one line why not."""
    try:
        start(sys.argv[1:])
    except (CannotStart, CannotInstall) as failure:
        sys.exit(f"Cannot start: {failure}")
    except KeyboardInterrupt:
        sys.exit("\nStopped.")


if __name__ == "__main__":
    main()
