"""A service is connected, a playlist saved there, brought up to date by a word, and let go."""

import re

import pytest
from playwright.sync_api import expect

from catalog.models import Track
from tests.site import Site
from tests.waiting import until

pytestmark = pytest.mark.browser


@pytest.fixture
def nina(spotify):
    return spotify.world.add_listener("nina")


def is_there(world, titles):
    """Let a service have these songs of the catalog."""
    for track in Track.objects.filter(title__in=titles).prefetch_related("artists"):
        artist = track.artists.all()[0].name
        world.add_song(track.title, artist, duration_ms=track.duration_ms)


def test_a_playlist_goes_to_spotify_and_the_page_tells_how_far_it_is(
    listener, page, spotify, nina, site: Site, assert_accessible
):
    site.start_worker()
    listener.sign_up()
    listener.open("/account/services/")
    assert_accessible("services, none connected")
    page.get_by_role("button", name="Connect Spotify").click()
    expect(page.get_by_text("Connected as nina")).to_be_visible()
    assert_accessible("services, one connected")

    listener.open("/")
    listener.wait_online()
    listener.say("6 jazz songs")
    titles = listener.playlist()
    is_there(spotify.world, titles[:5])
    spotify.world.add_song(f"{titles[5]} (Live)", "Jazz One", duration_ms=240_000)
    page.get_by_role("link", name="Save the playlist at a music service").click()
    page.get_by_role("button", name="Save to Spotify").click()
    # The page itself looks how far it is.
    expect(page.get_by_text("It is at Spotify")).to_be_visible(timeout=60_000)
    (held,) = spotify.world.lists_of(nina)
    assert [spotify.world.songs[uri.split(":")[2]].name for uri in held.uris] == (
        titles[:5]
    )
    expect(page.get_by_role("heading", name="Not at Spotify")).to_be_visible()
    assert_accessible("a saved playlist, a song missing")
    page.set_viewport_size({"width": 390, "height": 844})
    assert_accessible("a saved playlist on a phone")
    page.set_viewport_size({"width": 1440, "height": 900})

    page.get_by_role("link", name="Back to the conversation").click()
    listener.wait_online()
    listener.say("remove the first song and put it on spotify")
    notices = page.locator("#notices")
    expect(notices).to_contain_text("The playlist is at Spotify.", timeout=60_000)
    expect(notices.get_by_role("link", name="Open")).to_have_attribute(
        "href", re.compile(re.escape(held.id))
    )
    assert len(held.uris) == 4
    assert_accessible("a notice of a saved playlist")

    listener.open("/account/services/")
    page.get_by_role("link", name="Disconnect").click()
    assert_accessible("the question before disconnecting")
    page.get_by_role("button", name="Disconnect").click()
    expect(page.get_by_role("button", name="Connect Spotify")).to_be_visible()


def test_somebody_new_signs_in_with_spotify(listener, page, spotify, nina):
    listener.open("/account/sign-in/")
    page.get_by_role("button", name="Continue with Spotify").click()
    listener.wait_online()
    expect(page.locator(".side__name")).to_have_text(re.compile("^listener-"))


def test_listenbrainz_takes_playlists_and_the_likes_of_whoever_says_so(
    listener, page, listenbrainz, site: Site, assert_accessible
):
    nina = listenbrainz.world.add_listener("nina")
    site.start_worker()
    Track.objects.update(youtube_id="dQw4w9WgXcQ", deezer_id="3135556")
    listener.sign_up()
    listener.say("4 jazz songs")
    titles = listener.playlist()
    is_there(listenbrainz.world, titles[:3])
    listener.open("/account/services/")
    page.get_by_label("User token").fill(nina.token)
    assert_accessible("services, with a token to give")
    page.get_by_role("button", name="Connect ListenBrainz").click()
    expect(page.get_by_text("Connected as nina")).to_be_visible()
    page.get_by_role("link", name="Your likes there").click()
    assert_accessible("likes, off")
    page.get_by_role("button", name="Send my likes").click()
    expect(page.get_by_role("heading", name="It is on")).to_be_visible()

    listener.open("/")
    listener.wait_online()
    listener.say("save it to listenbrainz")
    notices = page.locator("#notices")
    expect(notices).to_contain_text("The playlist is at ListenBrainz.", timeout=60_000)
    (held,) = listenbrainz.world.lists_of(nina)
    assert [listenbrainz.world.songs[mbid].name for mbid in held.uris] == titles[:3]
    row = listener.rows.first
    row.get_by_role("button", name="Like", exact=True).click()
    row.get_by_role("button", name="More actions").click()
    song = page.locator(".song").first
    song.get_by_text("Why?").click()
    for element in (row, song):
        link = element.get_by_role("link", name="Open in YouTube")
        expect(link).to_have_attribute("href", re.compile("v=dQw4w9WgXcQ$"))
        expect(element.get_by_role("link", name="Open in Deezer")).to_be_visible()
    assert_accessible("a song's links")
    until(lambda: listenbrainz.world.feedback, "the like never arrives")
    assert listenbrainz.world.feedback == {("nina", held.uris[0]): 1}

    listener.open("/account/services/listenbrainz/reactions/")
    expect(page.get_by_text("1 song is as you said")).to_be_visible()
    assert_accessible("likes, on")
    page.get_by_role("button", name="Stop, and take back").click()
    until(lambda: not listenbrainz.world.feedback, "the like is never taken back")
