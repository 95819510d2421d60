"""Whatever fails, and wherever, a library is in whole, each song once.

Each call fails in each way, and a worker is killed before and after each; then another
worker comes by some time later.
"""

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from django.db import connection

from accounts.services import service_disconnect
from catalog.advisory import Lock, is_locked
from playlists.library.asking import library_withdraw
from playlists.library.models import LibraryList, LibraryPart, LibraryTrack
from playlists.library.work import library_work
from tests import site
from tests.spotify import Fault
from tests.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).resolve().parents[3]
Kind, Status = LibraryPart.Kind, LibraryPart.Status
KINDS = (Kind.LIKED, Kind.LISTS)

FAULTS = [
    Fault("503", "before"),
    Fault("silence", "after"),
    Fault("not json", "after"),
    Fault("429", "before"),
    Fault("401", "before"),
]


@pytest.fixture
def library(home):
    """Give her two pages of liked songs, and two playlists, one of them of two pages."""
    home.spotify.faults.forget()
    songs = home.like(60)
    home.add_list("Short", songs[:2])
    home.add_list("Long", songs[1:56])
    return home


def begun(home, kind):
    LibraryPart.objects.all().delete()
    home.agree(kind)
    home.spotify.faults.forget()


def check(home, kind, where):
    assert home.part(kind).status == Status.DONE, where
    if kind is Kind.LIKED:
        assert home.songs() == [f"Song {n}" for n in range(60)], where
        return
    titles = LibraryList.objects.values_list("title", flat=True)
    assert list(titles) == ["Long", "Short"], where
    songs = [f"Song {n}" for n in range(1, 56)]
    assert home.songs(holder__title="Long") == songs, where
    assert home.songs(holder__title="Short") == ["Song 0", "Song 1"], where


def calls_of(home, kind):
    begun(home, kind)
    home.work()
    check(home, kind, "nothing failed")
    return len(home.spotify.calls)


def test_each_call_may_fail_in_each_way(library, settings, capsys, request):
    settings.SPOTIFY_TIMEOUT_S = 0.15
    # No divisor of the number of ways, so that over the calls each has its turn.
    nth = 1 if request.config.getoption("all_scripts") else 3
    told = []
    for kind in KINDS:
        count = calls_of(library, kind)
        cases = [(at, f) for at in range(1, count + 1) for f in FAULTS][::nth]
        for at, fault in cases:
            begun(library, kind)
            library.spotify.faults.at = {at: fault}
            library.work(times=2)
            check(library, kind, (kind, at, fault))
        told.append(f"{kind}: {count} calls, {len(cases)} failures")
    with capsys.disabled():
        sys.stdout.write(f"\n{'; '.join(told)}\n")


@pytest.fixture
def forker(library, spotify):
    """Start a process whose children bring libraries in."""
    environment = {
        **os.environ,
        "DATABASE_URL": site.tests_database_url(),
        **spotify.environment,
    }
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "tests.playlists.saving.forker"),
            "playlists.library.work.library_work",
        ],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield process
    process.stdin.close()
    process.wait(30)
    process.stdout.close()


def be_killed(forker, home, part_id, *, at, when):
    """Work in a child that is killed at a call, before or after it is answered."""
    forker.stdin.write(f"{part_id}\n")
    forker.stdin.flush()
    child = int(forker.stdout.readline())

    def look(number, now):
        if (number, now) == (at, when):
            os.kill(child, signal.SIGKILL)
        return False

    home.spotify.faults.look = look
    forker.stdin.write("go\n")
    forker.stdin.flush()
    return int(forker.stdout.readline())


def test_a_worker_may_be_killed_at_each_page_and_the_next_goes_on_there(
    library, forker, capsys
):
    told = []
    for kind in KINDS:
        count = calls_of(library, kind)
        for at in range(1, count + 1):
            for when in ("before", "after"):
                begun(library, kind)
                part = library.part(kind)
                ended = be_killed(forker, library, part.pk, at=at, when=when)
                assert ended == -signal.SIGKILL, (kind, at, when)
                library.spotify.faults.forget()
                until(partial(is_free, part.pk), "PostgreSQL never sees it die")
                library.work()
                check(library, kind, (kind, at, when))
                # What the first one had brought in isn't asked for again.
                assert len(library.spotify.calls) <= count - at + 2, (kind, at, when)
        told.append(f"{kind}: killed {2 * count} times")
    with capsys.disabled():
        sys.stdout.write(f"\n{'; '.join(told)}\n")


def is_free(part_id):
    return not is_locked(Lock.LIBRARY, part_id)


def beside(*jobs):
    """Run jobs beside each other, each with a connection of its own."""

    def run(job):
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def test_two_workers_read_each_page_once(library):
    begun(library, Kind.LIKED)
    part = library.part()
    is_held, goes_on = threading.Event(), threading.Event()

    def look(number, when):
        is_held.set()
        goes_on.wait(60)
        return False

    def second():
        until(is_held.is_set, "the first worker never asks")
        library_work(part.pk)  # finds the first one at it
        goes_on.set()

    library.spotify.faults.look = look
    beside(lambda: library_work(part.pk), second)

    check(library, Kind.LIKED, "two workers")
    assert len(library.spotify.calls) == 2


@pytest.mark.parametrize(
    "end",
    [
        lambda home: library_withdraw(home.account, "lists"),
        lambda home: service_disconnect(home.account),
        lambda home: home.account.user.delete(),
    ],
    ids=["withdrawn", "disconnected", "deleted"],
)
def test_whoever_takes_it_back_while_it_comes_in_has_nothing_left_here(library, end):
    begun(library, Kind.LISTS)
    part = library.part(Kind.LISTS)

    def look(number, when):
        if number == 4 and when == "after":
            beside(lambda: end(library))
        return False

    library.spotify.faults.look = look
    library_work(part.pk)

    for model in (LibraryPart, LibraryList, LibraryTrack):
        assert not model.objects.exists()
    assert len(library.spotify.calls) == 4


def test_what_is_asked_anew_while_it_comes_in_begins_anew(library):
    begun(library, Kind.LIKED)
    part = library.part()

    def look(number, when):
        if number == 2 and when == "before":
            beside(lambda: library.agree(Kind.LIKED))
        return False

    library.spotify.faults.look = look
    library_work(part.pk)

    check(library, Kind.LIKED, "asked anew")
    assert library.part().asked == 2
    assert len(library.spotify.calls) == 4
