"""Browser tests: Debian's Chromium, driven by Playwright.

A machine without Chromium skips them visibly; PERSONALAIS_REQUIRE_BROWSER=1, which CI
sets, makes that a failure.
"""

from __future__ import annotations

import os
import shutil

import pytest

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium_path():
    """Return the path of an installed Chromium, or None."""
    found = (shutil.which(name) for name in CHROMIUM_NAMES)
    return os.environ.get("CHROMIUM") or next((path for path in found if path), None)


def pytest_collection_modifyitems(config, items):
    """Keep browser tests in one worker, and skip them where there is no browser."""
    is_required = os.environ.get("PERSONALAIS_REQUIRE_BROWSER") == "1"
    skip = pytest.mark.skip(reason="no Chromium here: apt-get install chromium")
    for item in items:
        if not item.get_closest_marker("browser"):
            continue
        # One browser process, and one site, serve them all.
        item.add_marker(pytest.mark.xdist_group("browser"))
        if chromium_path() is None and not is_required:
            item.add_marker(skip)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Start Chromium without its own traffic, and as root without its sandbox."""
    path = chromium_path()
    if path is None:
        pytest.fail("There is no Chromium, and PERSONALAIS_REQUIRE_BROWSER=1.")
    arguments = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--disable-gpu",
        "--disable-quic",
        # Let a test press play without a person's gesture before it.
        "--autoplay-policy=no-user-gesture-required",
    ]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    return {**browser_type_launch_args, "executable_path": path, "args": arguments}
