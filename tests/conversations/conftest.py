"""The catalog of all conversations, made once in each worker."""

from pathlib import Path

import pytest

from catalog.models import Track
from tests.conversations.world import make_world
from tests.emptying import database_empty


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Keep the conversations together, so that their catalog is needed for one while."""
    here = Path(__file__).parent
    items.sort(key=lambda item: here not in item.path.parents)


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """Import the catalog, and take it away again behind the last conversation.

    Scripts write as sites do, in transactions that are committed; each has a listener
    of its own, so that they don't hear of each other.
    """
    with django_db_blocker.unblock():
        assert not Track.objects.exists()
        yield make_world(tmp_path_factory.mktemp("world"))
        database_empty()


@pytest.fixture
def talks(world, django_db_blocker, settings):
    """Let a script talk, without the pace of reading."""
    settings.SECONDS_PER_WORD = 0
    return world
