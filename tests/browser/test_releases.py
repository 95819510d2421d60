"""From the admin to the public page: a release is made, shown, and read."""

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.test import override_settings
from playwright.sync_api import expect

from accounts.models import User
from feedback.donation.keys import donation_keys
from feedback.models import Release
from tests.browser.conftest import PASSWORD, Listener
from tests.factories import make_track
from tests.feedback.giving import make_record

pytestmark = pytest.mark.browser


@pytest.fixture
def releaser(page, site):
    """Return a superuser who has signed in; fails when the browser has complained."""
    user = User(username="root", is_staff=True, is_superuser=True)
    # The site hashes as it does for everyone; this process has a quicker way.
    user.password = make_password(PASSWORD, hasher=PBKDF2PasswordHasher())
    user.save()
    releaser = Listener(page, site.url)
    releaser.open("/admin/")
    page.get_by_label("User name").fill("root")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name="Releases", exact=True)).to_be_visible()
    yield releaser
    assert releaser.problems == []


def key_of(site):
    """Return the id of the key under which the site keeps pseudonyms."""
    secret = (site.home / "secret_key").read_text().strip()
    with override_settings(SECRET_KEY=secret):
        return donation_keys()[0].id


def test_a_release_is_made_shown_and_read_by_anybody(
    releaser, page, site, tmp_path, assert_accessible
):
    song = make_track("Blue Hour", artist="Ada Lane")
    # The site's key, which says who is in which part, isn't this process's.
    key = key_of(site)
    for n in range(60):
        make_record(f"person {n}", "calm jazz", [song], key_id=key)

    # Asked for in the admin, made by a worker, told of by the page itself.
    releaser.open("/admin/feedback/release/add/")
    assert_accessible("make a release")
    page.get_by_role("button", name="Make it").click()
    expect(page.locator(".messagelist .success")).to_contain_text("is being made")
    expect(page.locator("[data-run]")).to_contain_text("waits for a worker")
    worker = site.start_worker()
    expect(page.locator(".field-state")).to_have_text("made", timeout=60_000)
    site.stop(worker)
    assert_accessible("releases")
    page.get_by_role("link", name="release 1", exact=True).click()
    expect(page.locator(".field-counts")).to_contain_text("of 60 approved records")

    # Shown to the public, who need no account.
    releaser.open("/admin/feedback/release/")
    page.locator("#action-toggle").check()
    page.get_by_label("Action:").select_option(label="Show the selected to the public")
    page.get_by_role("button", name="Go").click()
    expect(page.locator(".messagelist .success")).to_contain_text("shown to the public")
    page.context.clear_cookies()
    releaser.open("/data/")
    assert_accessible("open data")
    page.get_by_role("link", name="Release 1").click()
    expect(page.get_by_role("heading", name="What is promised")).to_be_visible()
    assert_accessible("a published release")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download all of it").click()
    archive = tmp_path / "release.zip"
    download.value.save_as(archive)
    (held,) = [f for f in Release.objects.get().files if f["path"].endswith(".zip")]
    assert archive.stat().st_size == held["size_bytes"]
