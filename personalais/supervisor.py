"""The supervisor: starts the site's processes, starts them again, stops them all.

Plain and single-threaded, and it imports nothing but the standard library: it has to
outlive whatever goes wrong in the processes. Each child's output goes to a file of its
own in the log folder.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from personalais.embedded.parent import dies_with_parent

# A child that lived this long has started well: its next death begins a new count.
GOOD_LIFE_S = 60
FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30
# Workers finish the job they are at, if it is short; an unfinished one is taken up
# again at the next start.
GRACE_S = 3
# Of nice: 10 is about a tenth of an ordinary process's share.
PATIENCE = 10
LOG_BYTES = 5 * 2**20


class GaveUp(Exception):
    """A process that the site cannot do without keeps ending; the message says why."""


@dataclass
class Child:
    """One process that shall run.

    tries: how often it may end before its first good life; None is for ever.
    is_patient: it gives way to the others where the processor is busy.
    """

    name: str
    command: list[str]
    log: Path
    tries: int | None = None
    is_once: bool = False
    is_patient: bool = False
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    started_at: float = 0
    start_at: float = field(default=0)
    is_proven: bool = False

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def exit_code(self) -> int | None:
        """Return how it ended; None while it runs, or before its start."""
        return None if self.process is None else self.process.poll()

    def start(self) -> None:
        """Start it in a session of its own, so that the terminal's Ctrl-C is ours."""
        rotate(self.log)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                # Killed at once: nothing that it has not finished is lost for good.
                preexec_fn=dies_with_parent(signal.SIGKILL),
            )
        if self.is_patient:
            give_way(self.process.pid)
        self.started_at = time.monotonic()

    def signal(self, number: signal.Signals) -> None:
        """Signal it and whatever it has started."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            pass

    def last_words(self) -> str:
        """Return the last line of its log that is not blank."""
        try:
            tail = self.log.read_bytes()[-4096:].decode("utf-8", "replace")
        except FileNotFoundError:
            return "it wrote nothing"
        lines = [line.strip() for line in tail.splitlines() if line.strip()]
        return lines[-1] if lines else "it wrote nothing"


class Supervisor:
    """Keeps children alive until it is asked to stop."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.children: list[Child] = []
        self.say = say
        self.stops_asked = 0

    def catch_signals(self) -> None:
        """Let Ctrl-C, SIGTERM and a closed terminal stop the children in order."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask_stop)

    def _ask_stop(self, _number: int, _frame: object) -> None:
        self.stops_asked += 1

    @property
    def is_stopping(self) -> bool:
        return self.stops_asked > 0

    def add(self, child: Child) -> Child:
        """Start a child and keep it alive from now on."""
        self.children.append(child)
        child.start()
        return child

    def tick(self) -> None:
        """Look after the children once. Raises GaveUp."""
        now = time.monotonic()
        for child in self.children:
            if child.is_running:
                if now - child.started_at > GOOD_LIFE_S:
                    child.is_proven, child.deaths = True, 0
            elif child.start_at:
                if now >= child.start_at:
                    child.start_at = 0
                    child.start()
            elif not child.is_once:
                self._plan_restart(child, now)

    def _plan_restart(self, child: Child, now: float) -> None:
        child.deaths += 1
        if (
            child.tries is not None
            and not child.is_proven
            and child.deaths >= child.tries
        ):
            raise GaveUp(
                f"The {child.name} process ended {child.deaths} times "
                f"({child.last_words()}). Its log: {child.log}"
            )
        pause_s = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** (child.deaths - 1))
        child.start_at = now + pause_s
        self.say(
            f"The {child.name} process ended ({describe(child.exit_code)}); it starts again in "
            f"{pause_s:g} s. Its log: {child.log}"
        )

    def stop_all(self) -> None:
        """Stop the children: asked first, killed after a few seconds or a second ask."""
        running = [child for child in self.children if child.is_running]
        for child in running:
            child.signal(signal.SIGTERM)
        until = time.monotonic() + GRACE_S
        while any(child.is_running for child in running):
            if time.monotonic() > until or self.stops_asked > 1:
                break
            time.sleep(0.02)
        # Whole groups: also what a child that has ended may have left behind.
        for child in self.children:
            child.signal(signal.SIGKILL)
        for child in self.children:
            if child.process is not None:
                child.process.wait()


def give_way(pid: int) -> None:
    """Let a process take what the others leave of the processor."""
    os.setpriority(os.PRIO_PROCESS, pid, PATIENCE)
    try:
        # Where Linux shares its time by session, it looks at this alone.
        Path(f"/proc/{pid}/autogroup").write_text(str(PATIENCE))
    except OSError:
        pass  # There is no such thing here.


def describe(code: int | None) -> str:
    """Put a process's exit code into words."""
    if code is None or code >= 0:
        return f"exit code {code}"
    try:
        return f"killed by {signal.Signals(-code).name}"
    except ValueError:
        return f"killed by signal {-code}"


def rotate(log: Path) -> None:
    """Keep a log that has grown large as `.1`, in place of the one before."""
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_suffix(log.suffix + ".1"))
