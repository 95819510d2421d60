"""A curator at the review desk, with nothing but a keyboard."""

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from playwright.sync_api import expect

from accounts.models import User
from feedback.models import CurationEntry, DonatedRecord
from tests.browser.conftest import PASSWORD, Listener
from tests.factories import make_record
from tests.feedback.curation.conftest import jazz_asked_metal_approved, make_member

pytestmark = pytest.mark.browser

LIST = "/admin/feedback/donatedrecord/"


@pytest.fixture
def curator(page, site):
    """Return a curator who has signed in; fails when the browser has complained."""
    make_member("cara")
    # The site hashes as it does for everyone; this process has a quicker way.
    User.objects.update(password=make_password(PASSWORD, hasher=PBKDF2PasswordHasher()))
    page.set_viewport_size({"width": 1440, "height": 900})
    curator = Listener(page, site.url)
    curator.open("/admin/")
    page.get_by_label("User name").fill("cara")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name="Donated records")).to_be_visible()
    yield curator
    assert curator.problems == []


def test_a_queue_is_worked_through_by_keys(curator, page, assert_accessible):
    odd = jazz_asked_metal_approved()
    DonatedRecord.objects.filter(pk=odd.pk).update(doubt=0.8, doubts=["against"])
    private = make_record("for my friend Otto", doubt=0.5)
    fine, spam = make_record("slow piano"), make_record("buy now [url] [url]")

    def press(key):
        # What the script shows tells that it is there.
        expect(page.locator("[data-desk-keys]")).to_be_visible()
        page.keyboard.press(key)

    # The list: two rows are walked to, and the second is opened.
    curator.open(LIST)
    expect(page.locator("#result_list tbody tr")).to_have_count(4)
    assert_accessible("records")
    press("j")
    press("j")
    press("Enter")
    expect(page.get_by_role("heading", name=f"Record {private.pk}")).to_be_visible()
    expect(page.get_by_text("2 of 4 in the list")).to_be_visible()

    # Words are edited; letters in them are letters.
    press("e")
    text = page.get_by_label("Words", exact=True)
    expect(text).to_be_focused()
    press("ControlOrMeta+a")
    page.keyboard.type("for my friend [name], a ruler")
    press("Tab")
    press("Enter")
    expect(page.locator(".desk-text mark")).to_have_text("[name]")
    expect(page.locator(".messagelist .success")).to_contain_text("changed")

    # Back, refused with the number of its reason, and on by itself.
    press("k")
    expect(page.get_by_role("heading", name=f"Record {odd.pk}")).to_be_visible()
    assert_accessible("desk")
    press("r")
    press("3")
    expect(page.get_by_role("heading", name=f"Record {private.pk}")).to_be_visible()
    expect(page.locator(".messagelist .success")).to_contain_text("don't answer it")

    # Approved by mistake, taken back, and approved for good.
    press("a")
    expect(page.get_by_role("heading", name=f"Record {fine.pk}")).to_be_visible()
    press("u")
    expect(page.get_by_role("heading", name=f"Record {private.pk}")).to_be_visible()
    press("a")
    expect(page.get_by_role("heading", name=f"Record {fine.pk}")).to_be_visible()

    # In the list again: one is selected and approved; keys can be told to rest.
    press("l")
    expect(page.locator("#result_list tbody tr")).to_have_count(2)
    press("j")
    press("x")
    press("a")
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    press("?")
    page.get_by_label("Single keys do this here").uncheck()
    page.get_by_role("link", name="buy now").focus()
    press("r")
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    page.get_by_label("Single keys do this here").check()
    page.get_by_role("link", name="buy now").focus()
    press("r")
    expect(page.get_by_label("Still tells of somebody")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Spam, or a bot")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_text("0 donated records")).to_be_visible()

    held = dict(DonatedRecord.objects.values_list("pk", "status"))
    assert held == {
        odd.pk: "rejected",
        private.pk: "approved",
        fine.pk: "approved",
        spam.pk: "rejected",
    }
    assert CurationEntry.objects.count() == 7
    for name in ("figures", "agreement"):
        curator.open(f"{LIST}{name}/")
        assert_accessible(name)
