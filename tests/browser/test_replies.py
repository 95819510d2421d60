"""What stands in a reply, and what can be done with it."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from catalog.models import Track
from chat.models import Message
from tests.browser.conftest import LOOKS, PAINTED

pytestmark = pytest.mark.browser

MARKED = """Two **slow** ones, *as asked*:

- “*Rain* [1]” by *NSYNC
- `B-side`

<b>no</b> [link](https://example.org) ![x](https://example.org/x.png)"""

# Feeds a reply to the page letter by letter. Returns how many elements and texts stood
# through all of it, and the words in the end.
STREAM = """async (reply) => {
  const sheet = [...document.querySelectorAll("script[type=module]")][0].src;
  const { showMarkdown } = await import(new URL("render/markdown.js", sheet).href);
  const box = document.createElement("div");
  const seen = new Set();
  for (let end = 1; end <= reply.length; end += 1) {
    showMarkdown(box, reply.slice(0, end));
    for (const block of box.children) if (block.firstChild) seen.add(block.firstChild);
  }
  return [seen.size, box.children.length, box.textContent];
}"""


def test_a_reply_its_songs_and_its_copy(listener, page):
    Track.objects.filter(title="Pop Piece 2").update(audio_path="", spotify_id="4uLU6h")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    listener.sign_up()
    turn = listener.say("6 happy pop songs")
    song = turn.locator(".song").filter(has_text="Pop Piece 2")

    song.get_by_text("Why? Pop Piece 2").focus()
    page.keyboard.press("Enter")
    facts = song.locator(".why__facts li")
    expect(facts.filter(has_text="valence")).to_have_attribute("data-keeps", "true")
    assert facts.count() >= 3
    link = song.get_by_role("link", name="Open in Spotify")
    expect(link).to_have_attribute("href", "https://open.spotify.com/track/4uLU6h")
    assert turn.get_by_role("link").count() == 1

    turn.get_by_role("button", name="Copy this reply").click()
    expect(page.get_by_text("Copied, with the list of songs.")).to_be_visible()
    said = page.evaluate("() => navigator.clipboard.readText()")
    assert said.startswith(turn.locator("[data-slot=reply]").inner_text())
    assert re.search(r"^6\. Pop Piece \d+ – Pop \w+ · 19\d\d$", said, re.MULTILINE)

    # Words stand out from what is behind them by 7 to 1 in high contrast.
    page.get_by_text("ada", exact=True).click()
    page.get_by_label("High contrast").check()
    for look in LOOKS:
        page.emulate_media(color_scheme=look)
        page.evaluate(PAINTED)
        options = {
            "runOnly": ["color-contrast-enhanced"],
            "resultTypes": ["violations"],
        }
        rules = Axe().run(page, options=options).response["violations"]
        assert [n["html"][:90] for rule in rules for n in rule["nodes"]] == [], look
    Message.objects.update(reply=MARKED)
    page.reload()
    listener.wait_online()
    expect(page.locator("html[data-contrast=more]")).to_have_count(1)

    # It is told in Markdown.
    words = listener.turns.first.locator("[data-slot=reply]")
    expect(words.locator("strong")).to_have_text("slow")
    expect(words.locator("em")).to_have_text("as asked")
    expect(words.locator("li")).to_have_text(["“*Rain* [1]” by *NSYNC", "B-side"])
    expect(words.locator("a, img, b")).to_have_count(0)
    expect(words).to_contain_text("<b>no</b> [link](https://example.org)")

    # What is there stays there while more comes.
    texts, blocks, said = page.evaluate(STREAM, "One of many.\n\nAnd another, longer.")
    assert (texts, blocks, said) == (2, 2, "One of many.And another, longer.")
