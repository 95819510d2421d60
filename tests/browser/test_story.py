"""The whole story by clicking and typing: from signing up to a playlist to take away."""

import re
import urllib.request
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from catalog.models import Track
from chat.models import Message
from feedback.models import Reaction

pytestmark = pytest.mark.browser


def median_energy(titles):
    tracks = Track.objects.filter(title__in=titles)
    energies = sorted(t.energy for t in tracks if t.energy is not None)
    return energies[len(energies) // 2]


def test_from_a_mood_to_a_playlist_that_is_taken_away(listener, page):
    listener.sign_up()
    expect(
        page.get_by_role("heading", name="How are you feeling, ada?")
    ).to_be_visible()

    # A mood, by a suggested prompt.
    page.get_by_role("button", name="I'm a bit down, something slow and warm").click()
    first = listener.reply(0)
    expect(first.locator("[data-slot=reply]")).not_to_be_empty()
    songs = first.locator(".song")
    assert songs.count() >= 5
    assert re.search(r"/c/[0-9a-f-]{36}/$", page.url)
    before = listener.playlist()
    assert len(before) == songs.count()

    # Hear one.
    songs.nth(0).get_by_role("button", name=re.compile("^Play ")).click()
    listener.wait_until_heard()
    title = songs.nth(0).locator(".song__title").inner_text()
    expect(page.locator("#player-title")).to_have_text(title)

    # Like two, dislike one; the playlist shows the same.
    for n in (0, 1):
        songs.nth(n).get_by_role("button", name="Like", exact=True).click()
    songs.nth(2).get_by_role("button", name="Not for me").click()
    for n, name in ((0, "Like"), (1, "Like"), (2, "Not for me")):
        button = songs.nth(n).get_by_role("button", name=name, exact=True)
        expect(button).to_have_attribute("aria-pressed", "true")
    disliked = songs.nth(2).locator(".song__title").inner_text()
    row = listener.rows.filter(has_text=disliked).first
    expect(row).to_have_class(re.compile("is-disliked"))

    # More like the first, but more upbeat: the music goes on meanwhile.
    heard = listener.seconds()
    listener.say("more like the first one, but more upbeat")
    upbeat = listener.playlist()
    assert median_energy(upbeat) > median_energy(before)
    listener.wait_until_heard(heard)

    # Some jazz.
    listener.say("add some jazz")
    with_jazz = listener.playlist()
    assert sum("Jazz" in title for title in with_jazz) > 0
    expect(page.locator("#change")).to_contain_text("added")

    # Nothing by one artist, and back.
    artist = listener.rows.nth(0).locator(".song__by").inner_text()
    listener.say(f"remove everything by {artist}")
    left = page.locator("#rows .song__by").all_inner_texts()
    assert artist not in left
    listener.say("undo")
    assert listener.playlist() == with_jazz

    # Take it away.
    page.get_by_label("Download the playlist").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="M3U8").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert text.startswith("#EXTM3U\n")
    addresses = re.findall(r"^http\S+$", text, re.MULTILINE)
    assert len(addresses) == len(with_jazz)
    with urllib.request.urlopen(addresses[0]) as answer:
        assert answer.headers["Content-Type"] == "audio/wav"

    # After a reload the newest turns are drawn; one before them comes when it is asked
    # for, or scrolled to, and moves nothing that is seen.
    count = listener.turns.count()
    page.reload()
    listener.wait_online()
    expect(listener.turns.last).to_be_in_viewport()
    assert 1 < listener.turns.count() < count
    place = listener.turns.last.bounding_box()["y"]
    page.locator("#earlier").evaluate("link => link.click()")
    expect(listener.turns).to_have_count(count)
    now = listener.turns.last.bounding_box()["y"]
    assert now == pytest.approx(place, abs=1)
    expect(page.locator("#earlier")).to_be_hidden()
    page.reload()
    listener.wait_online()
    page.locator("#log-scroll").hover()
    page.mouse.wheel(0, -4000)
    expect(listener.turns).to_have_count(count)

    assert sorted(Reaction.objects.values_list("value", flat=True)) == [
        "dislike",
        "like",
        "like",
    ]


def test_the_same_on_a_phone(listener, page):
    page.set_viewport_size({"width": 390, "height": 844})
    listener.sign_up()
    turn = listener.say("I'm a bit down, something slow and warm")
    turn.locator(".song").nth(0).get_by_role(
        "button", name=re.compile("^Play ")
    ).click()
    listener.wait_until_heard()
    before = listener.playlist()
    assert_nothing_sticks_out(page)
    # The pencil has its room beside the longest message.
    assert turn.locator(".turn__amend").bounding_box()["x"] >= 0

    # The sheet holds the playlist, and leaves the player in reach.
    page.get_by_role("button", name=re.compile("^Playlist, songs:")).click()
    expect(listener.rows.first).to_be_in_viewport()
    assert_nothing_sticks_out(page)
    page.locator("#player").get_by_role("button", name="Pause").click()
    page.locator("#player").get_by_role("button", name="Play").click()
    listener.rows.nth(0).get_by_role("button", name=re.compile("^More actions")).click()
    listener.rows.nth(0).get_by_role("button", name="Remove").click()
    expect(listener.rows).to_have_count(len(before) - 1)
    page.locator("#panel-tools").get_by_role(
        "button", name="Undo the last change"
    ).click()
    expect(listener.rows).to_have_count(len(before))
    page.get_by_role("button", name="Close the playlist").click()
    expect(listener.rows.first).not_to_be_in_viewport()

    # The drawer holds the conversations.
    page.get_by_role("button", name="Conversations").click()
    expect(page.locator("#side .talk")).to_have_count(1)
    page.get_by_role("link", name="New conversation").click()
    expect(page.locator("#welcome")).to_be_visible()
    expect(page.locator("#player-title")).not_to_have_text("Nothing playing")


def assert_nothing_sticks_out(page):
    width, needed = page.evaluate(
        "[document.documentElement.clientWidth, document.documentElement.scrollWidth]"
    )
    assert needed <= width


def test_by_keyboard_alone(listener, page):
    listener.open("/account/sign-up/")
    page.keyboard.type("ada")
    page.keyboard.press("Tab")
    page.keyboard.type("warm slow rain")
    page.keyboard.press("Enter")
    listener.wait_online()
    page.keyboard.press("Escape")
    expect(page.locator("#composer-text")).to_be_focused()
    page.keyboard.type("something slow and warm")
    page.keyboard.press("Enter")
    turn = listener.reply(0)

    # Back from the message box, the reply's songs are reached by Tab.
    play = turn.locator(".song [data-act=play]").last
    for _ in range(16):
        page.keyboard.press("Shift+Tab")
        if play.evaluate("e => e === document.activeElement"):
            break
    page.keyboard.press("Enter")
    listener.wait_until_heard()
    # Past the question why it is here.
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    like = turn.locator(".song [data-act=like]").last
    expect(like).to_have_attribute("aria-pressed", "true")

    # A song of the playlist moves, goes, and comes back.
    listener.rows.nth(1).locator("[data-act=tray]").focus()
    second = listener.playlist()[1]
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#rows .song__title").first).to_have_text(second)
    expect(listener.rows.nth(0).locator("[data-act=tray]")).to_be_focused()
    count = listener.rows.count()
    page.keyboard.press("Delete")
    expect(listener.rows).to_have_count(count - 1)
    expect(listener.rows.nth(0).locator("[data-act=tray]")).to_be_focused()

    # Space belongs to the player once nothing else wants it.
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Space")
    page.wait_for_function("document.getElementById('audio').paused")
    page.keyboard.press("Space")
    page.wait_for_function("!document.getElementById('audio').paused")
    page.keyboard.press("ArrowRight")
    listener.wait_until_heard(5)


def test_an_earlier_message_is_said_in_other_words(listener, page):
    listener.sign_up()
    listener.say("6 happy pop songs")
    before = listener.playlist()
    listener.say("add 2 jazz songs")
    listener.say("shorter")

    # By keyboard: from the message box back to the pencil of the second message.
    pencil = listener.turns.nth(1).get_by_role("button", name="Edit this message")
    pencil.focus()
    page.keyboard.press("Enter")
    box = page.get_by_label("Your message, in other words")
    expect(box).to_be_focused()
    expect(box).to_have_value("add 2 jazz songs")
    page.keyboard.press("Escape")
    expect(pencil).to_be_focused()
    expect(listener.turns).to_have_count(3)
    page.keyboard.press("Enter")
    box.fill("add 1 metal song")
    page.keyboard.press("Enter")

    expect(listener.turns).to_have_count(2)
    edited = listener.reply(1)
    expect(edited.locator("[data-slot=text]")).to_have_text("add 1 metal song")
    assert listener.playlist()[:6] == before
    assert "Metal" in listener.playlist()[6]
    expect(page.locator("#composer-text")).to_be_focused()

    # What was said before can be read, also after coming back.
    page.reload()
    listener.wait_online()
    expect(listener.turns).to_have_count(2)
    page.get_by_role("link", name="Edited: what was said before").click()
    expect(page.get_by_text("You: add 2 jazz songs")).to_be_visible()
    expect(page.get_by_text("You: shorter")).to_be_visible()

    # And gone on from, by keyboard; another page that is open follows.
    other = page.context.new_page()
    other.goto(listener.url)
    expect(other.locator(".turn")).to_have_count(2)
    name = "Go on from here with “add 2 jazz songs”"
    page.get_by_role("button", name=name).focus()
    page.keyboard.press("Enter")
    listener.wait_online()
    expect(listener.turns).to_have_count(3)
    expect(listener.turns.nth(2).locator("[data-slot=text]")).to_have_text("shorter")
    expect(other.locator(".turn")).to_have_count(3)
    other.close()
    page.get_by_role("link", name="Edited: what was said before").click()
    expect(page.get_by_text("You: add 1 metal song")).to_be_visible()


def test_what_can_be_done_with_a_reply(listener, page):
    listener.sign_up()
    turn = listener.say("6 calm jazz songs")

    # Its songs are proven, and changes are told in figures.
    proof = turn.locator(".song__reason").first
    expect(proof).to_contain_text("energy 0.")
    expect(proof).to_contain_text("asked for at most 0.")
    listener.say("add 2 metal songs")
    figures = page.locator("#change [data-slot=figures]")
    expect(figures).to_contain_text("median energy 0.")
    expect(figures).to_contain_text("3 to 4 min")

    # "More like this" reacts and asks.
    song = turn.locator(".song").nth(0)
    title = song.locator(".song__title").inner_text()
    more = song.get_by_role("button", name="More like this")
    more.click()
    third = listener.reply(2)
    expect(third.locator("[data-slot=text]")).to_contain_text(f"More like “{title}”")
    assert Reaction.objects.get().value == "more"
    expect(more).to_have_attribute("aria-pressed", "true")

    # One that was stopped is tried again in its place.
    message = Message.objects.latest("pk")
    Message.objects.filter(pk=message.pk).update(status=Message.Status.STOPPED)
    page.reload()
    listener.wait_online()
    page.get_by_role("button", name="Say it again").click()
    listener.reply(2)
    expect(listener.turns).to_have_count(3)
    assert Message.objects.filter(branch=None).latest("pk").pk != message.pk


def test_a_message_waits_for_the_reply_before_it(listener, page):
    listener.sign_up()
    listener.say("6 happy pop songs")
    box = page.get_by_role("textbox", name="Message")

    # As if the reply were still being written, for as long as it takes to look.
    soon = timezone.now() + timedelta(minutes=1)
    Message.objects.update(status=Message.Status.RUNNING, alive_at=soon)
    box.fill("add 2 jazz songs")
    page.keyboard.press("Enter")
    expect(listener.turns.nth(1)).to_have_attribute("data-status", "queued")
    expect(page.get_by_text("Waits until this reply is over.")).to_be_visible()

    # It can be taken back, and comes back into the box.
    page.get_by_role("button", name="Take it back").click()
    expect(box).to_have_value("add 2 jazz songs")
    expect(listener.turns).to_have_count(1)

    # Said again, it waits on, and begins when the reply before it has ended.
    page.keyboard.press("Enter")
    expect(listener.turns.nth(1)).to_have_attribute("data-status", "queued")
    Message.objects.update(status=Message.Status.DONE)
    page.reload()
    listener.wait_online()
    listener.reply(1)
    assert len(listener.playlist()) == 8

    # What was undone is redone.
    page.get_by_role("button", name="Undo the last change").click()
    redo = page.get_by_role("button", name="Redo what was undone")
    expect(redo).to_be_enabled()
    redo.click()
    expect(redo).to_be_disabled()
    expect(listener.rows).to_have_count(8)
