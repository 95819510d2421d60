"""The page on which a playlist is saved, and what it says of each state."""

import pytest
from django.test import Client

from playlists.models import FoundTrack, SavedPlaylist
from playlists.saving.asking import save_ask
from tests.factories import make_user
from tests.spotify import Fault

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_redis")]

Status = SavedPlaylist.Status


@pytest.fixture
def saving(client, home):
    """Return ada's page as text, whenever it is asked for."""
    client.force_login(home.account.user)
    address = f"/p/{home.playlist.uuid}/save/"

    def shown():
        return " ".join(client.get(address).content.decode().split())

    shown.address = address
    return shown


def press(client, saving, **form):
    return client.post(saving.address, {"service": "spotify", **form})


def test_a_playlist_is_saved_updated_published_and_taken_away_by_buttons(
    client, saving, home
):
    assert "Save to Spotify" in saving()
    answer = press(client, saving)
    assert answer.url == saving.address
    assert "It is being saved at Spotify." in saving()
    assert "data-pending" in saving()

    home.work()
    assert home.titles() == ["One", "Two", "Three"]
    assert "It is at Spotify, as it was when you saved it." in saving()
    assert f'href="https://open.spotify.com/playlist/{home.lists[0].id}"' in saving()
    assert "data-pending" not in saving()
    home.rename("Sun")
    assert "The list has changed here since." in saving()

    press(client, saving, public="on")
    home.work()
    assert (home.lists[0].name, home.lists[0].is_public) == ("Sun", True)
    press(client, saving, remove="1")
    assert "It is being taken away from Spotify." in saving()
    home.work()
    assert home.lists == []
    assert "Save to Spotify" in saving()


def test_what_never_came_to_be_there_can_be_taken_back(client, saving, home):
    assert "Take it away from Spotify" not in saving()
    home.server.faults.always = Fault("503")
    press(client, saving)
    home.work()
    assert "Take it away from Spotify" in saving()
    home.server.faults.forget()

    press(client, saving, remove="1")
    home.work(times=2)

    assert not SavedPlaylist.objects.exists()
    assert home.lists == []
    assert "Save to Spotify" in saving()


def test_songs_that_spotify_lacks_are_listed_with_near_ones_to_take(
    client, saving, home
):
    live = home.world.add_song("Rare (Live)")
    rare = home.add("Rare", is_there=False)
    home.add("Nowhere", is_there=False)
    press(client, saving)
    home.work()

    assert "Not at Spotify" in saving()
    assert "Rare (Live) · Nina" in saving()
    assert "Nothing near it either." in saving()
    form = {"service": "spotify", "track": str(rare.uuid), "ref": live.uri}
    wrong = client.post(f"{saving.address}choose/", {**form, "ref": "spotify:track:x"})
    broken = client.post(f"{saving.address}choose/", {**form, "track": "x"})
    client.post(f"{saving.address}choose/", form)
    home.work()

    assert (wrong.status_code, broken.status_code) == (404, 400)
    assert home.titles() == ["One", "Two", "Three", "Rare (Live)"]
    assert "Rare (Live) · Nina" not in saving()


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (Fault("429"), "Spotify is busy. It goes on by itself in a while."),
        (Fault("quota"), "This site has used up what Spotify lets it ask for now."),
        (Fault("503"), "Spotify doesn&#x27;t answer. It goes on by itself in a while."),
        (Fault("403"), "Spotify doesn&#x27;t allow it"),
    ],
)
def test_what_is_amiss_is_said_in_a_sentence(client, saving, home, fault, told):
    press(client, saving)
    home.server.faults.always = fault
    home.work()

    assert told in saving()


def test_a_connection_that_is_lost_asks_for_another(client, saving, home):
    home.world.withdraw(home.person)
    press(client, saving)
    home.work()

    assert "Connect again" in saving()
    assert f'name="next" value="{saving.address}"' in saving()


def test_others_see_and_save_nothing_of_it(saving, home):
    save = save_ask(home.playlist, home.account)
    bob = Client()
    bob.force_login(make_user("bob"))

    assert bob.get(saving.address).status_code == 404
    assert bob.post(saving.address, {"service": "spotify"}).status_code == 404
    assert bob.post(f"{saving.address}choose/", {}).status_code == 404
    assert list(SavedPlaylist.objects.all()) == [save]


def test_without_a_connection_the_page_offers_one(client, saving, home):
    home.account.delete()

    assert "Connect Spotify" in saving()
    assert press(client, saving).status_code == 404
    assert not SavedPlaylist.objects.exists()


def test_without_an_app_at_spotify_it_says_who_may_change_that(
    client, saving, home, settings
):
    settings.SPOTIFY_CLIENT_ID = ""

    assert "docs/spotify.md" in saving()
    assert FoundTrack.objects.count() == 0


def test_listenbrainz_is_saved_to_by_the_same_buttons_after_a_token(client, home_there):
    home, nina = home_there, home_there.person
    home.account.delete()
    client.force_login(home.playlist.owner)
    address = f"/p/{home.playlist.uuid}/save/"

    def shown():
        return " ".join(client.get(address).content.decode().split())

    assert "Connect ListenBrainz" in shown()
    form = {"token": nina.token, "next": address}
    connected = client.post("/account/services/listenbrainz/connect/", form)
    assert connected.url == address
    assert "ListenBrainz is connected." in shown()
    live = home.world.add_song("Rare (Live)")
    home.add("Rare", is_there=False)
    client.post(address, {"service": "listenbrainz", "public": "on"})
    assert "It is being saved at ListenBrainz." in shown()
    home.work()

    (held,) = home.lists
    assert (held.is_public, home.titles()) == (True, ["One", "Two", "Three"])
    assert f'href="https://listenbrainz.org/playlist/{held.id}/"' in shown()
    assert "Not at ListenBrainz" in shown()
    assert f'href="https://musicbrainz.org/recording/{live.id}"' in shown()
    home.server.faults.always = Fault("403")
    home.rename("Sun")
    client.post(address, {"service": "listenbrainz"})
    home.work()
    assert "ListenBrainz doesn&#x27;t allow it to your account." in shown()
    home.server.faults.forget()
    home.world.withdraw(nina)
    client.post(address, {"service": "listenbrainz"})
    home.work()
    assert "Give the new one, and everything goes on." in shown()
