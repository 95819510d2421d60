"""What every test runs on: real servers, a data folder of its own, and a browser.

Before Django is set up, this file looks for DATABASE_URL and REDIS_URL. What is not
given comes from embedded servers in a temporary folder, started once for the whole run
and shared by the workers of pytest-xdist: each has a database (`test_…_gw0`) and a
prefix of Redis keys of its own.
"""

from __future__ import annotations

import gc
import itertools
import os
import shutil
import signal
import tempfile
from pathlib import Path

import pytest

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
HOME_PREFIX = "personalais-test-"

# By its own measure the collector of cycles walks through all modules and tests, which
# stay, for a tenth of the time that tests take.
gc.set_threshold(20_000, 20, 20)


def _set_up_environment():
    """Point the settings at this run's servers and folder. Returns the lease, if any.

    Workers inherit the environment of the first process, and only add their name.
    """
    from django.conf import settings

    from personalais.embedded import addresses
    from personalais.embedded.lease import Lease

    if settings.configured:
        raise pytest.UsageError("Unset DJANGO_SETTINGS_MODULE: the tests set their own")
    lease = None
    if not WORKER:
        home = Path(tempfile.mkdtemp(prefix=HOME_PREFIX))
        home.chmod(0o711)  # The embedded PostgreSQL of root is another user's.
        for name in [n for n in os.environ if n.startswith("PERSONALAIS_TEST_")]:
            del os.environ[name]
        os.environ["PERSONALAIS_TEST_HOME"] = str(home)
        # Nobody's own settings reach the tests.
        os.environ["PERSONALAIS_ENV_FILE"] = ""
        for name in ("SECRET_KEY", "DEBUG", "HTTPS", "ALLOWED_HOSTS", "TEXT_MODEL"):
            os.environ.pop(name, None)
        for name in ("PLANNER", "OPENAI_BASE_URL", "OPENAI_API_KEY", "LLM_MODEL"):
            os.environ.pop(name, None)
        for name in ("SPOTIFY_CLIENT_ID", "SPOTIFY_CLIENT_SECRET", "TOKEN_KEYS"):
            os.environ.pop(name, None)
        os.environ.pop("DONATION_KEYS", None)
        for name in [n for n in os.environ if n.startswith("EMAIL_")]:
            del os.environ[name]
        # Off, save for the tests that have one on loopback.
        os.environ["LISTENBRAINZ"] = "false"
        for name in ("AUDIO_ENCODER", "AUDIO_MODEL"):
            os.environ.pop(name, None)
        if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
            lease = Lease(home, is_throwaway=True)
            os.environ.setdefault("DATABASE_URL", addresses.database_url(home))
            os.environ.setdefault("REDIS_URL", addresses.redis_url(home))
        os.environ["REDIS_PREFIX"] = f"test-{home.name.removeprefix(HOME_PREFIX)}"
    home = Path(os.environ["PERSONALAIS_TEST_HOME"]) / (WORKER or "main")
    home.mkdir()
    os.environ["PERSONALAIS_HOME"] = str(home)
    if WORKER:
        os.environ["REDIS_PREFIX"] += f"-{WORKER}"
    os.environ["RQ_KEY_PREFIX"] = f"{os.environ['REDIS_PREFIX']}:rq"
    return lease


LEASE = _set_up_environment()

# A shell that starts this in the background has it ignore Ctrl-C, and so would every
# process that a test starts and wants to interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Conftests of the rooms import models at their top, and they are read after this one.
import django  # noqa: E402
from django.conf import settings  # noqa: E402
from django.utils import translation  # noqa: E402

# A worker that found it in the environment would set Django up before this file.
os.environ["DJANGO_SETTINGS_MODULE"] = "personalais.settings"
settings.INSTALLED_APPS  # noqa: B018  # Reads the settings now.
del os.environ["DJANGO_SETTINGS_MODULE"]

# The quick hasher and plain static names are for tests in this process only; the site
# that browser tests talk to has neither.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
settings.STORAGES["staticfiles"]["BACKEND"] = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
)
# ServeStatic looks there; nothing is collected for unit tests.
Path(settings.STATIC_ROOT).mkdir()
django.setup()

from hypothesis import settings as hypothesis_settings  # noqa: E402

from catalog.search.levels import levels_forget  # noqa: E402

# How long an example takes says nothing on a machine with other work on it.
hypothesis_settings.register_profile("house", deadline=None)
hypothesis_settings.load_profile("house")

pytest_plugins = [
    "tests.emptying",
    "tests.site",
    "tests.running",
    "tests.chromium",
    "tests.llm_server.connecting",
    "tests.spotify.connecting",
    "tests.listenbrainz.connecting",
]


def pytest_addoption(parser):
    """Let whoever has the time run all of what a usual run takes a share of."""
    parser.addoption(
        "--all-scripts",
        action="store_true",
        help="play all conversations with each kind of language model, and let every call"
        " fail in every way, not a share",
    )


def pytest_collection_finish(session):
    """Refuse a run whose workers don't know the groups: each would make its own site."""
    if not WORKER or not session.config.getvalue("loadgroup"):
        return
    for item in session.items:
        if item.get_closest_marker("xdist_group") and "@" not in item.nodeid:
            raise pytest.UsageError(f"pytest-xdist doesn't know the group of {item}")


def pytest_unconfigure(config):
    """Remove this run's keys, folder and servers."""
    delete_redis_keys()
    if WORKER:
        return
    if LEASE is not None:
        LEASE.release(is_end_awaited=True)
    shutil.rmtree(os.environ["PERSONALAIS_TEST_HOME"], ignore_errors=True)


def delete_redis_keys():
    """Delete what this worker has put into Redis, and nothing else."""
    import redis

    with redis.Redis.from_url(settings.ENV.redis_url) as client:
        keys = list(client.scan_iter(f"{settings.ENV.redis_prefix}*", count=1000))
        if keys:
            client.delete(*keys)


@pytest.fixture
def clean_redis():
    """Begin and end with an empty Redis: no jobs, no counters, no cache."""
    delete_redis_keys()
    yield
    delete_redis_keys()


@pytest.fixture(autouse=True)
def no_language_of_before():
    """Forget the language of an earlier test's page: a client's request leaves it on."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def fresh_levels():
    """Forget what was measured of an earlier test's catalog."""
    levels_forget()


_folders = itertools.count(1)


@pytest.fixture(autouse=True)
def media_folder(settings):
    """Give each test folders of its own for media and exports.

    Not in pytest's: it looks through all that it has made for the number of the next.
    """
    folder = Path(os.environ["PERSONALAIS_HOME"]) / f"files-{next(_folders)}"
    folder.mkdir()
    settings.MEDIA_ROOT = folder / "media"
    settings.EXPORTS_ROOT = folder / "exports"
    settings.RELEASES_ROOT = folder / "releases"
    settings.TRAINING_ROOT = folder / "training"
    return settings.MEDIA_ROOT
