"""The site with a ListenBrainz behind it: the stand-in on loopback."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.models import ServiceAccount
from accounts.sealing import seal
from tests.listenbrainz.server import ListenBrainzServer
from tests.listenbrainz.world import World


@pytest.fixture(scope="session")
def running_listenbrainz():
    """Start the server once for all tests."""
    with ListenBrainzServer() as server:
        yield server


@pytest.fixture
def listenbrainz(running_listenbrainz, settings):
    """Give a test a ListenBrainz without anybody in it; the site is pointed at it."""
    running_listenbrainz.world = World()
    running_listenbrainz.faults.forget()
    running_listenbrainz.errors.clear()
    settings.LISTENBRAINZ = True
    settings.LISTENBRAINZ_API_URL = running_listenbrainz.url
    yield running_listenbrainz
    assert running_listenbrainz.errors == []


@pytest.fixture
def linked(listenbrainz):
    """Return what gives a listener here an account there, as if they had given a token."""

    def link(user, name="nina"):
        person = listenbrainz.world.add_listener(name)
        return ServiceAccount.objects.create(
            user=user,
            service=ServiceAccount.Service.LISTENBRAINZ,
            account=name,
            name=name,
            access_sealed=seal(person.token),
            agreed_at=timezone.now(),
        )

    return link
