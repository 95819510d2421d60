"""The site with a Spotify behind it: the stand-in on loopback."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pydantic import SecretStr

from accounts.models import ServiceAccount
from accounts.sealing import seal
from accounts.spotify.backend import SCOPES
from tests.spotify.server import SpotifyServer
from tests.spotify.world import App, Grant, World


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


@pytest.fixture
def connected(spotify):
    """Return what gives a listener here an account there, as if they had agreed."""

    def connect(user, name="nina", *, scopes=SCOPES):
        person = spotify.world.add_listener(name)
        grant = Grant(person.id, frozenset(scopes), spotify.world.clock())
        refresh = spotify.world.new_token("refresh")
        spotify.world.refresh[refresh] = grant
        return ServiceAccount.objects.create(
            user=user,
            service=ServiceAccount.Service.SPOTIFY,
            account=person.account_id,
            access_sealed=seal(spotify.world.grant_access(grant)),
            refresh_sealed=seal(refresh),
            expires_at=timezone.now() + timedelta(hours=1),
            scopes=list(scopes),
            agreed_at=timezone.now(),
        )

    return connect
