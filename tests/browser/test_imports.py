"""A list comes in, its doubtful song is settled, and it leaves again as a file."""

import pytest
from playwright.sync_api import expect

from catalog.models import Track
from catalog.names import name_key
from catalog.versions import song_key
from playlists.files.formats import FORMATS, read_file
from playlists.models import Playlist

pytestmark = pytest.mark.browser

LINES = """1. Jazz One - Jazz Piece 1
2. Soul Too - Soul Piece 2
3. Nobody Known - Some Song (3:20)
4. Pop One - Pop Piece 1
"""


@pytest.fixture
def keyed(catalog):
    """Give the songs the keys by which words find them, as imports do."""
    tracks = list(Track.objects.prefetch_related("artists"))
    for track in tracks:
        track.song_key = song_key(track.title, [name_key(track.artists.all()[0].name)])
    Track.objects.bulk_update(tracks, ["song_key"])


def test_a_list_comes_in_and_leaves_again(
    listener, page, keyed, assert_accessible, tmp_path
):
    listener.sign_up()
    listener.open("/playlists/")
    page.get_by_role("link", name="Import a list").click()
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose a file")
    assert_accessible("the form for a list, with an error")

    page.get_by_label("Or paste it here").fill(LINES)
    page.get_by_label("Title").fill("From a friend")
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_text("2 of 4 songs of the file are here.")).to_be_visible()
    doubtful = page.get_by_role("group", name="Soul Piece 2 · Soul Too")
    expect(doubtful.get_by_role("radio")).to_have_count(2)
    expect(page.get_by_text("Some Song")).to_be_visible()
    assert_accessible("the review of a list")
    page.set_viewport_size({"width": 390, "height": 844})
    assert_accessible("the review of a list on a phone")
    page.set_viewport_size({"width": 1440, "height": 900})

    doubtful.get_by_role("radio", name="Soul Piece 2").press("Space")
    page.get_by_role("button", name="Take what I chose").press("Enter")
    expect(page.get_by_text("1 song came into the playlist.")).to_be_visible()
    titles = ["Jazz Piece 1", "Soul Piece 2", "Pop Piece 1"]
    playlist = Playlist.objects.select_related("current").latest("pk")
    held = Track.objects.in_bulk(playlist.current.track_ids)
    assert [held[pk].title for pk in playlist.current.track_ids] == titles

    with page.expect_download() as download:
        page.get_by_role("link", name="XSPF").click()
    missing = read_file(download.value.path().read_bytes())
    assert [entry.title for entry in missing.entries] == ["Some Song"]

    # It can be talked about like any other.
    page.get_by_role("button", name="Open the playlist").click()
    listener.wait_online()
    assert listener.playlist() == titles
    listener.say("add a soul song")
    assert len(listener.playlist()) == 4
    page.get_by_role("button", name="Undo the last change").click()
    expect(listener.rows).to_have_count(3)
    page.get_by_role("link", name="History of the playlist").click()
    expect(page.get_by_label("Download version 3")).to_be_visible()
    listener.open("/playlists/")
    menu = page.get_by_label("Download From a friend")
    menu.press("Enter")
    assert_accessible("the menu of files")
    menu.press("Escape")
    expect(page.get_by_role("link", name="M3U8")).to_be_hidden()
    for form in FORMATS.values():
        menu.press("Enter")
        with page.expect_download() as download:
            page.get_by_role("link", name=form.NAME).click()
        assert download.value.suggested_filename == f"From a friend.{form.SUFFIX}"
        listing = read_file(download.value.path().read_bytes())
        assert [entry.title for entry in listing.entries] == titles

    # What left comes back, as the same songs.
    path = tmp_path / "back.csv"
    path.write_bytes(download.value.path().read_bytes())
    listener.open("/playlists/import/")
    page.get_by_label("A file").set_input_files(path)
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_text("3 of 3 songs of the file are here.")).to_be_visible()
