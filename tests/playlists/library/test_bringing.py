"""A library comes in by kinds, page by page, and is found in the catalog."""

import pytest

from accounts.spotify.backend import SCOPES
from playlists.library.asking import library_withdraw
from playlists.library.models import LibraryList, LibraryPart, LibraryTrack
from playlists.library.queueing import libraries_sweep
from playlists.library.seeds import Borrowed, library_lists, library_tracks
from tests.factories import make_track
from tests.playlists.library.conftest import make_known
from tests.spotify import Fault

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_redis")]

Kind, Status, Reason = LibraryPart.Kind, LibraryPart.Status, LibraryPart.Reason


def standing(home, kind=Kind.LIKED):
    part = home.part(kind)
    return part.status, part.reason


def test_nothing_is_read_before_it_is_agreed_to_and_then_only_that(home):
    home.like(3)
    home.person.top = home.person.recent = list(home.person.library)
    home.spotify.faults.forget()
    home.work()
    assert home.spotify.calls == []

    home.bring_in(Kind.TOP)

    assert home.spotify.calls == ["GET /v1/me/top/tracks"]
    assert [part.kind for part in LibraryPart.objects.all()] == [Kind.TOP]
    assert standing(home, Kind.TOP) == (Status.DONE, "")


def test_each_kind_comes_in_with_its_source_and_its_end(home):
    songs = home.like(120)
    home.person.top = [song.uri for song in songs[:60]]
    # The same song twice in a row is one song.
    home.person.recent = [songs[5].uri, songs[4].uri, songs[5].uri]
    home.add_list("Rain", songs[:3])
    home.add_list("Long", songs[:70])
    other = home.world.add_listener("otis")
    theirs = home.world.add_playlist(other, "Theirs", uris=[songs[0].uri])
    home.person.library.insert(0, theirs.uri)

    home.bring_in(*Kind)

    count = {
        kind: LibraryTrack.objects.filter(holder__part__kind=kind).count()
        for kind in Kind
    }
    assert count == {Kind.LIKED: 120, Kind.TOP: 60, Kind.RECENT: 2, Kind.LISTS: 73}
    assert home.songs(holder__part__kind=Kind.RECENT) == ["Song 5", "Song 4"]
    lists = LibraryList.objects.filter(part__kind=Kind.LISTS)
    assert [held.title for held in lists] == ["Long", "Rain"]
    part = home.part()
    for model in (LibraryList, LibraryTrack):
        assert set(model.objects.values_list("source", flat=True)) == {"spotify"}
        ends = set(model.objects.values_list("expires_at", flat=True))
        assert ends == set(LibraryPart.objects.values_list("expires_at", flat=True))
    assert (part.expires_at - part.agreed_at).days == 30
    assert part.agreed_to == 1
    assert part.brought_at is not None


def test_songs_are_found_by_isrc_then_by_their_words_and_else_not_at_all(home):
    by_isrc = make_track("Another title", isrc="USAAA2600001", duration_ms=200_000)
    by_words = make_known("Rain", "Nina", duration_ms=202_000)
    make_known("Too long", "Nina", duration_ms=210_000)
    make_known("Sun", "Otis", duration_ms=200_000)
    plain = make_known("Old", "Nina", duration_ms=199_000)
    taken = {
        "Nothing alike": by_isrc.pk,
        "RAIN!": by_words.pk,
        "Too long": None,
        "Sun": None,
        "Rain (Live)": None,
        "Old - 2011 Remaster": plain.pk,
    }
    for title in taken:
        isrc = "USAAA2600001" if title == "Nothing alike" else ""
        home.person.library.append(home.add(title, isrc=isrc).uri)
    home.person.library.append("spotify:episode:1")

    home.bring_in(Kind.LIKED)

    found = dict(LibraryTrack.objects.values_list("title", "track"))
    assert found == taken
    seeds = library_tracks(home.account.user, Borrowed("spotify", "liked"))
    assert seeds == [by_isrc.pk, by_words.pk, plain.pk]
    assert library_tracks(home.account.user, Borrowed("spotify", "top")) == []


def test_local_files_and_what_spotify_has_lost_are_passed_over(home):
    songs = [home.add("Rain")]
    held = home.add_list("Mixed", songs)
    held.uris.insert(0, "spotify:local:Ada::Demo:200")

    home.bring_in(Kind.LISTS)

    assert home.songs() == ["Rain"]
    ((pk, title),) = library_lists(home.account.user, "spotify")
    assert title == "Mixed"
    assert library_tracks(home.account.user, Borrowed("spotify", "lists", pk)) == []


def test_asking_again_brings_what_is_new_and_lets_go_of_what_is_gone(home):
    songs = home.like(3)
    home.bring_in(Kind.LIKED)
    end = home.part().expires_at
    home.person.library.remove(songs[0].uri)
    home.like(1, start=7)
    home.agree(Kind.LIKED)
    # What was there stays until all of it is in again.
    assert home.songs() == ["Song 0", "Song 1", "Song 2"]

    home.work()

    assert home.songs() == ["Song 1", "Song 2", "Song 7"]
    assert home.part().expires_at > end


def test_a_playlist_that_goes_meanwhile_is_no_trouble(home):
    songs = [home.add("Rain"), home.add("Sun")]
    home.add_list("Stays", songs)
    going = home.add_list("Goes", songs)
    calls = []

    def look(number, when):
        calls.append(number)
        if home.spotify.calls[-1].endswith("/items"):
            home.world.playlists.pop(going.id, None)
        return False

    home.spotify.faults.look = look
    home.bring_in(Kind.LISTS)

    assert standing(home, Kind.LISTS) == (Status.DONE, "")
    assert home.songs(holder__title="Stays") == ["Rain", "Sun"]


@pytest.mark.parametrize(
    ("fault", "status", "reason"),
    [
        (Fault("429", retry_after_s=1800), Status.WAITING, Reason.BUSY),
        (Fault("quota"), Status.WAITING, Reason.QUOTA),
        (Fault("503"), Status.WAITING, Reason.DOWN),
        (Fault("not json"), Status.WAITING, Reason.DOWN),
        (Fault("403"), Status.FAILED, Reason.NOT_ALLOWED),
    ],
    ids=lambda value: getattr(value, "kind", ""),
)
def test_what_is_amiss_is_noted_and_tried_when_the_service_says(
    home, fault, status, reason
):
    home.like(3)
    home.spotify.faults.always = fault
    home.bring_in(Kind.LIKED)
    part = home.part()
    assert (part.status, part.reason) == (status, reason)
    if fault.kind == "429":
        waits_s = (part.due_at - part.agreed_at).total_seconds()
        assert waits_s >= 1800
        # Asking again doesn't make it less busy.
        home.agree(Kind.LIKED)
        assert home.part().due_at == part.due_at
        assert libraries_sweep() == 0
    home.spotify.faults.forget()

    home.agree(Kind.LIKED)
    home.work()

    assert standing(home) == (Status.DONE, "")
    assert len(home.songs()) == 3


def test_a_connection_that_is_lost_waits_for_the_listener_and_goes_on_by_itself(
    home, client
):
    from tests.spotify.browsing import connect

    home.like(3)
    home.world.withdraw(home.person)
    home.bring_in(Kind.LIKED)
    assert standing(home) == (Status.FAILED, Reason.RECONNECT)

    client.force_login(home.account.user)
    connect(client)
    home.work()

    assert standing(home) == (Status.DONE, "")


def test_what_spotify_must_ask_is_asked_there_and_kept_at_the_next_time(home, client):
    from tests.spotify.browsing import come_back

    home.account.scopes = SCOPES
    home.account.save(update_fields=["scopes"])
    home.person.top = [song.uri for song in home.like(2)]
    home.spotify.faults.forget()
    home.bring_in(Kind.TOP)
    assert standing(home, Kind.TOP) == (Status.FAILED, Reason.UNASKED)
    assert home.spotify.calls == []

    client.force_login(home.account.user)
    asked = [
        go(client, also="user-top-read user-read-email"),  # the latter it never asks
        go(client),
    ]
    come_back(client, asked[0])
    asked.append(go(client))
    home.work()

    assert ["user-top-read" in address for address in asked] == [True, False, True]
    assert "user-read-email" not in asked[0]
    assert standing(home, Kind.TOP) == (Status.DONE, "")


def go(client, **form):
    headers = {"host": "127.0.0.1"}
    return client.post("/account/login/spotify/", form, headers=headers).url


def test_others_have_nothing_of_it(home, connected):
    from tests.factories import make_user

    track = make_track(isrc="USAAA2600001", duration_ms=200_000)
    home.person.library.append(home.add("Rain", isrc="USAAA2600001").uri)
    home.add_list("Mine", [home.add("Sun")])
    home.bring_in(Kind.LIKED, Kind.LISTS)
    bob = make_user("bob")
    liked = Borrowed("spotify", "liked")

    assert library_tracks(home.account.user, liked) == [track.pk]
    assert library_tracks(bob, liked) == []
    assert library_lists(bob, "spotify") == []
    library_withdraw(connected(bob, "otis"), "liked")
    assert len(home.songs()) == 2


def test_a_library_follows_tracks_that_become_one(home):
    from catalog.merging.tracks import tracks_merge

    one = make_track(isrc="USAAA2600001", duration_ms=200_000)
    other = make_track("Better known", duration_ms=200_000)
    home.person.library.append(home.add("Rain", isrc="USAAA2600001").uri)
    home.bring_in(Kind.LIKED)

    tracks_merge(keep=other, others=[one])

    seeds = library_tracks(home.account.user, Borrowed("spotify", "liked"))
    assert seeds == [other.pk]
