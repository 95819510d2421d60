"""A list is kept fresh, described, put in order, and looked at by others, on the page."""

import os
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from playlists.models import LivingPlaylist, Playlist
from tests.site import Site

pytestmark = pytest.mark.browser


def picture(page, name):
    """Keep a picture where somebody wants to look at the pages."""
    folder = os.environ.get("PICTURES")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png")


def let_time_pass():
    then = timezone.now() - timedelta(days=1)
    LivingPlaylist.objects.update(first_at=then, due_at=then)
    Playlist.objects.update(updated_at=then)


def pictured(page, name, check):
    """Check a page, and keep pictures of it: wide and narrow, light and dark."""
    check(name)
    for width, height in ((1440, 900), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        for look in ("light", "dark"):
            page.emulate_media(color_scheme=look)
            picture(page, f"{name}-{width}-{look}")
    check(f"{name} on a phone")
    page.set_viewport_size({"width": 1440, "height": 900})


def test_a_list_is_kept_fresh_and_its_page_tells_of_it(
    listener, page, site: Site, assert_accessible
):
    site.start_worker()
    listener.sign_up()
    listener.say("10 happy songs")
    before = listener.playlist()
    page.get_by_role("link", name="Keep it fresh").click()
    pictured(page, "refresh-new", assert_accessible)
    page.get_by_label("New songs, in percent of the list").fill("40")
    page.get_by_role("button", name="Keep it fresh").click()
    expect(page.get_by_text("Refreshed every week, next on")).to_be_visible()
    pictured(page, "refresh-set", assert_accessible)
    page.get_by_role("link", name="Back to the conversation").click()
    listener.wait_online()
    expect(page.locator("#panel-refresh")).to_contain_text("Refreshed every week")

    let_time_pass()
    site.manage("sweep", "--once")

    # The open page shows it as it happens, and a page that is opened later by a notice.
    expect(page.locator("#change-words, #change [data-slot=words]")).to_contain_text(
        "4 added, 4 removed", timeout=60_000
    )
    assert len(set(listener.playlist()) - set(before)) == 4
    page.reload()
    listener.wait_online()
    notice = page.locator("#notices")
    expect(notice).to_contain_text(re.compile(r"Refreshed on \d+ \w+: \+4 −4"))
    pictured(page, "notice", assert_accessible)
    listener.open("/playlists/")
    pictured(page, "shelf-notice", assert_accessible)
    page.get_by_role("button", name=re.compile("Put the notice")).click()
    expect(page.locator(".shelf__notice")).to_have_count(0)
    page.get_by_role("link", name="Open").click()
    listener.wait_online()
    expect(notice).not_to_contain_text("Refreshed on")
    listener.say("undo")
    assert listener.playlist() == before


def test_a_list_is_described_ordered_copied_and_watched_by_its_link(
    listener, page, browser, assert_accessible
):
    listener.sign_up()
    listener.say("8 jazz songs")
    page.get_by_role("button", name="Rename or describe the playlist").click()
    page.get_by_label("Description of the playlist").fill("For the last train")
    picture(page, "describing")
    page.get_by_role("button", name="Save the title").click()
    expect(page.locator("#panel-about")).to_have_text("For the last train")
    page.get_by_label("Put the playlist in order").click()
    picture(page, "order-menu")
    page.get_by_role("button", name="By year").click()
    listener.reply(1)
    listener.say("make a copy from version 2 called Second Try")
    notices = page.locator("#notices")
    expect(notices).to_contain_text("“Second Try” is a list of its own now.")
    expect(page.locator("#side")).to_contain_text("Second Try")
    page.mouse.move(700, 450)
    pictured(page, "described", assert_accessible)

    page.get_by_role("link", name="Share the playlist").click()
    page.get_by_role("button", name="Make a link").click()
    address = page.locator(".share__link").get_attribute("href")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the link").click()
    expect(page.locator("#share-said")).to_have_text("The link is copied.")
    assert page.evaluate("navigator.clipboard.readText()") == address
    picture(page, "share-link")
    page.go_back()
    page.go_back()
    listener.wait_online()
    guest = browser.new_context().new_page()
    guest.goto(address)
    expect(guest.locator(".shared__song")).to_have_count(8)
    listener.say("remove the first song")
    expect(guest.locator(".shared__song")).to_have_count(7, timeout=30_000)
    expect(guest.locator("#shared-news")).to_contain_text("0 added, 1 removed")
    picture(guest, "shared-live")
    page.locator("#side").get_by_role("link", name="Second Try", exact=True).click()
    listener.wait_online()
    expect(page.locator("#panel-title")).to_have_text("Second Try")
    guest.context.close()


PRESSED_AT_ONCE = """() => {
  const rows = [...document.querySelectorAll("#rows .row")];
  const press = (row, act) => row.querySelector(`[data-act=${act}]`).click();
  press(rows[0], "down");
  press(rows[0], "down");
  press(rows[3], "remove");
}"""


def test_quick_hands_change_a_list_and_a_deleted_one_makes_room_for_another(
    listener, page, assert_accessible
):
    listener.sign_up()
    listener.say("6 jazz songs")
    one, two, three, _, five, six = listener.playlist()

    page.evaluate(PRESSED_AT_ONCE)

    expect(page.locator("#rows .song__title")).to_have_text(
        [two, three, one, five, six]
    )
    expect(page.locator("#notices")).not_to_contain_text("stays as it is")

    # Who adds what is there is told where it stands, and may add it again, by keys.
    rows = page.locator("#rows .row .song__title")
    page.get_by_role("button", name=f"In the playlist: {three}").first.press("Enter")
    notice = page.locator("#notices .notice")
    expect(notice).to_contain_text("in the playlist already, at number 2")
    pictured(page, "add-again", assert_accessible)
    page.get_by_role("button", name="Add it again").press("Enter")
    expect(rows).to_have_text([two, three, one, five, six, three])
    expect(notice).to_have_count(0)
    twins = page.locator("#rows .row").filter(has_text=three)
    twins.nth(1).locator("[data-act=tray]").press("Alt+ArrowUp")
    expect(rows).to_have_text([two, three, one, five, three, six])
    page.reload()
    listener.wait_online()
    expect(rows).to_have_text([two, three, one, five, three, six])
    twins.nth(0).locator("[data-act=tray]").press("Delete")
    expect(rows).to_have_text([two, one, five, three, six])
    talk = page.url

    listener.open("/playlists/")
    pictured(page, "shelf-delete", assert_accessible)
    page.get_by_role("link", name=re.compile("^Delete ")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Delete the list")
    pictured(page, "delete-list", assert_accessible)
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("is deleted.")).to_be_visible()
    page.goto(talk)
    listener.wait_online()
    expect(page.locator("#rows .row")).to_have_count(0)
    listener.say("4 pop songs")
    assert len(listener.playlist()) == 4
