"""The page on which a listener agrees to what is read, kind by kind, and takes it back."""

import pytest
from django.test import Client

from accounts.spotify.backend import SCOPES
from feedback.refusing import never_again_set
from playlists.library.models import LibraryPart, LibraryTrack
from playlists.library.seeds import Borrowed, library_tracks
from tests.factories import make_track, make_user
from tests.spotify import Fault

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_redis")]

PAGE = "/library/spotify/"
Kind = LibraryPart.Kind


@pytest.fixture
def shown(client, home):
    """Return ada's page as text, whenever it is asked for."""
    client.force_login(home.account.user)

    def text():
        return " ".join(client.get(PAGE).content.decode().split())

    return text


def test_nothing_is_ticked_and_what_is_agreed_to_is_said(shown):
    page = shown()

    assert page.count('type="checkbox"') == len(Kind)
    assert "checked" not in page
    assert "Nothing is read before you tick it." in page
    assert "It goes to no language model and to nothing that learns" in page
    assert "It is deleted after 30 days, and at once when you say so" in page
    assert not LibraryPart.objects.exists()


def test_a_kind_is_brought_in_shown_and_deleted_by_buttons(client, shown, home):
    make_track(isrc="USAAA2600001", duration_ms=200_000)
    home.person.library.append(home.add("Rain", isrc="USAAA2600001").uri)
    sun = home.add("Sun <b>")
    home.person.library.append(sun.uri)

    answer = client.post(PAGE, {"kind": ["liked"]})
    assert answer.url == PAGE
    assert "It is being brought in from Spotify." in shown()
    assert 'id="library" data-pending' in shown()
    home.work()

    page = shown()
    assert "data-pending" not in page
    assert "2 songs at Spotify; in the catalog here: 1." in page
    assert "something like my liked songs" in page
    # What isn't here leads back to where it came from.
    assert f'<a href="https://open.spotify.com/track/{sun.id}"' in page
    assert "Sun &lt;b&gt; · Nina" in page
    assert "deleted on" in page
    assert page.count('type="checkbox"') == len(Kind) - 1
    client.post(PAGE, {"kind": "liked", "withdraw": "1"})
    assert not LibraryTrack.objects.exists()
    assert shown().count('type="checkbox"') == len(Kind)


def test_a_kind_without_songs_says_so(client, shown, home):
    client.post(PAGE, {"kind": ["top"]})
    home.work()

    assert "There is nothing of it there." in shown()


def test_what_spotify_must_ask_has_its_button(client, shown, home):
    home.account.scopes = SCOPES
    home.account.save(update_fields=["scopes"])
    client.post(PAGE, {"kind": ["top", "recent", "liked"]})
    home.work()

    page = shown()
    assert 'name="also" value="user-top-read user-read-recently-played"' in page
    assert "Agree at Spotify" in page
    assert "Spotify has to ask you about this as well." in page


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (Fault("429"), "Spotify is busy. It goes on by itself in a while."),
        (Fault("quota"), "This site has used up what Spotify lets it ask for now."),
        (Fault("503"), "Spotify doesn&#x27;t answer. It goes on by itself in a while."),
        (Fault("403"), "Spotify doesn&#x27;t allow it"),
    ],
)
def test_what_is_amiss_is_said_in_a_sentence(client, shown, home, fault, told):
    client.post(PAGE, {"kind": ["liked"]})
    home.spotify.faults.always = fault
    home.work()

    assert told in shown()


def test_a_connection_that_is_lost_asks_for_another(client, shown, home):
    home.like(1)
    home.world.withdraw(home.person)
    client.post(PAGE, {"kind": ["liked"]})
    home.work()

    assert "Connect again" in shown()


def test_strangers_and_who_has_no_spotify_see_none_of_it(home):
    bob = Client()
    assert bob.get(PAGE).status_code == 302
    bob.force_login(make_user("bob"))

    assert bob.get(PAGE).status_code == 404
    assert bob.post(PAGE, {"kind": "liked"}).status_code == 404
    assert not LibraryPart.objects.exists()


def test_a_kind_that_is_none_is_refused(client, shown, home):
    assert client.post(PAGE, {"kind": "genes"}).status_code == 400


def test_the_page_of_services_leads_there(client, shown, home):
    page = client.get("/account/services/").content.decode()

    assert f'href="{PAGE}"' in page
    assert "reads nothing of what you listen to unless you agree to that" in page


def test_what_is_ruled_out_is_gone_by_no_more_and_told(client, shown, home):
    track = make_track(isrc="USAAA2600001", duration_ms=200_000)
    home.person.library.append(home.add("Rain", isrc="USAAA2600001").uri)
    home.person.library.append(home.add("Sun").uri)
    home.bring_in(Kind.LIKED)
    user = home.account.user
    assert library_tracks(user, Borrowed("spotify")) == [track.pk]

    never_again_set(user=user, track=track)

    assert library_tracks(user, Borrowed("spotify")) == []
    page = shown()
    assert "2 songs at Spotify; in the catalog here: 0." in page
    assert "1 song left out: you ruled it out" in page
    assert "Rain · Nina" in page
