"""A library at Spotify is agreed to kind by kind, gone by in a talk, and deleted."""

import pytest
from playwright.sync_api import expect

from catalog.models import Track
from playlists.models import LibraryTrack
from tests.site import Site

pytestmark = pytest.mark.browser


@pytest.fixture
def nina(spotify):
    return spotify.world.add_listener("nina")


def likes(spotify, person, genre, count=6):
    """Let somebody have heard these songs of the catalog, and one that it hasn't."""
    uris = [spotify.world.add_song(f"{genre} Elsewhere", "Zorblatt").uri]
    for n in range(1, count + 1):
        isrc = f"ZZ{genre[:3].upper()}26{n:05}"
        Track.objects.filter(title=f"{genre} Piece {n}").update(isrc=isrc)
        uris.append(spotify.world.add_song(f"Zephyrine {n}", "Zorblatt", isrc=isrc).uri)
    person += uris


def test_a_library_is_agreed_to_gone_by_and_deleted(
    listener, page, spotify, nina, site: Site, assert_accessible
):
    site.start_worker()
    likes(spotify, nina.library, "Jazz")
    likes(spotify, nina.top, "Metal")
    listener.sign_up()
    listener.open("/account/services/")
    page.get_by_role("button", name="Connect Spotify").click()
    page.get_by_role("link", name="Your music at Spotify").click()
    assert_accessible("a library, nothing agreed to")
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)

    page.get_by_label("Liked songs").check()
    page.get_by_label("Top songs").check()
    page.get_by_role("button", name="Bring in what is ticked").click()
    # The page itself looks how far it is.
    found = page.get_by_text("7 songs at Spotify; in the catalog here: 6.")
    expect(found).to_have_count(1, timeout=60_000)
    page.get_by_role("button", name="Agree at Spotify").click()
    expect(found).to_have_count(2, timeout=60_000)
    page.get_by_text("Not in the catalog here").first.click()
    expect(page.get_by_role("link", name="Jazz Elsewhere · Zorblatt")).to_be_visible()
    assert_accessible("a library, two kinds in")
    page.set_viewport_size({"width": 390, "height": 844})
    assert_accessible("a library on a phone")
    page.set_viewport_size({"width": 1440, "height": 900})

    listener.open("/")
    listener.wait_online()
    listener.say("8 songs like my liked songs")
    titles = listener.playlist()
    assert len(titles) == 8
    assert sum(title.startswith("Jazz") for title in titles) >= 5
    assert {f"Jazz Piece {n}" for n in range(1, 7)}.isdisjoint(titles)
    chip = page.locator(".chips__label", has_text="near your liked songs at Spotify")
    expect(chip).to_be_visible()

    listener.open("/library/spotify/")
    page.get_by_role("button", name="Delete it here").first.click()
    expect(page.get_by_text("That is deleted here.")).to_be_visible()
    expect(page.get_by_label("Liked songs")).not_to_be_checked()
    assert set(LibraryTrack.objects.values_list("holder__part__kind", flat=True)) == {
        "top"
    }
