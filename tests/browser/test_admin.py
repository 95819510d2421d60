"""A curator at the admin: finds a song, hears it, and makes one of two."""

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from playwright.sync_api import expect

from accounts.models import User
from catalog.models import IngestItem, IngestRun, Track
from tests.browser.conftest import PASSWORD, Listener

pytestmark = pytest.mark.browser


@pytest.fixture
def curator(page, catalog):
    """Return a superuser who has signed in; fails when the browser has complained."""
    user = User(username="root", is_staff=True, is_superuser=True)
    # The site hashes as it does for everyone; this process has a quicker way.
    user.password = make_password(PASSWORD, hasher=PBKDF2PasswordHasher())
    user.save()
    page.set_viewport_size({"width": 1280, "height": 900})
    curator = Listener(page, catalog.url)
    curator.open("/admin/")
    page.get_by_label("User name").fill("root")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name="Tracks", exact=True)).to_be_visible()
    yield curator
    assert curator.problems == []


def search(page, words):
    page.locator("#searchbar").fill(words)
    page.keyboard.press("Enter")
    page.wait_for_url("**q=**")


def test_two_songs_that_are_one_are_found_heard_and_merged(
    curator, page, assert_accessible
):
    keep, other = Track.objects.filter(title__in=("Jazz Piece 1", "Jazz Piece 4"))
    Track.objects.filter(pk__in=(keep.pk, other.pk)).update(
        title="Blue Hour", key="blue hour"
    )

    # Find one, and hear it.
    curator.open("/admin/catalog/track/")
    search(page, "jazz blue hour")
    expect(page.locator("#result_list tbody tr")).to_have_count(2)
    page.get_by_role("link", name="Blue Hour").first.click()
    page.wait_for_url("**/change/**")
    expect(page.get_by_role("region", name="Sound").locator("img")).to_be_visible()
    page.locator(".track-sound audio").evaluate("audio => audio.play()")
    page.wait_for_function(
        "() => document.querySelector('.track-sound audio').currentTime > 0.3"
    )

    # Back to the two, and make them one.
    page.go_back()
    page.locator("#action-toggle").check()
    page.get_by_label("Action:").select_option(
        label="Merge the selected tracks into one"
    )
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_role("heading", name="Merge 2 tracks into one")).to_be_visible()
    assert_accessible("merge")
    page.locator(f'input[name=keep][value="{keep.pk}"]').check()
    page.get_by_role("button", name="Merge").click()

    expect(page.locator(".messagelist .success")).to_contain_text(f"(#{other.pk})")
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    assert not Track.objects.filter(pk=other.pk).exists()
    assert keep.sources.count() == 2


def test_a_running_import_shows_its_progress_by_itself(curator, page):
    run = IngestRun.objects.create(kind="folder", root="/music")
    items = [
        IngestItem.objects.create(run=run, position=n, source_key=f"/music/{n}.ogg")
        for n in range(2)
    ]
    curator.open("/admin/catalog/ingestrun/")
    expect(page.get_by_text("0 of 2")).to_be_visible()

    IngestItem.objects.filter(pk=items[0].pk).update(status="done")
    expect(page.get_by_text("1 of 2, 1 taken in")).to_be_visible()
    expect(page.locator(".run-progress progress")).to_have_js_property("value", 1)

    # Its end loads the page anew: the status is another, and the actions too.
    IngestItem.objects.filter(pk=items[1].pk).update(status="refused", reason="Empty.")
    IngestRun.objects.filter(pk=run.pk).update(status="done")
    expect(page.get_by_role("cell", name="Done", exact=True)).to_be_visible()
    page.get_by_role("link", name="1 refused").click()
    expect(page.get_by_role("cell", name="Empty.")).to_be_visible()
