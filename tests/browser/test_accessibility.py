"""No page breaks a serious rule of WCAG, in either look, at a desk or on a phone."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_the_account_pages(listener, page, assert_accessible):
    listener.open("/account/sign-up/")
    assert_accessible("sign-up")
    page.get_by_label("User name").fill("ada lovelace")
    page.get_by_label("Password", exact=True).fill("123")
    page.get_by_role("button", name="Sign up").click()
    expect(page.locator(".field__errors").first).to_be_visible()
    assert_accessible("sign-up with mistakes")
    listener.open("/account/sign-in/")
    assert_accessible("sign-in")
    listener.sign_up()
    listener.open("/account/password/")
    assert_accessible("new password")


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)], ids=["desk", "phone"])
def test_the_talk(listener, page, assert_accessible, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    is_phone = size[0] < 800
    listener.sign_up()
    assert_accessible("welcome")
    turn = listener.say("something slow and warm")
    turn.locator(".song [data-act=play]").first.click()
    turn.locator(".song [data-act=like]").first.click()
    turn.locator(".song [data-act=dislike]").nth(1).click()
    listener.wait_until_heard()
    assert_accessible("a reply, playing")
    if is_phone:
        page.get_by_role("button", name="Playlist, songs:").click()
        expect(listener.rows.first).to_be_in_viewport()
    listener.rows.nth(1).locator("[data-act=tray]").click()
    page.locator("#panel-tools [data-act=rename]").click()
    assert_accessible("the playlist, a song's actions open")
    page.keyboard.press("Escape")
    if is_phone:
        page.get_by_role("button", name="Close the playlist").click()
        page.get_by_role("button", name="Conversations").click()
    page.locator("#side summary").last.click()
    assert_accessible("the account's menu")
    if is_phone:
        return

    # Lists, and questions before something goes.
    listener.open("/playlists/")
    expect(page.locator(".shelf__item")).to_have_count(1)
    assert_accessible("playlists")
    listener.open("/")
    listener.wait_online()
    page.locator(".talk [data-act=change]").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert_accessible("renaming or deleting a conversation")
    page.locator("[data-act=delete]").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert_accessible("the question before deleting")
