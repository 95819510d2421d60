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


def second_heard(page):
    """Return how far the song is that is heard; None while none is."""
    return page.evaluate(
        """() => [...document.querySelectorAll("audio")]
          .find((deck) => !deck.paused && deck.readyState > 2)?.currentTime ?? null"""
    )


def test_the_song_goes_on_while_the_site_is_browsed(listener, page, assert_accessible):
    listener.sign_up()
    listener.say("6 happy pop songs")
    titles = listener.playlist()
    bar, playing = page.locator("#player"), page.locator("#player-title")
    page.get_by_role("link", name="Your playlists").click()
    expect(page.get_by_role("heading", name="Your playlists")).to_be_visible()
    expect(bar).to_be_hidden()
    page.get_by_role("link", name="Talk").click()
    listener.rows.nth(1).locator("[data-act=play]").click()
    listener.wait_until_heard()
    seek(page, 5)

    # A page without songs of its own, and its buttons.
    page.get_by_role("link", name="Your playlists").click()
    expect(page.get_by_role("heading", name="Your playlists")).to_be_visible()
    expect(playing).to_have_text(titles[1])
    expect(bar).to_have_attribute("data-state", "on")
    page.wait_for_function(HEARD, arg=1)
    assert 5 <= second_heard(page) < 15
    assert_accessible("playlists while a song plays")
    bar.get_by_role("button", name="Next song").click()
    expect(playing).to_have_text(titles[2])

    # Back at the talk it is the row of the list again.
    page.get_by_role("link", name="Talk").click()
    listener.wait_online()
    expect(playing).to_have_text(titles[2])
    expect(page.locator("#rows > .row.is-current .song__title")).to_have_text(titles[2])
    page.wait_for_function(HEARD, arg=1)

    # Paused, it stays where it was, when the page is loaded anew too.
    seek(page, 9)
    bar.get_by_role("button", name="Pause").click()
    page.reload()
    listener.wait_online()
    expect(playing).to_have_text(titles[2])
    expect(bar).to_have_attribute("data-state", "paused")
    expect(page.locator("#player-now")).to_have_text("0:09")
