"""The catalog of all conversations, made once for each module."""

import pytest
from django.core.management import call_command

from catalog.models import Track
from tests.conversations.world import make_world


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """Import the catalog, and take it away again behind the module's last test.

    Scripts write as sites do, in transactions that are committed; each has a listener
    of its own, so that they don't hear of each other.
    """
    with django_db_blocker.unblock():
        assert not Track.objects.exists()
        yield make_world(tmp_path_factory.mktemp("world"))
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def talks(world, django_db_blocker, settings):
    """Let a script talk, without the pace of reading."""
    settings.SECONDS_PER_WORD = 0
    return world
