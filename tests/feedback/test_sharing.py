"""Reactions go to ListenBrainz only where the listener said so, and can be taken back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.services import service_disconnect
from catalog.merging import tracks_merge
from feedback.models import ReactionSharing, SharedReaction
from feedback.services import Value, reaction_set
from feedback.sharing.outbox import sharing_start, sharing_stop
from feedback.sharing.queueing import reactions_sweep
from feedback.sharing.sending import reactions_send
from tests.factories import make_track, make_user
from tests.loopback.faults import Fault

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_redis")]

Status = SharedReaction.Status
PAGE = "/account/services/listenbrainz/reactions/"


class Home:
    """Ada, her ListenBrainz, and songs that it has."""

    def __init__(self, server, account):
        self.server, self.world, self.account = server, server.world, account
        self.tracks = {}

    def react(self, title, value, *, is_there=True, **fields):
        """Say something of a song by its title."""
        if title not in self.tracks:
            if is_there:
                self.world.add_song(title)
            fields = {"artist": "Nina", "duration_ms": 200_000, **fields}
            self.tracks[title] = make_track(title, **fields)
        track = self.tracks[title]
        reaction_set(user=self.account.user, track=track, value=value)

    def work(self, *, times=1):
        """Let a worker come by, some time later each time."""
        for _ in range(times):
            ReactionSharing.objects.update(due_at=timezone.now())
            reactions_send(self.account.pk)

    @property
    def there(self):
        """What ListenBrainz has of her, by title."""
        songs, held = self.world.songs, self.world.feedback
        return {songs[mbid].name: score for (_, mbid), score in held.items()}

    def row(self, title):
        return SharedReaction.objects.get(track=self.tracks[title])


@pytest.fixture
def home(db, listenbrainz, linked, settings):
    settings.LISTENBRAINZ_TIMEOUT_S = 0.25
    made = Home(listenbrainz, linked(make_user("ada")))
    sharing_start(made.account)
    return made


def test_nothing_is_sent_or_noted_before_somebody_says_so(listenbrainz, linked):
    home = Home(listenbrainz, linked(make_user("ada")))
    home.react("Rain", Value.LIKE)
    home.work()
    assert not SharedReaction.objects.exists()
    # Nor is what they said before.
    sharing_start(home.account)
    home.work()

    assert listenbrainz.calls == []


def test_likes_dislikes_and_changes_of_mind_are_there_as_said_last(home):
    home.react("Rain", Value.LIKE)
    home.react("Sun", Value.DISLIKE)
    home.react("Snow", Value.MORE)
    home.work()
    assert home.there == {"Rain": 1, "Sun": -1, "Snow": 1}

    home.react("Rain", Value.DISLIKE)
    home.react("Sun", Value.NONE)
    home.react("Snow", Value.NONE)
    home.react("Snow", Value.LIKE)
    home.server.faults.forget()
    home.work()
    assert home.there == {"Rain": -1, "Snow": 1}
    # Each recording was found before, and is told of once.
    assert home.server.calls == ["POST /1/feedback/recording-feedback"] * 3
    home.server.faults.forget()
    home.work()
    assert home.server.calls == []


def test_other_listeners_reactions_stay_here(home):
    home.react("Rain", Value.LIKE)
    reaction_set(user=make_user("bob"), track=home.tracks["Rain"], value=Value.DISLIKE)
    home.work()

    assert home.there == {"Rain": 1}


def test_songs_that_arent_there_are_told_and_ids_are_believed_where_names_agree(home):
    rain = home.world.add_song("La Lluvia")
    home.react("Rain", Value.LIKE, is_there=False, musicbrainz_id=rain.id)
    home.react("Nowhere", Value.LIKE, is_there=False)
    home.work()

    assert home.there == {"La Lluvia": 1}
    assert home.row("Nowhere").status == Status.MISSING
    home.server.faults.forget()
    home.work()
    assert home.server.calls == []


FAULTS = [
    Fault("503", "before"),
    Fault("503", "after"),
    Fault("silence", "after"),
    Fault("not json", "after"),
    Fault("429", "before"),
    Fault("401", "before"),
]


@pytest.mark.parametrize(
    "fault", FAULTS, ids=lambda fault: f"{fault.kind} {fault.when}"
)
@pytest.mark.parametrize("at", [1, 2])
def test_whatever_fails_is_there_in_the_end(home, at, fault):
    home.react("Rain", Value.LIKE)
    home.server.faults.at = {at: fault}
    home.work()
    if at == 2 and fault.when == "after":
        # Nobody knows whether it is there, so taking it back would ask.
        assert home.row("Rain").sent is None
    home.work()

    assert home.there == {"Rain": 1}
    assert (home.row("Rain").sent, home.row("Rain").status) == (1, Status.DONE)
    sharing = ReactionSharing.objects.get()
    assert (sharing.reason, sharing.tries) == ("", 0)


@pytest.mark.django_db(transaction=True)
def test_a_change_of_mind_while_it_is_sent_goes_too(home):
    def change():
        try:
            home.react("Rain", Value.DISLIKE)
        finally:
            connection.close()

    def look(number, when):
        if (number, when) == (2, "after"):
            # The server's own thread may not wait for the database.
            with ThreadPoolExecutor(1) as pool:
                pool.submit(change).result()
        return False

    home.react("Rain", Value.LIKE)
    home.server.faults.look = look
    home.work()

    assert home.there == {"Rain": -1}
    assert home.row("Rain").status == Status.DONE


def test_a_busy_service_is_left_alone_and_then_swept(
    home, django_capture_on_commit_callbacks
):
    home.react("Rain", Value.LIKE)
    home.server.faults.always = Fault("429", retry_after_s=77)
    home.work()
    sharing = ReactionSharing.objects.get()
    left = sharing.due_at - timezone.now()
    assert (sharing.reason, sharing.tries) == ("busy", 1)
    assert timedelta(seconds=70) < left <= timedelta(seconds=77)
    home.server.faults.forget()
    reactions_send(home.account.pk)  # a job too many
    assert home.server.calls == []
    assert reactions_sweep() == 0

    ReactionSharing.objects.update(due_at=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        assert reactions_sweep() == 1
    assert reactions_sweep() == 0  # it waits in the queue
    home.work()
    assert home.there == {"Rain": 1}
    assert reactions_sweep() == 0


def test_a_refused_song_keeps_no_other_from_going(home):
    home.react("Rain", Value.LIKE)
    home.react("Sun", Value.LIKE)
    home.server.faults.at = {2: Fault("404")}
    home.work()

    assert home.row("Rain").status == Status.REFUSED
    assert home.there == {"Sun": 1}


def test_a_reset_token_waits_for_the_new_one(home):
    home.react("Rain", Value.LIKE)
    home.world.withdraw(home.world.listeners["nina"])
    home.work()
    home.account.refresh_from_db()
    assert home.account.lost_at is not None
    assert ReactionSharing.objects.get().reason == "reconnect"
    ReactionSharing.objects.update(due_at=timezone.now())
    assert reactions_sweep() == 0


def test_whoever_stops_may_leave_what_was_sent(home):
    home.react("Rain", Value.LIKE)
    home.work()
    home.react("Sun", Value.LIKE)
    sharing_stop(home.account, takes_back=False)
    home.react("Snow", Value.LIKE)
    home.work()

    assert home.there == {"Rain": 1}
    assert not SharedReaction.objects.exists()
    assert not ReactionSharing.objects.exists()


@pytest.mark.parametrize("fault", [None, *FAULTS], ids=str)
def test_whoever_stops_may_take_back_what_was_sent_whatever_fails(home, fault):
    home.react("Rain", Value.LIKE)
    home.work()
    home.react("Sun", Value.LIKE)  # never sent
    sharing_stop(home.account, takes_back=True)
    home.react("Snow", Value.LIKE)
    home.server.faults.forget()
    if fault:
        home.server.faults.at = {1: fault}
    home.work(times=2)

    assert home.there == {}
    assert not SharedReaction.objects.exists()
    assert not ReactionSharing.objects.exists()


def test_disconnecting_forgets_all_of_it(home):
    home.react("Rain", Value.LIKE)
    service_disconnect(home.account)
    reactions_send(home.account.pk or 0)

    assert not SharedReaction.objects.exists()
    assert not ReactionSharing.objects.exists()


def test_what_was_sent_follows_a_track_that_becomes_another(home):
    home.react("Rain", Value.LIKE)
    home.work()
    home.react("Rain, Again", Value.DISLIKE)
    keep, other = home.tracks["Rain, Again"], home.tracks["Rain"]
    tracks_merge(keep=keep, others=[other])
    row = SharedReaction.objects.get()

    assert (row.track, row.wanted, row.status) == (keep, -1, Status.WAITING)
    home.work()
    assert home.there["Rain, Again"] == -1


def test_the_page_says_how_it_stands_and_turns_it_on_and_off(client, home):
    sharing_stop(home.account, takes_back=False)
    client.force_login(home.account.user)

    def shown():
        return " ".join(client.get(PAGE).content.decode().split())

    assert "It is off" in shown()
    client.post(PAGE, {"wanted": "start"})
    home.react("Rain", Value.LIKE)
    home.react("Nowhere", Value.LIKE, is_there=False)
    assert "2 songs are on their way" in shown()
    home.work()
    assert "1 song is as you said" in shown()
    assert "<bdi>Nowhere</bdi>" in shown()
    home.react("Sun", Value.LIKE)
    home.server.faults.always = Fault("503")
    home.work()
    assert "ListenBrainz doesn&#x27;t answer." in shown()
    client.post(PAGE, {"wanted": "take back"})
    assert "1 song is still being taken back." in shown()
    home.server.faults.forget()
    home.work()
    assert "Nothing is sent." in shown()
    assert client.post(PAGE, {"wanted": "all"}).status_code == 400
    assert client.get(PAGE.replace("listenbrainz", "spotify")).status_code == 404


def test_nobody_sees_another_listeners_page(client, home):
    client.force_login(make_user("bob"))

    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, {"wanted": "stop"}).status_code == 404
    assert ReactionSharing.objects.get().is_on
