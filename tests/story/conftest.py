"""A site to tell the story to: this run's own, or the one that an address names."""

import json
import os
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path

import pytest

from tests.story.listener import Listener

# The library's order brings every genre, mood and decade early.
SONGS_ENOUGH = 48
# Only a hang should end here: a machine with other work on it is slow, not broken.
WAIT_S = 600


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Tell the story before the run that it needs is disturbed and stopped."""
    here = Path(__file__).parent
    story = [item for item in items if here in item.path.parents]
    items[:] = [*story, *(item for item in items if item not in story)]


def songs_ready(url):
    """Ask a site how many songs of its demo library are ready, and of how many."""
    try:
        with urllib.request.urlopen(f"{url}/health/ready", timeout=10) as answer:
            body = answer.read()
    except urllib.error.HTTPError as error:
        body = error.read()
    library = json.loads(body).get("demo_library") or {"ready": 0, "total": 0}
    return library["ready"], library["total"]


@pytest.fixture
def story_url(request):
    """Give the address of a running site with music in it.

    PERSONALAIS_STORY_URL=http://127.0.0.1:8000 tells the story to a site that
    ./bin/run started; else one is started, and makes its own music.
    """
    url = os.environ.get("PERSONALAIS_STORY_URL", "").rstrip("/")
    if url:
        wait_for_songs(url)
        yield url
        return
    runs = request.getfixturevalue("runs")
    runs.ready()
    with runs.hurried():
        wait_for_songs(runs.url)
    # Medians that the story holds songs to would move with each new song.
    with runs.still():
        yield runs.url


def wait_for_songs(url):
    """Wait until there is music enough to tell the story."""
    until = time.monotonic() + WAIT_S
    while songs_ready(url)[0] < SONGS_ENOUGH:
        assert time.monotonic() < until, f"music: {songs_ready(url)}"
        time.sleep(0.5)


@pytest.fixture
def meet(story_url):
    """Sign listeners up under new names and open their sockets."""
    met = []

    def sign_up(name):
        listener = Listener(story_url, f"{name}-{uuid.uuid4().hex[:8]}")
        listener.sign_up()
        hello = listener.open_socket()
        assert hello["type"] == "hello"
        assert hello["user"] == listener.name
        met.append(listener)
        return listener

    yield sign_up
    for listener in met:
        listener.close()
