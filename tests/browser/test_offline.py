"""Without a connection: a page that says so, and words that are kept."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_page_without_a_connection_says_so_and_keeps_the_words(
    listener, page, assert_accessible
):
    listener.sign_up()
    page.get_by_role("textbox", name="Message").fill("something slow")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    page.context.set_offline(True)
    page.reload()

    expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
    assert_accessible("offline")
    colour = page.evaluate(
        "getComputedStyle(document.querySelector('.broken i')).height"
    )
    assert re.match(r"\d", colour), "its style sheets are kept too"
    page.context.set_offline(False)
    page.get_by_role("link", name="Try again").click()
    listener.wait_online()
    expect(page.get_by_role("textbox", name="Message")).to_have_value("something slow")
    # What could not be loaded is what the browser complains of.
    assert all("ERR_INTERNET" in problem for problem in listener.problems)
    listener.problems.clear()
