"""The page in another language, written from right to left."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PASSWORD

pytestmark = pytest.mark.browser

SIZES = {"desk": (1440, 900), "phone": (390, 844)}


def assert_nothing_sticks_out(page, what):
    over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert over <= 0, f"{what}: {over} px too wide"


def left_of(locator):
    return locator.bounding_box()["x"]


def test_arabic_from_the_account_to_a_playlist_and_back(
    listener, page, assert_accessible
):
    listener.open("/account/sign-up/")
    page.get_by_role("button", name="العربيّة").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert_accessible("sign-up")
    page.get_by_label("اسم المستخدم").fill("ada")
    page.get_by_label("كلمة المرور", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="إنشاء حساب").click()
    listener.wait_online()
    expect(page.get_by_role("heading", name="قل ما تودّ سماعه")).to_be_focused()
    assert_nothing_sticks_out(page, "welcome")
    assert_accessible("welcome")
    page.keyboard.press("Escape")
    page.locator("#composer-text").fill("something slow and warm, no metal")
    page.keyboard.press("Enter")
    turn = listener.reply(0)

    # What scripts say is translated, chips included, and counted as Arabic counts.
    chips = page.locator("#chips-list .chips__label")
    expect(chips.last).to_have_text(re.compile("^لا ⁨?metal⁩?$"))
    expect(page.locator("#panel-facts")).to_have_text(re.compile("^⁨?12⁩? أغنية"))
    expect(page.locator("#change")).to_contain_text("أُضيفت")
    offers = turn.locator("[data-slot=suggestions] button")
    for nth in range(offers.count()):
        expect(offers.nth(nth)).to_have_css("direction", "ltr")
    assert offers.count() > 0
    turn.locator(".song [data-act=play]").first.click()
    listener.wait_until_heard()
    expect(page.locator("#player [data-act=toggle]")).to_have_accessible_name(
        "إيقاف مؤقت"
    )
    for name, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        assert_nothing_sticks_out(page, name)
        song = turn.locator(".song").first
        assert left_of(song.locator(".cover")) > left_of(song.locator(".song__title"))
        previous, following = (
            page.locator(f"#player [data-act={act}]") for act in ("previous", "next")
        )
        assert left_of(previous) < left_of(following)
        assert_accessible(f"a reply, {name}")

    # The drawer comes from the right, and holds the way back to English.
    page.locator("[data-act=open-side]").click()
    expect(page.locator("#side")).to_be_in_viewport()
    assert left_of(page.locator("#side")) > 0
    page.locator("#side summary").last.click()
    assert_nothing_sticks_out(page, "drawer")
    assert_accessible("the drawer")
    address = page.url
    page.get_by_role("button", name="English").click()
    listener.wait_online()
    expect(page).to_have_url(address)
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    expect(page.locator("#panel-facts")).to_have_text("12 songs · 6 min")
