"""The whole account page: a name, browsers, the data as a file, and the end of it all."""

import json
import zipfile

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PASSWORD
from tests.site import Site

pytestmark = pytest.mark.browser


def assert_nothing_sticks_out(page, what):
    over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert over <= 0, f"{what}: {over} px too wide"


def test_an_account_is_looked_through_taken_along_and_deleted(
    listener, page, phone, site: Site, assert_accessible, check_accessible, tmp_path
):
    site.start_worker()
    listener.sign_up()
    listener.say("6 jazz songs")
    page.locator(".side__account summary").click()
    page.get_by_role("link", name="Your account").click()
    assert_accessible("the account")

    # Another name, which everything follows.
    page.get_by_role("link", name="Change your user name").click()
    page.get_by_label("User name").fill("ada-two")
    assert_accessible("another name")
    page.get_by_role("button", name="Change").click()
    expect(page.locator(".own")).to_contain_text("ada-two")

    # A phone signs in, is seen from here, and is signed out while its page is open.
    phone.open("/account/sign-in/")
    phone.page.get_by_label("User name").fill("ada-two")
    phone.page.get_by_label("Password", exact=True).fill(PASSWORD)
    phone.page.get_by_role("button", name="Sign in").click()
    phone.wait_online()
    page.reload()
    expect(page.locator(".own")).to_contain_text("2 browsers")
    page.get_by_role("link", name="See where").click()
    expect(page.locator(".keys__item")).to_have_count(2)
    assert_accessible("browsers")
    page.get_by_role("main").get_by_role("button", name="Sign out", exact=True).click()
    expect(page.locator(".keys__item")).to_have_count(1)
    expect(phone.page.locator("#composer[data-link=refused]")).to_be_visible()

    # On a phone, from here on.
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("link", name="Back to your account").click()
    assert_nothing_sticks_out(page, "the account")
    assert_accessible("the account on a phone")
    page.get_by_role("link", name="Download my data").click()
    page.get_by_role("button", name="Put my data together").click()
    # The page itself looks how far it is.
    expect(page.get_by_role("link", name="Download", exact=True)).to_be_visible(
        timeout=60_000
    )
    assert_nothing_sticks_out(page, "the data")
    assert_accessible("the data")
    with page.expect_download() as got:
        page.get_by_role("link", name="Download", exact=True).click()
    got.value.save_as(tmp_path / "data.zip")
    with zipfile.ZipFile(tmp_path / "data.zip") as archive:
        (said,) = json.loads(archive.read("chat_message.json"))
        assert said["text"] == "6 jazz songs"
        assert len(json.loads(archive.read("songs.json"))) == 6

    page.get_by_role("link", name="Back to your account").click()
    page.get_by_role("link", name="Delete my account").click()
    assert_nothing_sticks_out(page, "the question")
    assert_accessible("the question")
    page.get_by_role("textbox", name="Current password").fill(PASSWORD)
    page.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_text("Your account is deleted")).to_be_visible()
    assert not list((site.home / "exports").iterdir())
    assert_accessible("the farewell")
