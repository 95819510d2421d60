"""Whatever fails, and wherever, a playlist is there once, with each song once.

At each service, each call of saving, updating and taking away fails in each way, and a
worker is killed before and after each; then another worker comes by some time later.
"""

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from accounts.services import service_disconnect
from catalog.advisory import Lock, is_locked
from playlists.edits import Add, Remove
from playlists.models import FoundTrack, SavedPlaylist
from playlists.saving.asking import removal_ask, save_ask
from playlists.saving.work import save_work
from tests import site
from tests.spotify import Fault
from tests.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).resolve().parents[3]
Status = SavedPlaylist.Status

FAULTS = [
    Fault("503", "before"),
    Fault("503", "after"),
    Fault("silence", "after"),
    Fault("not json", "after"),
    Fault("429", "before"),
    Fault("401", "before"),
]


@pytest.fixture
def home(any_home):
    """Each service in turn."""
    return any_home


class Phase:
    """Something that a listener asks for, and what must be so in the end."""

    def __init__(self, home):
        self.home = home

    def ask(self):
        save_ask(self.home.playlist, self.home.account)

    def check(self, where):
        assert self.home.save.status == Status.DONE, where
        assert self.home.titles() == self.songs, where
        assert self.home.lists[0].name == self.title, where
        # Not even out of sight is there another one.
        assert len(self.home.world.playlists) == 1, where


class Saving(Phase):
    title, songs = "Rain", ["One", "Two", "Three"]


class Updating(Phase):
    """The second of its songs goes, two come and one again, and it gets another name."""

    title, songs = "Sun", ["One", "Three", "Four", "Five", "Three", "Theirs"]

    def ask(self):
        # What the listener has put in there by hand.
        self.home.lists[0].uris.insert(1, self.home.world.add_song("Theirs").uri)
        self.home.lists[0].changes += 1
        self.home.remove(self.home.songs[1])
        self.home.add("Four")
        self.home.add("Five")
        self.home.edit(Add((self.home.songs[2].pk,), again=True))
        self.home.rename("Sun")
        super().ask()


class Thinning(Phase):
    """Of a song that stands twice one place goes, and the song isn't lost."""

    title, songs = "Sun", ["One", "Four", "Five", "Three", "Theirs"]

    def ask(self):
        self.home.edit(Remove((self.home.songs[2].pk,), places=(1,)))
        super().ask()


class TakingAway(Phase):
    def ask(self):
        removal_ask(self.home.save)

    def check(self, where):
        assert self.home.lists == [], where
        assert not SavedPlaylist.objects.exists(), where


PHASES = [Saving, Updating, Thinning, TakingAway]


def begun(home, phases):
    """Begin anew, with these phases behind us; the last of them is only asked for."""
    SavedPlaylist.objects.all().delete()
    FoundTrack.objects.all().delete()
    fresh_world(home)
    for phase in phases:
        if phase is not phases[0]:
            home.work()
        phase(home).ask()
    home.server.faults.forget()
    return phases[-1](home)


def fresh_world(home):
    """Empty the service of playlists, and give ours its first songs and title again."""
    home.world.empty(home.person)
    home.playlist.refresh_from_db()
    first = home.playlist.versions.get(number=4)
    home.playlist.current = first
    home.playlist.save(update_fields=["current"])
    home.songs[3:] = []
    extra = [s for s in home.world.songs.values() if s.name not in Saving.songs]
    for song in extra:
        del home.world.songs[song.id]


def calls_of(home, phases):
    """Return how many calls the last of these phases takes when nothing fails."""
    phase = begun(home, phases)
    home.work()
    phase.check("nothing failed")
    return len(home.server.calls)


def test_each_call_may_fail_in_each_way(home, settings, capsys, share):
    settings.SPOTIFY_TIMEOUT_S = settings.LISTENBRAINZ_TIMEOUT_S = 0.15
    told = []
    for number in range(1, len(PHASES) + 1):
        phases = PHASES[:number]
        count = calls_of(home, phases)
        cases = share([(at, f) for at in range(1, count + 1) for f in FAULTS], 7)
        for at, fault in cases:
            phase = begun(home, phases)
            home.server.faults.at = {at: fault}
            home.work(times=4)
            phase.check((phases[-1].__name__, at, fault))
        told.append(f"{phases[-1].__name__}: {count} calls, {len(cases)} failures")
    with capsys.disabled():
        sys.stdout.write(f"\n{home.account.service}: {'; '.join(told)}\n")


@pytest.fixture
def share(request):
    """Return what takes each nth of some cases, or all of them with --all-scripts."""

    def taken(cases, nth):
        # nth divides no number of ways, so that over the calls each has its turn.
        return cases if request.config.getoption("all_scripts") else cases[::nth]

    return taken


@pytest.fixture(scope="module")
def forker(django_db_setup, running_spotify, running_listenbrainz):
    """Start a process whose children save, at either service."""
    environment = {
        **os.environ,
        "DATABASE_URL": site.tests_database_url(),
        **running_spotify.environment,
        **running_listenbrainz.environment,
    }
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "tests.playlists.saving.forker"),
            "playlists.saving.work.save_work",
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


def save_and_be_killed(forker, server, save_id, *, at, when):
    """Save in a child that is killed at a call, before or after it takes effect."""
    forker.stdin.write(f"{save_id}\n")
    forker.stdin.flush()
    child = int(forker.stdout.readline())

    def look(number, now):
        if (number, now) != (at, when):
            return False
        os.kill(child, signal.SIGKILL)
        return when == "before"

    server.faults.look = look
    forker.stdin.write("go\n")
    forker.stdin.flush()
    ended = int(forker.stdout.readline())
    until(
        lambda: not is_locked(Lock.PLAYLIST_SAVE, save_id),
        "PostgreSQL never sees it die",
    )
    return ended


def test_a_worker_may_be_killed_at_each_step(home, forker, capsys, share):
    told = []
    for number in range(1, len(PHASES) + 1):
        phases = PHASES[:number]
        count = calls_of(home, phases)
        whens = ("before", "after")
        cases = share([(at, w) for at in range(1, count + 1) for w in whens], 5)
        for at, when in cases:
            where = (phases[-1].__name__, at, when)
            phase = begun(home, phases)
            save = SavedPlaylist.objects.get()
            ended = save_and_be_killed(forker, home.server, save.pk, at=at, when=when)
            assert ended == -signal.SIGKILL, where
            home.server.faults.forget()
            home.work(times=2)
            phase.check(where)
        told.append(f"{phases[-1].__name__}: killed {len(cases)} times")
    with capsys.disabled():
        sys.stdout.write(f"\n{home.account.service}: {'; '.join(told)}\n")


def test_songs_of_a_worker_that_is_killed_while_they_go_in_are_there_once(home, forker):
    """The service has the request, carries it out a little later, and nobody hears."""
    save_ask(home.playlist, home.account)
    calls = calls_when_all_is_well(home)
    number = calls.index(
        next(c for c in calls if c.startswith("POST") and "/item" in c)
    )
    begun(home, [Saving])
    save = home.save
    ended = save_and_be_killed(
        forker, home.server, save.pk, at=number + 1, when="before"
    )
    assert ended == -signal.SIGKILL
    home.server.faults.forget()

    save_work(save.pk)  # another worker, at once
    save_ask(home.playlist, home.account)  # and an impatient listener
    save_work(save.pk)
    assert home.server.calls == []
    assert home.save.due_at > timezone.now() + timedelta(seconds=20)
    (held,) = home.lists
    uris = {song.name: song.uri for song in home.world.songs.values()}
    held.uris = [uris[name] for name in Saving.songs]
    held.changes += 1
    home.work()

    Saving(home).check("it took effect late")


def beside(*jobs):
    """Run jobs beside each other, each with a connection of its own."""

    def run(job):
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def test_two_clicks_are_one_playlist(home):
    def click():
        save_ask(home.playlist, home.account)

    beside(click, click, click)
    home.work(times=2)

    Saving(home).check("three clicks")
    assert home.save.carried_out == home.save.asked == 3


def test_two_workers_are_one_playlist(home):
    save = save_ask(home.playlist, home.account)
    is_held = threading.Event()
    goes_on = threading.Event()

    def look(number, when):
        is_held.set()
        goes_on.wait(60)
        return False

    home.server.faults.look = look

    def second():
        until(is_held.is_set, "the first worker never asks")
        save_work(save.pk)  # finds the first one at it
        goes_on.set()

    home.server.faults.forget()
    home.server.faults.look = look
    beside(lambda: save_work(save.pk), second)

    Saving(home).check("two workers")


def test_what_is_asked_while_it_is_saved_is_done_too(home):
    save = save_ask(home.playlist, home.account)

    def look(number, when):
        if number == 5 and when == "after":

            def click():
                home.rename("Sun")
                save_ask(home.playlist, home.account)

            # The server's own thread may not wait for the database.
            beside(click)
        return False

    home.server.faults.forget()
    home.server.faults.look = look
    save_work(save.pk)

    assert home.save.carried_out == home.save.asked == 2
    assert home.lists[0].name == "Sun"
    assert home.titles() == Saving.songs


def test_whoever_disconnects_while_it_is_saved_ends_it(home):
    save = save_ask(home.playlist, home.account)

    def look(number, when):
        if number == 2 and when == "before":
            beside(lambda: service_disconnect(home.account))
        return False

    home.server.faults.forget()
    home.server.faults.look = look
    save_work(save.pk)

    assert not SavedPlaylist.objects.exists()
    assert not FoundTrack.objects.exists()
    assert home.lists == []


def test_a_song_that_went_in_unheard_is_known_as_ours(home):
    """The answer is lost, and the song taken out before anybody looks again."""
    save_ask(home.playlist, home.account)
    number = next(
        n
        for n, call in enumerate(calls_when_all_is_well(home), 1)
        if call.startswith("POST") and "/item" in call
    )
    begun(home, [Saving])
    home.server.faults.at = {number: Fault("503", "after")}
    save_work(home.save.pk)
    assert home.titles() == Saving.songs
    home.remove(home.songs[1])
    save_ask(home.playlist, home.account)

    home.work(times=2)

    assert home.titles() == ["One", "Three"]


def test_a_request_that_takes_effect_late_makes_no_second_playlist(home):
    """The service answers with an error, and makes the playlist a little later."""
    save_ask(home.playlist, home.account)
    calls = calls_when_all_is_well(home)
    making = next(call for call in calls if call.startswith("POST"))
    number = calls.index(making) + 1
    begun(home, [Saving])
    home.server.faults.at = {number: Fault("503", "before")}
    save_work(home.save.pk)
    save = home.save
    SavedPlaylist.objects.update(due_at=save.creating_at)
    save_work(save.pk)  # too early to know
    assert home.save.status == Status.WAITING
    assert home.server.calls.count(making) == 1
    home.world.add_playlist(
        home.person, "Rain", description=f"… ({save.marker})", is_public=False
    )

    home.work(times=2)

    Saving(home).check("late")


def calls_when_all_is_well(home):
    """Return the calls of a save where nothing fails."""
    begun(home, [Saving])
    home.work()
    return list(home.server.calls)


def test_two_that_were_made_after_all_become_one(home):
    """Should the service have made two by one request, the later goes."""
    save = save_ask(home.playlist, home.account)
    SavedPlaylist.objects.update(creating_at=save.due_at)
    for _ in range(2):
        home.world.add_playlist(home.person, "Rain", description=save.marker)

    home.work()

    assert home.titles() == Saving.songs
