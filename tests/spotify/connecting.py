"""The site with a Spotify behind it: the stand-in on loopback."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from tests.spotify.server import SpotifyServer
from tests.spotify.world import App, World


@pytest.fixture(scope="session")
def running_spotify():
    """Start the server once for all tests."""
    with SpotifyServer() as server:
        yield server


@pytest.fixture
def spotify(running_spotify, settings):
    """Give a test a Spotify without anybody in it; the site is pointed at it."""
    running_spotify.world = World()
    running_spotify.faults.forget()
    running_spotify.errors.clear()
    settings.SPOTIFY_CLIENT_ID = App.client_id
    settings.SPOTIFY_CLIENT_SECRET = SecretStr(App.client_secret)
    settings.SPOTIFY_ACCOUNTS_URL = running_spotify.url
    settings.SPOTIFY_API_URL = running_spotify.api_url
    yield running_spotify
    assert running_spotify.errors == []
