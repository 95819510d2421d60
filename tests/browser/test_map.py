"""The map by pointing, by typing and by keys: found, zoomed, played, and talked about."""

import re

import pytest
from playwright.sync_api import expect

from catalog.maps.making import map_make

pytestmark = pytest.mark.browser

# Two strokes, through one dot.
ONE_CROSS = re.compile(r"^M[^M]*$")


def open_map(listener, *, draw):
    """Draw the map, and open it once a conversation has brought a playlist."""
    map_make()
    listener.open(f"/map/?draw={draw}")
    expect(listener.page.locator("#map-stage")).to_have_attribute("data-drawn", "96")


def zoom_of(page):
    """Return how far the path's two ends are apart, which grows with the zoom."""
    return page.evaluate(
        """() => {
          const line = document.querySelector(".map__path").getAttribute("points");
          const spots = line.split(" ").map((spot) => spot.split(",").map(Number));
          const [a, b] = [spots[0], spots[spots.length - 1]];
          return Math.hypot(a[0] - b[0], a[1] - b[1]);
        }"""
    )


def has_zoomed(page, before, *, is_in):
    """Wait until the map is drawn larger or smaller than before; return how large."""
    sign = 1 if is_in else -1
    page.wait_for_function(
        """([before, sign]) => {
          const line = document.querySelector(".map__path").getAttribute("points");
          const spots = line.split(" ").map((spot) => spot.split(",").map(Number));
          const [a, b] = [spots[0], spots[spots.length - 1]];
          return sign * (Math.hypot(a[0] - b[0], a[1] - b[1]) - before) > 1;
        }""",
        arg=[before, sign],
    )
    return zoom_of(page)


def test_the_map_at_a_desk(listener, page, assert_accessible):
    listener.sign_up()
    listener.open("/map/")
    expect(page.get_by_text("There is no map yet")).to_be_visible()
    assert_accessible("no map yet")
    listener.open("/")
    listener.wait_online()
    listener.say("something slow and warm")
    open_map(listener, draw="webgl")

    # The latest playlist is a way with numbered ends.
    expect(page.locator(".map__stop--end")).to_have_count(2)
    expect(page.locator(".map__stop-number").last).to_have_text("1")
    assert_accessible("the map")

    # Wheel, buttons and keys zoom.
    size = zoom_of(page)
    page.locator("#map-canvas").hover()
    page.mouse.wheel(0, -400)
    size = has_zoomed(page, size, is_in=True)
    page.get_by_role("button", name="Zoom out").click()
    size = has_zoomed(page, size, is_in=False)
    page.locator("#map-canvas").focus()
    page.keyboard.press("+")
    size = has_zoomed(page, size, is_in=True)
    page.keyboard.press("0")
    has_zoomed(page, size, is_in=False)

    # A name leads to its dot, and the card to what sounds like it.
    page.get_by_label("Find a song or an artist").fill("jazz piece 3")
    page.get_by_role("list", name="Found on the map").get_by_role("button").click()
    card = page.get_by_role("region", name="Chosen song")
    expect(card.get_by_role("heading")).to_have_text("Jazz Piece 3")
    expect(page.locator("#map-said")).to_have_text("Jazz Piece 3, Jazz Three")
    card.get_by_role("button", name="Play").click()
    listener.wait_until_heard()
    expect(page.locator("#player-title")).to_have_text("Jazz Piece 3")
    expect(page.get_by_role("button", name="Next song")).to_be_enabled()
    assert_accessible("a chosen song, playing")

    # What is ruled out there plays no more, here and wherever it is found, until it may.
    card.get_by_role("button", name="Never again").click()
    expect(page.locator("#player-title")).not_to_have_text("Jazz Piece 3")
    expect(card.get_by_role("button", name="Play", exact=True)).to_be_disabled()
    found = page.get_by_role("list", name="Found on the map").get_by_role("button")
    page.get_by_label("Find a song or an artist").fill("jazz piece 3")
    expect(found).to_contain_text("Never again")
    crosses = page.locator(".map__crosses:not(.map__crosses--ground)")
    expect(crosses).to_have_attribute("d", ONE_CROSS)
    ruled = page.locator("#map-ruled")
    expect(ruled.get_by_role("link", name="Never again")).to_be_visible()
    expect(ruled).to_contain_text("1")
    assert_accessible("a chosen song, ruled out")
    page.reload()
    page.get_by_label("Find a song or an artist").fill("jazz piece 3")
    found.click()
    expect(card.get_by_role("button", name="Play", exact=True)).to_be_disabled()
    expect(page.locator("#map-said")).to_contain_text(
        "You asked never to hear it again"
    )
    expect(crosses).to_have_attribute("d", ONE_CROSS)
    page.locator("#map-canvas").focus()
    page.keyboard.press(" ")
    expect(page.locator("#player-title")).not_to_have_text("Jazz Piece 3")
    card.get_by_role("button", name="May come again").click()
    expect(crosses).to_have_attribute("d", "")
    expect(ruled).to_be_hidden()
    card.get_by_role("button", name="Play", exact=True).click()
    listener.wait_until_heard()
    expect(page.locator("#player-title")).to_have_text("Jazz Piece 3")
    card.get_by_role("button", name="Next nearest").click()
    expect(card.get_by_role("heading")).not_to_have_text("Jazz Piece 3")

    # The middle of the stage is the chosen song, for pointers as for keys.
    box = page.locator("#map-canvas").bounding_box()
    chosen = card.get_by_role("heading").inner_text()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("#map-tip")).to_contain_text(chosen)
    page.keyboard.press("Escape")
    page.locator("#map-canvas").focus()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    page.mouse.down()
    page.mouse.up()
    expect(card.get_by_role("heading")).to_have_text(chosen)

    # The legend filters, by genre and by mood.
    page.get_by_role("button", name=re.compile("^folk")).click()
    page.locator("#map-canvas").focus()
    page.keyboard.press("n")
    expect(card.get_by_role("heading")).to_contain_text("Folk Piece")
    page.get_by_label("Mood").check()
    expect(
        page.get_by_role("button", name=re.compile("^calm and happy"))
    ).to_be_visible()
    assert_accessible("moods")

    # "More like this" prepares a message, and leaves it to the listener to send it.
    heading = card.get_by_role("heading").inner_text()
    artist = card.locator("[data-slot=by]").inner_text()
    card.get_by_role("link", name="More like this").click()
    listener.wait_online()
    box = page.get_by_role("textbox", name="Message")
    expect(box).to_have_value(f"more like {heading} by {artist}")
    expect(box).to_be_focused()
    assert "say=" not in page.url
    page.keyboard.press("Enter")
    turn = listener.reply(0)
    expect(turn.locator(".song").first).to_be_visible()


NO_WEBGL = """
const real = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
  return kind === "webgl2" ? null : real.call(this, kind, ...more);
};
"""


def pinch(page, *, apart):
    """Move two fingers on the map from 80 pixels apart to another distance."""
    page.locator("#map-canvas").evaluate(
        """(canvas, apart) => {
          const box = canvas.getBoundingClientRect();
          const middle = [box.x + box.width / 2, box.y + box.height / 2];
          const send = (kind, finger, away) => canvas.dispatchEvent(
            new PointerEvent(kind, {
              pointerId: finger, pointerType: "touch", button: 0, bubbles: true,
              clientX: middle[0] + (finger === 11 ? away : -away), clientY: middle[1],
            }));
          canvas.setPointerCapture = () => {};
          for (const finger of [11, 12]) send("pointerdown", finger, 40);
          for (const finger of [11, 12]) send("pointermove", finger, apart / 2);
          for (const finger of [11, 12]) send("pointerup", finger, apart / 2);
        }""",
        apart,
    )


def test_the_map_on_a_phone_without_webgl(phone, check_accessible):
    page = phone.page
    page.add_init_script(NO_WEBGL)
    phone.sign_up()
    phone.say("something slow and warm")
    open_map(phone, draw="")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
    check_accessible(page, "the map on a phone")

    # Two fingers zoom, and one that taps chooses.
    size = zoom_of(page)
    pinch(page, apart=200)
    has_zoomed(page, size, is_in=True)
    page.get_by_role("button", name="The whole map").tap()
    page.get_by_label("Find a song or an artist").fill("folk piece 2")
    page.get_by_role("list", name="Found on the map").get_by_role("button").tap()
    card = page.get_by_role("region", name="Chosen song")
    expect(card.get_by_role("heading")).to_have_text("Folk Piece 2")
    expect(page.get_by_role("list", name="Found on the map")).to_be_hidden()
    card.get_by_role("button", name="Close").tap()
    box = page.locator("#map-canvas").bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(card.get_by_role("heading")).to_have_text("Folk Piece 2")
    card.get_by_role("button", name="Play").tap()
    phone.wait_until_heard()
    check_accessible(page, "a chosen song on a phone")

    # Dots are drawn without WebGL too.
    is_drawn = """() => {
      const canvas = document.getElementById("map-canvas");
      const { width, height } = canvas;
      const pixels = canvas.getContext("2d").getImageData(0, 0, width, height).data;
      return pixels.some((part) => part > 0);
    }"""
    assert page.evaluate(is_drawn)
