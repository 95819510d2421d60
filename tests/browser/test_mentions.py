"""Songs and the list put into the message, a song that is played as was said, and what waits."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from catalog.models import Track
from catalog.names import name_key
from chat.models import Message

pytestmark = pytest.mark.browser

IN_VIEW = """(element) => {
  const view = document.getElementById("log-scroll").getBoundingClientRect();
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > view.top + 40 && bottom <= view.bottom + 1;
}"""


def words_of(song):
    """Return how a song is named in a message."""
    title = song.locator(".song__title").text_content().strip().replace('"', "'")
    by = song.locator(".song__by").text_content().strip().partition(" · ")[0]
    return f"“{title}” by {by}"


def test_songs_and_the_list_are_put_into_the_message(listener, page):
    for track in Track.objects.filter(title__startswith="Jazz"):
        title = track.title.replace("Piece", '"Piece"')
        Track.objects.filter(pk=track.pk).update(title=title, key=name_key(title))
    listener.sign_up()
    turn = listener.say("6 jazz songs")
    box = page.get_by_role("textbox", name="Message")
    order = listener.playlist()

    # Its words can be marked, and what is marked is no song that is dragged.
    title = listener.rows.first.locator(".song__title")
    title.hover(position={"x": 1, "y": 8})
    page.mouse.down()
    title.hover(position={"x": 90, "y": 8})
    page.mouse.up()
    marked = page.evaluate("getSelection().toString()")
    assert len(marked) > 3
    assert marked in order[0]

    # A row is dragged to the caret; while it is dragged one sees where it may go.
    box.fill("more like , but calmer")
    box.evaluate("(box) => box.setSelectionRange(10, 10)")
    said = words_of(listener.rows.first)
    listener.rows.first.hover()
    listener.rows.first.locator(".song__grip").hover()
    page.mouse.down()
    page.locator("#composer").hover(position={"x": 60, "y": 20})
    page.locator("#composer").hover(position={"x": 70, "y": 22})
    expect(page.locator("#composer.is-awaiting.is-dropping")).to_have_count(1)
    page.mouse.up()
    expect(box).to_have_value(f"more like {said}, but calmer")
    expect(box).to_be_focused()
    expect(page.locator("#composer.is-awaiting")).to_have_count(0)
    assert listener.playlist() == order

    # Among the rows it is moved, as ever.
    listener.rows.first.locator(".cover").drag_to(listener.rows.nth(2))
    expect(listener.rows.nth(2)).to_contain_text(order[0])

    # So is a card, and by keyboard the playlist.
    box.fill("")
    card = turn.locator(".song").nth(1)
    card.locator(".cover").drag_to(page.locator("#composer"))
    expect(box).to_have_value(words_of(card))
    box.fill("more like")
    page.get_by_role("button", name="Mention the playlist in the message").focus()
    page.keyboard.press("Enter")
    title = page.locator("#panel-title").inner_text()
    expect(box).to_have_value(f"more like my playlist “{title}”")
    expect(box).to_be_focused()
    page.keyboard.press("Enter")
    reply = listener.reply(1)
    expect(reply.locator(".song")).not_to_have_count(0)
    assert len(listener.playlist()) > len(order)

    # On a phone, a button in the row's tray does it, and the box comes forward.
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator("[data-act=open-panel]").click()
    row = listener.rows.nth(1)
    said = words_of(row)
    row.locator("[data-act=tray]").click()
    row.get_by_role("button", name="Mention", exact=True).click()
    expect(box).to_have_value(said)
    expect(box).to_be_focused()


def test_a_song_is_heard_as_was_said_and_what_waits_is_seen(listener, page):
    listener.sign_up()
    listener.say("8 happy pop songs")
    order = listener.playlist()
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator("#composer[data-link=online]")).to_be_visible()

    # It plays here, from its beginning, and nowhere else.
    turn = listener.say("play the second one")
    expect(turn.locator(".song__title")).to_have_text(order[1])
    listener.wait_until_heard()
    expect(page.locator("#player-title")).to_have_text(order[1])
    expect(other.locator(".turn").nth(1)).to_have_attribute("data-status", "done")
    assert other.evaluate("document.getElementById('audio').paused")
    other.close()
    # What was said of it is history on a page that opens anew, and starts nothing.
    page.locator("#player [data-act=toggle]").click()
    page.reload()
    listener.wait_online()
    assert page.evaluate("document.getElementById('audio').paused")

    # What waits stands below the reply that is being written, whose end stays in sight.
    listener.say("10 jazz songs")
    soon = timezone.now() + timedelta(minutes=1)
    newest = Message.objects.latest("pk").pk
    Message.objects.filter(pk=newest).update(
        status=Message.Status.RUNNING, alive_at=soon
    )
    page.reload()
    listener.wait_online()
    page.get_by_role("textbox", name="Message").fill("add 2 metal songs")
    page.keyboard.press("Enter")
    waiting = listener.turns.last
    expect(waiting).to_have_attribute("data-status", "queued")
    expect(page.get_by_text("Waits until this reply is over.")).to_be_in_viewport()
    written = listener.turns.nth(2)
    expect(written).to_have_attribute("data-status", "running")
    assert written.evaluate(IN_VIEW)
