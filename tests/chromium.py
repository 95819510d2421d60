"""Browser tests: Debian's Chromium, driven by Playwright.

A machine without Chromium skips them visibly; PERSONALAIS_REQUIRE_BROWSER=1, which CI
sets, makes that a failure.

Playwright's synchronous interface suspends a running event loop between two calls, for
the whole session. Seen from outside it is still "running": pytest-asyncio would refuse to
start one of its own, and Django to touch the database. So this file puts the loop aside
around every test without a browser, and lets tests with one use the database in spite of
it.
"""

from __future__ import annotations

import asyncio
import os
import shutil

import pytest

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium_path():
    """Return the path of an installed Chromium, or None."""
    found = (shutil.which(name) for name in CHROMIUM_NAMES)
    return os.environ.get("CHROMIUM") or next((path for path in found if path), None)


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
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


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item):
    """Keep Playwright's loop and the other tests apart, fixtures included."""
    if item.get_closest_marker("browser"):
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        result = yield
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        return result
    loop = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    result = yield
    asyncio._set_running_loop(loop)
    return result


@pytest.fixture(scope="session")
def playwright(playwright):
    """Bring the loop back for Playwright's own end, after whichever test that comes."""
    loop = asyncio._get_running_loop()
    yield playwright
    asyncio._set_running_loop(loop)


@pytest.fixture(scope="session")
def browser(browser):
    """Bring the loop back for the browser's end, which comes before Playwright's."""
    loop = asyncio._get_running_loop()
    yield browser
    asyncio._set_running_loop(loop)


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
