"""The project's own Python environment, `.venv`: made, filled, repaired, left alone.

Standard library only. A stamp in `.venv` holds the hash of what was installed; while
it matches, nothing is run.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from personalais.terminal import Terminal

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
TORCH_INDEX_URL = "https://download.pytorch.org/whl/cpu"
# What PyPI's torch for Linux brings along for NVIDIA's GPUs: several gigabytes.
GPU_PACKAGE = re.compile(r"(nvidia|cuda|triton|pytorch-triton)\b")
PIP_FOUND = re.compile(r"(?:Collecting|Requirement already satisfied:) ([\w.-]+)")
MIN_PYTHON = (3, 11)


class CannotInstall(Exception):
    """The packages could not be installed; the message says what to do."""


def ensure_installed(
    requirements: str, *, log: Path, terminal: Terminal, before: Callable[[], None]
) -> Path:
    """Return the environment's Python, after installing what a file asks for.

    requirements: a file in the project's folder. log: gets pip's whole output.
    before: called if, and before, anything is installed.
    Raises CannotInstall.
    """
    python = VENV / "bin" / "python"
    with _one_at_a_time():
        stamp = VENV / f"{requirements}.stamp"
        is_kept = is_sound(python) and stamp.exists()
        if is_kept and stamp.read_text() == fingerprint(requirements):
            return python
        before()
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("w") as file:
            if not is_sound(python):
                terminal.draft("Making a Python environment in .venv …")
                make_environment(file.name)
                terminal.say("Made a Python environment in .venv.")
            pip = Pip(python, Path(file.name), terminal)
            install_torch(pip)
            pip.install(
                "Installing packages",
                *("-r", str(ROOT / requirements), "-c", str(ROOT / "constraints.txt")),
            )
        terminal.say(f"Installed the packages of {requirements}.")
        stamp.write_text(fingerprint(requirements))
    return python


def fingerprint(requirements: str) -> str:
    """Return a hash of everything that says what is installed."""
    digest = hashlib.sha256((VENV / "pyvenv.cfg").read_bytes())
    for name in sorted({"requirements.txt", requirements, "constraints.txt"}):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def is_sound(python: Path) -> bool:
    """Say whether the environment's Python runs, is new enough and has pip."""
    if not python.exists():
        return False
    version = re.search(
        r"^version(?:_info)? *= *(\d+)\.(\d+)",
        (VENV / "pyvenv.cfg").read_text() if (VENV / "pyvenv.cfg").exists() else "",
        re.MULTILINE,
    )
    if not version or (int(version[1]), int(version[2])) < MIN_PYTHON:
        return False
    # A folder that was moved, or a Python that was removed, is seen by running it; that
    # pip came in whole, by looking, which is quicker.
    has_pip = any(VENV.glob("lib/python3*/site-packages/pip/__main__.py"))
    try:
        ran = subprocess.run([python, "-c", ""], capture_output=True)  # noqa: S603
    except OSError:
        return False
    return has_pip and ran.returncode == 0


def make_environment(log: str) -> None:
    """Make `.venv` anew, with the Python that runs this. Raises CannotInstall."""
    package = f"python3.{sys.version_info.minor}-venv"
    try:
        import ensurepip  # noqa: F401  # Debian leaves it out of python3.
        import venv  # noqa: F401
    except ImportError as error:
        raise CannotInstall(
            f"Python's venv module is missing: run 'apt-get install {package}' as root "
            "and start again."
        ) from error
    with open(log, "a") as file:
        made = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "venv", "--clear", str(VENV)],
            stdout=file,
            stderr=file,
        )
    if made.returncode != 0:
        raise CannotInstall(
            f"Could not make a Python environment in {VENV}: see {log} (on Debian, "
            f"'apt-get install {package}' as root often helps)."
        )


class Pip:
    """The environment's pip, with its output in a log and one line on the terminal."""

    def __init__(self, python: Path, log: Path, terminal: Terminal) -> None:
        self.command = [str(python), "-m", "pip"]
        self.log = log
        self.terminal = terminal
        self.environment = {
            **os.environ,
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_NO_INPUT": "1",
            "PIP_ROOT_USER_ACTION": "ignore",
            "PYTHONUNBUFFERED": "1",
        }

    def install(self, title: str, *arguments: str) -> None:
        """Install, showing each package as it comes. Raises CannotInstall."""
        self.terminal.draft(f"{title} …")
        collected, last = 0, ""
        with (
            self.log.open("a") as log,
            subprocess.Popen(  # noqa: S603
                [*self.command, "install", "--progress-bar", "off", *arguments],
                env=self.environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            ) as process,
        ):
            log.write(f"\n$ pip install {' '.join(arguments)}\n")
            for line in process.stdout or ():
                log.write(line)
                last = line.strip() or last
                if match := PIP_FOUND.match(line):
                    collected += 1
                    self.terminal.draft(f"{title}: {collected} found, {match[1]} …")
                elif line.startswith("Installing collected packages"):
                    self.terminal.draft(f"{title}: unpacking {collected} packages …")
        if process.returncode != 0:
            raise CannotInstall(
                f"pip could not install the packages ({_short(last)}): check the "
                f"network and start again; the whole output is in {self.log}."
            )

    def plan(self, *arguments: str) -> list[str]:
        """Return the names of the packages that pip would install."""
        done = subprocess.run(  # noqa: S603
            [
                *self.command,
                "install",
                "--dry-run",
                "--quiet",
                "--report",
                "-",
                *arguments,
            ],
            env=self.environment,
            capture_output=True,
            text=True,
        )
        with self.log.open("a") as log:
            log.write(done.stderr)
        if done.returncode != 0:
            lines = done.stderr.strip().splitlines() or ["no reason given"]
            raise CannotInstall(
                f"pip could not find the packages ({_short(lines[-1])}): check the "
                f"network and start again; the whole output is in {self.log}."
            )
        report = json.loads(done.stdout)
        return [item["metadata"]["name"].lower() for item in report["install"]]


def install_torch(pip: Pip) -> None:
    """Install torch; without an NVIDIA GPU, a build that brings no CUDA packages.

    Raises CannotInstall.
    """
    pins = (ROOT / "requirements.txt").read_text()
    torch = re.search(r"^(torch==\S+)", pins, re.MULTILINE)
    if torch is None:
        raise CannotInstall("requirements.txt pins no torch: restore the file.")
    wanted = [torch[1], "-c", str(ROOT / "constraints.txt")]
    index: list[str] = []
    if not has_gpu():
        pip.terminal.draft("Looking for a build of torch without CUDA …")
        if any(GPU_PACKAGE.match(name) for name in pip.plan(*wanted)):
            url = os.environ.get("TORCH_INDEX_URL", TORCH_INDEX_URL)
            index = ["--index-url", url]
            if any(GPU_PACKAGE.match(name) for name in pip.plan(*wanted, *index)):
                raise CannotInstall(
                    f"{url} has no build of {torch[1]} without CUDA packages: set "
                    "TORCH_INDEX_URL to an index that has one."
                )
    pip.install("Installing torch", *wanted, *index)
    pip.terminal.say("Installed torch.")


def has_gpu() -> bool:
    """Say whether this machine shows an NVIDIA GPU."""
    return Path("/dev/nvidia0").exists() or (
        shutil.which("nvidia-smi") is not None
        and subprocess.run(["nvidia-smi", "-L"], capture_output=True).stdout.startswith(  # noqa: S607
            b"GPU"
        )
    )


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Wait while another start installs into the same folder."""
    descriptor = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _short(line: str) -> str:
    return line.removeprefix("ERROR: ")[:200]
