"""How one song leads to the next."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

HEARD = """(count) => {
  const decks = [...document.querySelectorAll("audio")];
  return decks.filter((deck) => !deck.paused).length === count;
}"""
LOADED = """(id) => [...document.querySelectorAll("audio")].some(
  (deck) => deck.paused && deck.readyState >= 2 && deck.src.includes(id))"""


def seek(page, second):
    page.evaluate(
        """second => {
          const decks = [...document.querySelectorAll("audio")];
          decks.find((deck) => !deck.paused).currentTime = second;
        }""",
        second,
    )


def test_the_next_song_is_loaded_ahead_and_fades_in(listener, page):
    listener.sign_up()
    turn = listener.say("6 happy pop songs")
    songs = turn.locator(".song")
    titles = songs.locator(".song__title").all_inner_texts()
    ids = [songs.nth(n).get_attribute("data-track") for n in range(3)]
    songs.first.locator("[data-act=play]").click()
    listener.wait_until_heard()
    playing = page.locator("#player-title")

    # It is there before this one ends, and begins at its end.
    seek(page, 17)
    page.wait_for_function(LOADED, arg=ids[1])
    expect(playing).to_have_text(titles[0])
    assert page.evaluate(HEARD, 1)
    seek(page, 29.5)
    expect(playing).to_have_text(titles[1])
    page.wait_for_function(HEARD, arg=1)

    # With a crossfade it begins under the end of this one.
    page.get_by_text("ada", exact=True).click()
    fade = page.get_by_label("Crossfade")
    fade.focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_text("4 s", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    seek(page, 26.5)
    page.wait_for_function(HEARD, arg=2)
    expect(playing).to_have_text(titles[2])
    page.wait_for_function(HEARD, arg=1)
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()

    # Paused in the middle of it, nothing goes on by itself.
    seek(page, 26.5)
    page.wait_for_function(HEARD, arg=2)
    page.get_by_role("button", name="Pause", exact=True).click()
    page.wait_for_function(HEARD, arg=0)

    # How long it is is remembered, and so is how loud.
    page.get_by_label("Volume").fill("40")
    page.reload()
    listener.wait_online()
    assert page.locator("#player-fade").input_value() == "4"
    expect(page.get_by_label("Volume")).to_have_value("40")
