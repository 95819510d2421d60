"""What stands in a reply, and what can be done with it."""

import pytest
from playwright.sync_api import expect

from chat.models import Message

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


def test_a_reply_in_markdown(listener, page):
    listener.sign_up()
    listener.say("6 happy pop songs")
    Message.objects.update(reply=MARKED)
    page.reload()
    listener.wait_online()

    words = listener.turns.first.locator("[data-slot=reply]")
    expect(words.locator("strong")).to_have_text("slow")
    expect(words.locator("em")).to_have_text("as asked")
    expect(words.locator("li")).to_have_text(["“*Rain* [1]” by *NSYNC", "B-side"])
    expect(words.locator("a, img, b")).to_have_count(0)
    expect(words).to_contain_text("<b>no</b> [link](https://example.org)")

    # What is there stays there while more comes.
    texts, blocks, said = page.evaluate(STREAM, "One of many.\n\nAnd another, longer.")
    assert (texts, blocks, said) == (2, 2, "One of many.And another, longer.")
