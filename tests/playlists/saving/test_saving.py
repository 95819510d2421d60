"""A playlist goes to Spotify, is kept in step, and is taken away again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import ServiceAccount
from accounts.services import service_disconnect
from accounts.spotify.tokens import token_refused
from catalog.merging.tracks import tracks_merge
from playlists.edits import Add, Reorder
from playlists.models import FoundTrack, SavedPlaylist
from playlists.saving.asking import offer_choose, removal_ask, save_ask
from playlists.saving.finding import FOUND_FOR, found_expire, found_tracks
from playlists.saving.work import save_work
from tests.factories import make_track
from tests.spotify import Fault

pytestmark = pytest.mark.django_db

Status = SavedPlaylist.Status


def saved(home, **options):
    """Save, and return the calls that it took."""
    home.server.faults.calls.clear()
    save_ask(home.playlist, home.account, **options)
    home.work()
    return list(home.server.calls)


def writes(calls):
    return [call for call in calls if not call.startswith("GET")]


def test_a_playlist_is_saved_privately_with_its_songs_in_order(home):
    calls = saved(home)

    (held,) = home.lists
    save = home.save
    assert home.titles() == ["One", "Two", "Three"]
    assert (held.name, held.is_public) == ("Rain", False)
    assert held.description == f"Made with PersonalAIs ({save.marker})"
    assert (save.status, save.progress, save.version) == (Status.DONE, 1.0, 4)
    assert save.url == f"https://open.spotify.com/playlist/{held.id}"
    assert [call.split()[0] for call in writes(calls)] == ["POST", "POST"]


def test_saving_again_asks_little_and_changes_nothing(home):
    saved(home)
    (held,) = home.lists
    before = held.snapshot

    calls = saved(home)

    assert writes(calls) == []
    assert len(calls) == 2
    assert held.snapshot == before
    assert home.save.status == Status.DONE


def test_a_new_version_takes_one_write_and_a_new_name_another(home):
    saved(home)
    home.add("Four")
    home.remove(home.songs[0])

    assert len(writes(saved(home))) == 1
    assert home.titles() == ["Two", "Three", "Four"]
    home.edit(Reorder((home.songs[3].pk,)))
    assert len(writes(saved(home))) == 1
    assert home.titles() == ["Four", "Two", "Three"]
    home.rename("Sun")
    assert writes(saved(home, is_public=True)) == [
        f"PUT /v1/playlists/{home.lists[0].id}"
    ]
    assert (home.lists[0].name, home.lists[0].is_public) == ("Sun", True)
    assert home.save.version == home.playlist.versions.count()


def test_what_the_listener_adds_and_moves_there_stays_among_ours(home):
    saved(home)
    (held,) = home.lists
    theirs = [home.world.add_song("Theirs").uri, "spotify:local:me::A file:180"]
    held.uris = [theirs[0], *held.uris[::-1], theirs[1]]
    held.changes += 1
    home.remove(home.songs[1])
    home.add("Four")

    saved(home)

    assert home.titles() == ["One", "Three", "Four", "Theirs", theirs[1]]
    home.remove(home.songs[0])
    saved(home)
    assert home.titles() == ["Three", "Four", "Theirs", theirs[1]]


def test_a_file_of_the_listeners_own_may_stand_there_twice(home):
    saved(home)
    (held,) = home.lists
    file = "spotify:local:" + "a+long+name" * 30 + "::A+file:180"
    held.uris = [file, *held.uris, file]
    held.changes += 1

    for title in ("Four", "Five"):
        home.add(title)
        saved(home)

    assert home.save.status == Status.DONE
    assert home.titles() == ["One", "Two", "Three", "Four", "Five", file, file]


def test_a_list_of_hundreds_goes_by_hundreds(home):
    tracks = []
    for n in range(240):
        home.world.add_song(f"Long {n}")
        tracks.append(make_track(f"Long {n}", artist="Nina", duration_ms=200_000).pk)
    home.edit(Add(tuple(tracks)))

    calls = saved(home)

    assert home.titles()[3:] == [f"Long {n}" for n in range(240)]
    assert len(writes(calls)) == 4
    home.remove(home.songs[1])
    assert [call.split()[0] for call in writes(saved(home))] == ["DELETE"]
    # Somebody sees 50 at a time.
    home.lists[0].changes += 1
    home.add("Last")
    assert len([c for c in saved(home) if c.endswith("/items")]) == 5 + 1
    assert home.titles()[-1] == "Last"


def test_songs_are_found_by_id_by_isrc_and_by_name_and_only_once(home):
    world = home.world
    by_id = world.add_song("Known")
    by_isrc = world.add_song("Umbenannt", isrc="DEAAA2600001")
    world.add_song("Umbenannt", "Otis", isrc="DEAAA2600002")
    home.add("Known", is_there=False, spotify_id=by_id.id)
    home.add("Renamed", is_there=False, isrc="DEAAA2600001")
    home.add("Gone", spotify_id="0" * 22)

    calls = saved(home)

    assert home.titles() == ["One", "Two", "Three", "Known", "Umbenannt", "Gone"]
    assert home.lists[0].uris[3:5] == [by_id.uri, by_isrc.uri]
    assert "GET /v1/search" in calls
    home.rename("Sun")
    assert "GET /v1/search" not in saved(home)
    FoundTrack.objects.update(found_at=timezone.now() - FOUND_FOR - timedelta(days=1))
    assert found_expire() == 6
    assert saved(home).count("GET /v1/search") == 5


def test_two_songs_that_are_one_recording_there_stand_there_once(home):
    home.add("Two (Remastered)", is_there=False)

    saved(home)

    assert home.titles() == ["One", "Two", "Three"]


def test_what_spotify_lacks_is_kept_apart_with_near_ones_to_choose_from(home):
    live = home.world.add_song("Rare (Live at Home)")
    rare = home.add("Rare", is_there=False)
    home.add("Nowhere", is_there=False)
    saved(home)

    rows = found_tracks(home.account, [song.pk for song in home.songs])
    missing = {row.track.title: row.near for row in rows.values() if not row.ref}
    assert home.titles() == ["One", "Two", "Three"]
    assert {title: len(near) for title, near in missing.items()} == {
        "Rare": 1,
        "Nowhere": 0,
    }
    assert not offer_choose(home.save, track_id=rare.pk, ref="spotify:track:other")
    assert offer_choose(home.save, track_id=rare.pk, ref=live.uri)
    home.work()
    assert home.titles() == ["One", "Two", "Three", "Rare (Live at Home)"]
    found_expire()
    row = FoundTrack.objects.get(track=rare)
    assert (row.is_chosen, row.near) == (True, [])


def test_a_choice_follows_a_track_that_becomes_another(home):
    home.world.add_song("Rare (Live)")
    rare = home.add("Rare", is_there=False)
    saved(home)
    row = FoundTrack.objects.get(track=rare)
    offer_choose(home.save, track_id=rare.pk, ref=row.near[0]["ref"])
    keep = make_track("Rare", artist="Nina")

    tracks_merge(keep=keep, others=[rare])

    assert FoundTrack.objects.get(is_chosen=True).track == keep
    saved(home)
    assert home.titles()[-1] == "Rare (Live)"


def test_a_playlist_is_taken_away_and_may_come_back(home):
    saved(home)
    removal_ask(home.save)
    home.work()

    assert home.lists == []
    assert not SavedPlaylist.objects.exists()
    saved(home)
    assert home.titles() == ["One", "Two", "Three"]


def test_one_that_is_gone_there_is_taken_away_without_a_word(home):
    saved(home)
    home.server.faults.always = Fault("404")
    removal_ask(home.save)
    home.work()

    assert not SavedPlaylist.objects.exists()


def test_one_that_ends_its_worker_each_time_is_given_up(home):
    save_ask(home.playlist, home.account)
    SavedPlaylist.objects.update(tries=12)
    home.work()

    assert (home.save.status, home.save.reason) == (Status.FAILED, "refused")
    assert home.lists == []


def test_pressing_again_gives_a_silent_service_its_half_minute(home):
    home.server.faults.always = Fault("503")
    save_ask(home.playlist, home.account)
    home.work(times=4)
    assert home.save.due_at > timezone.now() + timedelta(minutes=5)
    save_ask(home.playlist, home.account)

    left = home.save.due_at - timezone.now()
    assert timedelta(0) < left <= timedelta(seconds=30)


def test_one_that_was_thrown_away_there_comes_back_as_the_same(home):
    saved(home)
    (held,) = home.lists
    home.person.library.remove(held.uri)
    saved(home)

    assert home.lists == [held]
    # One that is gone for good is made anew, once.
    del home.world.playlists[held.id]
    home.person.library.clear()
    saved(home)
    home.work()
    assert home.titles() == ["One", "Two", "Three"]
    assert home.lists != [held]


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Fault("429", retry_after_s=77), "busy"),
        (Fault("quota", retry_after_s=77), "quota"),
    ],
    ids=["busy", "quota"],
)
def test_a_busy_service_is_left_alone_for_as_long_as_it_wants(home, fault, reason):
    home.server.faults.always = fault
    save_ask(home.playlist, home.account)
    save_work(home.save.pk)

    save = home.save
    assert (save.status, save.reason) == (Status.WAITING, reason)
    left = save.due_at - timezone.now()
    assert timedelta(seconds=70) < left <= timedelta(seconds=77)
    # A listener who presses again doesn't change that, nor does a job too many.
    home.server.faults.forget()
    save_ask(home.playlist, home.account)
    save_work(save.pk)
    assert home.server.calls == []
    home.work()
    assert home.titles() == ["One", "Two", "Three"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda home: home.world.withdraw(home.person), "reconnect"),
        (lambda home: setattr(home.person, "is_named", False), "not_allowed"),
    ],
    ids=["withdrawn", "not among the five"],
)
def test_what_wont_go_by_itself_is_told_and_not_tried_again(home, change, reason):
    change(home)
    saved(home)
    save = home.save
    assert (save.status, save.reason) == (Status.FAILED, reason)
    home.server.faults.calls.clear()
    home.work()
    assert home.server.calls == []


def test_an_access_token_that_ended_early_is_refreshed_within_the_try(home):
    home.world.end_all_access()
    home.server.faults.forget()

    calls = saved(home)

    assert calls.count("POST /api/token") == 1
    assert home.titles() == ["One", "Two", "Three"]


def test_a_new_token_that_is_refused_too_ends_the_connection(home):
    save_ask(home.playlist, home.account)
    # The first call, and the same one again; between them a token is fetched.
    home.server.faults.at = {1: Fault("401"), 3: Fault("401")}
    home.work()

    home.account.refresh_from_db()
    assert (home.save.status, home.save.reason) == (Status.FAILED, "reconnect")
    assert home.server.calls[1] == "POST /api/token"
    assert home.account.lost_at is not None
    # What was connected anew in the meantime stays connected.
    ServiceAccount.objects.update(lost_at=None)
    token_refused(home.account.pk, refused="an older one")
    home.account.refresh_from_db()
    assert home.account.lost_at is None


def test_a_service_that_stays_down_is_given_up_and_goes_on_when_asked(home):
    home.server.faults.always = Fault("503")
    save_ask(home.playlist, home.account)
    home.work(times=15)
    assert (home.save.status, home.save.reason) == (Status.FAILED, "down")
    home.server.faults.forget()

    saved(home)

    assert home.titles() == ["One", "Two", "Three"]


def test_disconnecting_forgets_what_was_found_and_saved(home):
    saved(home)

    service_disconnect(home.account)

    assert not SavedPlaylist.objects.exists()
    assert not FoundTrack.objects.exists()
    assert home.titles() == ["One", "Two", "Three"]  # it is theirs
