"""The first visit: three steps, by keyboard and on a phone, and the help later."""

import pytest
from playwright.sync_api import expect

from accounts.models import User

pytestmark = pytest.mark.browser


def test_three_steps_once_and_again_from_the_help(listener, page, assert_accessible):
    listener.sign_up(sees_welcome=True)
    dialog = page.get_by_role("dialog", name="Welcome to PersonalAIs")

    # By keyboard: each step's heading has the focus, and is read out.
    expect(
        dialog.get_by_role("heading", name="Say what you feel like hearing")
    ).to_be_focused()
    assert_accessible("the first step")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("heading", name="Put it right")).to_be_focused()
    dialog.get_by_role("button", name="Back").click()
    expect(dialog.get_by_role("button", name="Back")).to_be_hidden()

    # On a phone, to the end; the message box has the focus then.
    page.set_viewport_size({"width": 390, "height": 844})
    dialog.get_by_role("button", name="Next").click()
    dialog.get_by_role("button", name="Next").click()
    expect(dialog.get_by_role("heading", name="Take the list with you")).to_be_focused()
    assert_accessible("the last step on a phone")
    with page.expect_response("**/account/welcomed/") as noted:
        dialog.get_by_role("button", name="Begin").click()
    assert noted.value.status == 204
    expect(dialog).to_be_hidden()
    expect(page.locator("#composer-text")).to_be_focused()
    assert User.objects.get().is_welcomed

    page.reload()
    listener.wait_online()
    expect(dialog).to_be_hidden()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    help_ = page.get_by_role("dialog", name="Help")
    expect(help_.get_by_text("jazz from the 60s, no vocals")).to_be_visible()
    assert_accessible("the help on a phone")
    help_.get_by_role("button", name="Show the welcome").click()
    expect(help_).to_be_hidden()
    expect(
        dialog.get_by_role("heading", name="Say what you feel like hearing")
    ).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
