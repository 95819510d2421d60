"""What is ListenBrainz's own way: places, whole lists, ids of MusicBrainz, collaborators."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from accounts.listenbrainz.connecting import listenbrainz_connect
from playlists.edits import Add, Reorder
from playlists.models import FoundTrack, SavedPlaylist
from playlists.saving.asking import offer_choose, removal_ask, save_ask
from playlists.saving.queueing import saves_sweep
from playlists.saving.work import save_work
from tests.factories import make_track
from tests.loopback.faults import Fault

pytestmark = pytest.mark.django_db

Status = SavedPlaylist.Status
CREATE = "POST /1/playlist/create"


@pytest.fixture
def home(home_there):
    return home_there


def saved(home, **options):
    """Save, and return the calls that it took."""
    home.server.faults.calls.clear()
    save_ask(home.playlist, home.account, **options)
    home.work()
    return list(home.server.calls)


def writes(calls):
    """Return the routes of calls that change something, less the playlist's id."""
    routes = [call.split("/1/playlist/")[1] for call in calls if call[:4] == "POST"]
    return [route.partition("/")[2] or route for route in routes]


def test_a_playlist_is_saved_privately_with_its_songs_in_order(home):
    calls = saved(home)

    (held,) = home.lists
    save = home.save
    assert home.titles() == ["One", "Two", "Three"]
    assert (held.name, held.is_public) == ("Rain", False)
    assert held.description == f"Made with PersonalAIs ({save.marker})"
    assert save.url == f"https://listenbrainz.org/playlist/{held.id}/"
    assert (save.status, save.ref, save.version) == (Status.DONE, held.id, 4)
    assert writes(calls) == ["create", "item/add/0"]


def test_saving_again_is_one_look_and_a_change_is_one_write(home):
    saved(home)
    assert len(saved(home)) == 1
    home.add("Four")
    assert writes(saved(home)) == ["item/add/3"]
    home.remove(home.songs[0])
    assert writes(saved(home)) == ["item/delete"]
    home.edit(Reorder((home.songs[3].pk,)))
    assert writes(saved(home)) == ["item/move"]
    assert home.titles() == ["Four", "Two", "Three"]
    home.rename("Sun")
    (route,) = writes(saved(home, is_public=True))
    assert route == home.lists[0].id  # of edit/…
    assert (home.lists[0].name, home.lists[0].is_public) == ("Sun", True)


def test_what_the_listener_has_there_of_their_own_stays(home):
    saved(home)
    (held,) = home.lists
    home.world.add_listener("otis")
    held.collaborators, held.description = ["otis"], "Mine now"
    held.uris.insert(0, home.world.add_song("Theirs").uri)
    home.rename("Sun")
    home.remove(home.songs[1])

    saved(home)

    assert (held.collaborators, held.description) == (["otis"], "Mine now")
    assert home.titles() == ["One", "Three", "Theirs"]


def test_a_list_of_hundreds_goes_by_hundreds(home):
    tracks = []
    for n in range(120):
        home.world.add_song(f"Long {n}")
        tracks.append(make_track(f"Long {n}", artist="Nina", duration_ms=200_000).pk)
    home.edit(Add(tuple(tracks)))

    calls = saved(home)

    assert home.titles()[3:] == [f"Long {n}" for n in range(120)]
    assert writes(calls) == ["create", "item/add/0", "item/add/100"]


def test_songs_are_found_by_id_then_by_names_and_what_is_near_may_be_chosen(home):
    world = home.world
    by_id = world.add_song("Umbenannt")
    wrong = world.add_song("Something Else", "Otis")
    duo = world.add_song("Both", artists=["Nina", "Otis"])
    live = world.add_song("Rare (Live)")
    home.add("Renamed", is_there=False, musicbrainz_id=by_id.id)
    home.add("Right", musicbrainz_id=wrong.id)
    home.add("Both", is_there=False)
    home.add("Gone", musicbrainz_id=str(UUID(int=7)))
    rare = home.add("Rare", is_there=False)
    home.add("Nowhere", is_there=False)

    calls = saved(home)

    assert home.titles() == [
        *("One", "Two", "Three", "Umbenannt", "Right", "Both", "Gone")
    ]
    assert home.lists[0].uris[3] == by_id.id
    assert duo.id in home.lists[0].uris
    assert calls.count("GET /1/metadata/recording/") == 3
    row = FoundTrack.objects.get(track=rare)
    assert [offer["url"] for offer in row.near] == [
        f"https://musicbrainz.org/recording/{live.id}"
    ]
    assert offer_choose(home.save, track_id=rare.pk, ref=live.id)
    home.work()
    assert home.titles()[-1] == "Rare (Live)"


def test_a_playlist_is_found_again_among_many_by_its_marker(home):
    save = save_ask(home.playlist, home.account)
    SavedPlaylist.objects.update(creating_at=save.due_at)
    world, nina = home.world, home.person
    ours = world.add_playlist(nina, "Rain", description=f"… {save.marker}")
    for n in range(120):
        world.add_playlist(nina, f"Other {n}", is_public=False)

    home.work()

    assert home.save.ref == ours.id
    assert CREATE not in home.server.calls
    assert [home.title(mbid) for mbid in ours.uris] == ["One", "Two", "Three"]


def test_one_that_was_deleted_there_is_made_anew_and_one_taken_away_is_gone(home):
    saved(home)
    home.world.playlists.clear()
    saved(home)
    home.work()
    assert home.titles() == ["One", "Two", "Three"]
    home.world.playlists.clear()
    removal_ask(home.save)
    home.work()

    assert not SavedPlaylist.objects.exists()
    assert saved(home)
    removal_ask(home.save)
    home.work()
    assert home.lists == []


def test_a_limit_of_calls_is_kept_however_long_the_list_is(home):
    """Each visit finds another song and no more, and none of them counts as stuck."""
    for n in range(14):
        home.add(f"More {n}")
    save = save_ask(home.playlist, home.account)
    for visit in range(17):
        home.server.faults.forget()
        home.server.faults.at = {2: Fault("429", retry_after_s=9)}
        save_work(save.pk)
        save.refresh_from_db()
        if visit == 0:
            assert (save.status, save.reason) == (Status.WAITING, "busy")
            left = save.due_at - timezone.now()
            assert timedelta(seconds=6) < left <= timedelta(seconds=9)
        home.time_passes()
    home.server.faults.forget()
    home.work()

    assert len(home.titles()) == 17


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda home: home.world.withdraw(home.person), "reconnect"),
        (
            lambda home: setattr(home.server.faults, "always", Fault("403")),
            "not_allowed",
        ),
    ],
    ids=["token reset", "forbidden"],
)
def test_what_wont_go_by_itself_is_told_and_not_tried_again(home, change, reason):
    change(home)
    saved(home)

    assert (home.save.status, home.save.reason) == (Status.FAILED, reason)
    home.server.faults.calls.clear()
    home.work()
    assert home.server.calls == []


@pytest.mark.usefixtures("clean_redis")
def test_whoever_connects_again_has_what_failed_go_on_by_itself(home):
    home.world.withdraw(home.person)
    saved(home)
    assert saves_sweep() == 0
    listenbrainz_connect(home.account.user, home.person.token)

    assert saves_sweep() == 1
    home.work()
    assert home.titles() == ["One", "Two", "Three"]
    # A token that is refused again ends it again, once.
    home.world.withdraw(home.person)
    saved(home)
    assert (home.save.status, saves_sweep()) == (Status.FAILED, 0)
