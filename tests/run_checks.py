"""Everything that a change must pass, with one summary.

The checks run beside each other, one on each core, and the tests behind them.

    ./bin/test [--quick] [pytest's arguments]

--quick: the checks of style, types and structure, without the tests.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from personalais.embedded import addresses
from personalais.embedded.failure import EmbeddedFailure
from personalais.embedded.lease import Lease

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

CORES = 2
# One more than cores, as browser tests wait for the pace of reading. They share one
# site, so they stay in one worker.
PYTEST = ("-n", str(CORES + 1), "--dist", "loadgroup")


def template_files():
    """Return the paths of all templates."""
    found = [*ROOT.glob("templates/**/*.html"), *ROOT.glob("*/templates/**/*.html")]
    return [str(path.relative_to(ROOT)) for path in sorted(found)]


def checks():
    """Return each check's name and command line, the longest first."""
    manage = [sys.executable, "manage.py"]
    return {
        "types": [BIN / "mypy", "--no-error-summary", "."],
        "format": [BIN / "ruff", "format", "--check", "--quiet", "."],
        "lint": [BIN / "ruff", "check", "--quiet", "."],
        "imports": [BIN / "lint-imports", "--no-logo"],
        "settings": [*manage, "check", "--fail-level", "WARNING"],
        "words": [*manage, "words", "--check"],
        "migrations": [*manage, "makemigrations", "--check", "--dry-run"],
        "templates": [BIN / "djlint", "--lint", "--quiet", *template_files()],
        "template format": [
            *(BIN / "djade", "--check", "--target-version", "5.2"),
            *template_files(),
        ],
        "scripts": [BIN / "oxlint", "--deny-warnings", "static", "tests"],
    }


def run(name, command, environment, *, is_shown):
    """Run one check. Returns whether it passed."""
    begun_at = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        text=True,
        capture_output=not is_shown,
    )
    has_passed = done.returncode == 0
    if not is_shown:
        seconds = time.monotonic() - begun_at
        told = f"{'ok    ' if has_passed else 'FAILED'} {name} ({seconds:.1f} s)"
        if not has_passed:
            told = "\n".join((told, done.stdout.strip(), done.stderr.strip()))
        say(told)
    return has_passed


def run_all(commands, environment):
    """Run checks beside each other. Returns which passed, by name."""
    with ThreadPoolExecutor(CORES) as pool:
        running = {
            name: pool.submit(run, name, command, environment, is_shown=False)
            for name, command in commands.items()
        }
    return {name: done.result() for name, done in running.items()}


def say(text):
    """Print a line at once, so that it keeps its place among the children's output."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main(arguments):
    """Run the checks and the tests. Returns the exit code."""
    begun_at = time.monotonic()
    is_quick = "--quick" in arguments
    rest = [argument for argument in arguments if argument != "--quick"]
    home = Path(tempfile.mkdtemp(prefix="personalais-checks-"))
    home.chmod(0o711)
    environment = {
        **os.environ,
        "PERSONALAIS_HOME": str(home),
        "PERSONALAIS_ENV_FILE": "",
        "DJANGO_SETTINGS_MODULE": "personalais.settings",
    }
    # The tests start a hundred processes, and each would compile every module anew.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    results = {}
    lease = None
    try:
        if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
            lease = Lease(home, is_throwaway=True)
            environment.setdefault("DATABASE_URL", addresses.database_url(home))
            environment.setdefault("REDIS_URL", addresses.redis_url(home))
        results |= run_all(checks(), environment)
        if not is_quick:
            del environment["DJANGO_SETTINGS_MODULE"]
            command = [sys.executable, "-m", "pytest", *PYTEST, *rest]
            results["tests"] = run("tests", command, environment, is_shown=True)
    except EmbeddedFailure as failure:
        say(f"Cannot run the checks: {failure}")
        return 1
    finally:
        if lease is not None:
            lease.release(is_end_awaited=True)
        shutil.rmtree(home, ignore_errors=True)

    failed = [name for name, has_passed in results.items() if not has_passed]
    seconds = time.monotonic() - begun_at
    say("")
    if failed:
        say(f"FAILED: {', '.join(failed)} ({len(results)} checks in {seconds:.0f} s).")
        return 1
    say(f"All {len(results)} checks passed in {seconds:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
