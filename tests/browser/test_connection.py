"""Lines that break, several tabs, stopping, and what went wrong said in words."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from accounts.models import User
from catalog.models import Track
from chat.models import Conversation
from chat.services import conversation_start
from tests.browser.conftest import PASSWORD

pytestmark = pytest.mark.browser

# Remembers what the server drew, before a script has come to it.
KEEPS_DRAWN = """document.addEventListener("readystatechange", () => {
  if (document.readyState !== "interactive") return;
  window.drawn = [...document.querySelectorAll(".turn, .song, .row")];
});"""
TWO_PICTURES = """() => new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(done)))"""


def test_two_tabs_stay_in_step(listener, page):
    listener.sign_up()
    listener.say("something slow and warm")
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator("#composer[data-link=online]")).to_be_visible()

    listener.say("add some jazz")
    page.locator(".turn").nth(0).locator("[data-act=like]").first.click()

    expect(other.locator(".turn")).to_have_count(2)
    expect(other.locator(".turn").nth(1)).to_have_attribute("data-status", "done")
    for what in (".turn [data-slot=reply]", "#rows .song__title"):
        mine = page.locator(what).all_inner_texts()
        expect(other.locator(what)).to_have_text(mine)
    like = other.locator(".turn").nth(0).locator("[data-act=like]").first
    expect(like).to_have_attribute("aria-pressed", "true")

    # What is renamed or deleted in one is so in the other.
    page.locator(".talk").hover()
    page.get_by_role("link", name="Rename or delete").click()
    page.get_by_label("Title", exact=True).fill("Warm")
    page.keyboard.press("Enter")
    expect(other.locator(".talk__title")).to_have_text("Warm")
    expect(other.locator("#title")).to_have_text("Warm")
    page.locator(".talk").hover()
    page.get_by_role("link", name="Rename or delete").click()
    page.get_by_role("button", name="Delete…").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(other.locator("#notices")).to_contain_text("“Warm” was deleted.")
    expect(page.locator("#welcome")).to_be_visible()
    for tab in (page, other):
        expect(tab.locator(".talk")).to_have_count(0)
        expect(tab.locator("#turns > *")).to_have_count(0)
        expect(tab).to_have_url(re.compile("/new/$"))
    expect(page.locator("#notices > *")).to_have_count(0)


def test_a_line_that_breaks_is_told_and_nothing_is_lost(listener, page):
    state: dict[str, Any] = {"is_down": False, "last": None}

    # Every connection can be cut from here, as a bad network would.
    def connect(ws):
        if state["is_down"]:
            ws.close(code=1012)
            return
        ws.connect_to_server()
        state["last"] = ws

    page.route_web_socket(re.compile("/ws/chat/"), connect)
    listener.sign_up()
    state["is_down"] = True
    state["last"].close(code=1012)

    # Offline is said, and the words stay.
    expect(page.locator("#link")).to_have_text(re.compile("Offline|Connecting"))
    box = page.get_by_role("textbox", name="Message")
    box.fill("something slow")
    expect(page.get_by_role("button", name="Send")).to_be_disabled()
    expect(page.locator("#composer-why")).to_contain_text("No connection just now")
    state["is_down"] = False
    listener.wait_online()
    expect(page.locator("#link")).to_be_hidden()
    expect(box).to_have_value("something slow")
    page.get_by_role("button", name="Send").click()
    listener.reply(0)

    # A reply that ran while the line was down is there once.
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator("#composer[data-link=online]")).to_be_visible()
    state["last"].close(code=1012)
    other.get_by_role("textbox", name="Message").fill("add some jazz")
    other.keyboard.press("Enter")
    expect(other.locator(".turn").nth(1)).to_have_attribute("data-status", "done")
    listener.wait_online()
    expect(listener.turns).to_have_count(2)
    expect(listener.turns.nth(1)).to_have_attribute("data-status", "done")
    for what in (".turn [data-slot=reply]", "#rows .song__title"):
        theirs = other.locator(what).all_inner_texts()
        expect(page.locator(what)).to_have_text(theirs)


def test_songs_that_fail_are_skipped_and_those_without_audio_marked(listener, page):
    listener.sign_up()
    listener.say("something slow and warm")
    titles = listener.playlist()
    Track.objects.filter(title=titles[0]).update(audio_path="audio/gone.wav")

    page.get_by_role("button", name="Play the playlist").click()

    expect(page.locator("#player-title")).to_have_text(titles[1])
    expect(page.locator("#notices")).to_contain_text(f"“{titles[0]}” can't be played")
    listener.wait_until_heard()
    # The browser's own complaint about the missing file is the one expected.
    assert all("404" in problem for problem in listener.problems)
    listener.problems.clear()

    Track.objects.update(audio_path="")
    turn = listener.say("some metal")
    play = turn.locator(".song [data-act=play]").first
    expect(play).to_be_disabled()
    expect(play).to_have_accessible_name(re.compile("^No audio for "))
    expect(listener.rows.first).to_contain_text("No audio")
    expect(page.get_by_role("button", name="Play the playlist")).to_be_disabled()


def test_editing_the_playlist_by_hand(listener, page):
    listener.sign_up()
    turn = listener.say("something slow and warm")
    titles = listener.playlist()

    # By buttons, and back.
    listener.rows.nth(2).locator("[data-act=tray]").click()
    listener.rows.nth(2).get_by_role("button", name="Move up").click()
    expect(listener.rows.nth(1)).to_contain_text(titles[2])
    page.get_by_role("button", name="Rename or describe the playlist").click()
    page.get_by_label("Title of the playlist").fill("<b>Rain</b>")
    page.keyboard.press("Enter")
    expect(page.locator("#panel-title")).to_have_text("<b>Rain</b>")
    listener.rows.nth(0).locator("[data-act=tray]").click()
    listener.rows.nth(0).get_by_role("button", name="Remove").click()
    expect(page.locator("#change")).to_contain_text(f"“{titles[0]}” removed")
    page.locator("#change").get_by_role("button", name="Undo").click()
    expect(listener.rows).to_have_count(len(titles))
    for _ in range(2):
        page.get_by_role("button", name="Undo the last change").click()
    expect(listener.rows.nth(2)).to_contain_text(titles[2])
    expect(page.locator("#panel-title")).not_to_have_text("<b>Rain</b>")

    # Dragged to another place, from either side.
    first, second, third = titles[:3]
    listener.rows.nth(0).locator(".cover").drag_to(listener.rows.nth(2))
    expect(listener.rows.nth(2)).to_contain_text(first)
    assert listener.playlist()[:3] == [second, third, first]
    listener.rows.nth(2).locator(".cover").drag_to(listener.rows.nth(0))
    expect(listener.rows.nth(0)).to_contain_text(first)
    assert listener.playlist()[:3] == [first, second, third]

    # A reaction that stays, and one that is taken back.
    dislike = turn.locator("[data-act=dislike]").first
    like = turn.locator("[data-act=like]").nth(1)
    dislike.click()
    like.click()
    expect(like).to_have_attribute("aria-pressed", "true")
    like.click()
    expect(like).to_have_attribute("aria-pressed", "false")
    expect(page.locator("#rows .is-disliked")).to_have_count(1)
    reply = turn.locator("[data-slot=reply]").inner_text()

    # A reload shows what was there; what the server drew stays where it is.
    page.add_init_script(KEEPS_DRAWN)
    page.reload()
    listener.wait_online()
    expect(page.locator(".turn")).to_have_count(1)
    assert turn.locator("[data-slot=reply]").inner_text() == reply
    assert listener.playlist() == titles
    expect(page.locator("#rows .is-disliked")).to_have_count(1)
    expect(like).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("window.drawn.length") == len(titles) * 2 + 1
    assert page.evaluate("window.drawn.every((element) => element.isConnected)")


def test_conversations_are_opened_renamed_and_deleted_while_music_plays(listener, page):
    listener.sign_up()
    turn = listener.say("something slow and warm")
    songs = turn.locator(".song__title").all_inner_texts()
    turn.locator("[data-act=play]").first.click()
    listener.wait_until_heard()
    page.get_by_role("link", name="New conversation").click()
    expect(page.locator("#welcome")).to_be_visible()
    page.get_by_role("button", name="Next song").click()
    expect(page.locator("#player-title")).to_have_text(songs[1])
    listener.say("some metal")
    talks = page.locator("#side .talk")
    expect(talks).to_have_count(2)

    talks.filter(has_text="something slow").locator("a.talk__link").click()
    expect(page.locator("#title")).to_have_text("something slow and warm")
    page.go_back()
    expect(page.locator("#title")).to_have_text("some metal")

    def change(words):
        talk = talks.filter(has_text=words)
        talk.hover()
        talk.get_by_role("link", name="Pin, rename or delete").click()

    change("something slow")
    page.get_by_role("button", name="Pin to the top").click()
    expect(talks.first).to_contain_text("Pinned: something slow and warm")
    box = page.get_by_role("searchbox", name="Search your conversations")
    box.fill("METAL")
    expect(page.get_by_text("1 conversation found")).to_be_visible()
    expect(talks).to_have_count(1)
    box.fill("polka")
    expect(page.get_by_text("Nothing found")).to_be_visible()
    box.fill("")
    expect(talks).to_have_count(2)
    change("some metal")
    page.get_by_label("Title", exact=True).fill("Loud")
    page.get_by_role("button", name="Rename", exact=True).click()
    expect(page.locator("#title")).to_have_text("Loud")
    change("Loud")
    page.get_by_role("button", name="Delete…").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(talks).to_have_count(1)

    assert Conversation.objects.count() == 1
    heard = listener.seconds()
    listener.wait_until_heard(heard)


def test_of_two_clicks_on_conversations_the_later_counts(listener, page):
    listener.sign_up()
    user = User.objects.get()
    slow = conversation_start(owner=user, text="slow to come")
    conversation_start(owner=user, text="quick to come")
    listener.open("/new/")
    listener.wait_online()
    held = []
    page.route(f"**/c/{slow.uuid}/snapshot.json", lambda route: held.append(route))
    is_over = []
    for event in ("requestfinished", "requestfailed"):
        page.on(event, lambda r: str(slow.uuid) in r.url and is_over.append(r))

    page.get_by_role("link", name="slow to come", exact=True).click()
    page.get_by_role("link", name="quick to come", exact=True).click()
    expect(page.locator("#title")).to_have_text("quick to come")
    held[0].continue_()
    while not is_over:
        page.wait_for_function("true")
    # Whatever the late answer would change is drawn with the next picture.
    page.evaluate(TWO_PICTURES)

    expect(page.locator("#title")).to_have_text("quick to come")
    assert str(slow.uuid) not in page.url


def test_who_was_signed_out_elsewhere_comes_back_to_the_talk(listener, page):
    listener.sign_up()
    listener.say("6 happy pop songs")
    address = page.url
    expect(page.get_by_role("link", name="Sign in")).to_be_hidden()

    # Out in another tab.
    other = page.context.new_page()
    other.goto(listener.url + "/account/")
    other.get_by_role("button", name="Sign out").click()
    expect(other.get_by_role("button", name="Sign in")).to_be_visible()
    expect(page.locator("#link")).to_have_text("Signed out")
    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("User name").fill("ada")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    listener.wait_online()
    expect(page).to_have_url(address)
    # The server's "no" to the socket of a session that is over.
    listener.problems = [p for p in listener.problems if "WebSocket" not in p]
