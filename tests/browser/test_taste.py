"""Saying why a song isn't liked, and the page of what all that adds up to."""

import re

import pytest
from playwright.sync_api import expect

from accounts.models import User
from catalog.maps.making import map_make
from catalog.models import Track
from feedback.models import NeverAgain, Reaction
from feedback.services import Value, reaction_set

pytestmark = pytest.mark.browser


def say_of_songs(user):
    """Let a listener like jazz and metal, and two songs by an artist of neither."""
    for genre, value in (("Jazz", "like"), ("Metal", "like"), ("House", "dislike")):
        for track in Track.objects.filter(title__startswith=f"{genre} Piece")[:7]:
            reaction_set(user=user, track=track, value=Value(value))


def test_a_listener_says_why_and_looks_after_their_taste(
    listener, page, assert_accessible
):
    listener.sign_up()
    listener.say("8 happy pop songs")
    titles = listener.playlist()

    # Disliked by keyboard, and why; then one that is never to come again.
    row = listener.rows.nth(0)
    row.get_by_role("button", name="Not for me").focus()
    page.keyboard.press("Enter")
    reasons = row.get_by_role("group", name="Why isn't it for you?")
    expect(reasons).to_be_visible()
    assert_accessible("reasons")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    reasons.get_by_role("button", name="Heard too often").focus()
    page.keyboard.press("Enter")
    expect(reasons).to_be_hidden()
    expect(row.get_by_role("button", name="Not for me")).to_be_focused()
    second = listener.rows.nth(1)
    second.get_by_role("button", name="Not for me").click()
    expect(reasons).to_be_hidden()
    second.get_by_role("button", name="Never again").first.click()
    gone = page.get_by_text(titles[1], exact=True)
    expect(listener.rows.filter(has=gone)).to_have_count(0)

    # What plays moves on when it is ruled out; and that can be undone at once.
    songs = listener.turns.last.locator(".song")
    cards = songs.locator(".song__title").all_inner_texts()
    songs.nth(2).locator("[data-act=play]").click()
    expect(page.locator("#player-title")).to_have_text(cards[2])
    songs.nth(2).get_by_role("button", name="Not for me").click()
    songs.nth(2).get_by_role("button", name="Never again").click()
    expect(page.locator("#player-title")).to_have_text(cards[3])
    notice = page.locator(".notice").filter(has_text=f"Never again: {cards[2]}")
    notice.get_by_role("button", name="Undo").click()
    expect(notice).to_have_count(0)
    page.get_by_role("button", name="Pause", exact=True).click()
    ada = User.objects.get(username="ada")
    first = Reaction.objects.filter(track__title=titles[0]).values_list(
        "value", "reason"
    )
    assert set(first) == {("dislike", ""), ("dislike", "overplayed")}
    assert NeverAgain.objects.get(user=ada, lifted_at=None).track.title == titles[1]

    # A page that is opened later passes it over too, until it is lifted in another tab.
    other = page.context.new_page()
    other.goto(listener.url)
    listener.open("/")
    listener.wait_online()
    out = songs.filter(has=gone)
    expect(out.locator("[data-act=play]")).to_be_disabled()
    expect(out.get_by_role("button", name="May come again")).to_be_visible()
    assert_accessible("ruled out")
    songs.nth(cards.index(titles[1]) - 1).locator("[data-act=play]").click()
    page.get_by_role("button", name="Next song").click()
    expect(page.locator("#player-title")).to_have_text(cards[2])
    there = (
        other.locator(".turn")
        .first.locator(".song")
        .filter(has=other.get_by_text(titles[1], exact=True))
    )
    there.get_by_role("button", name="May come again").click()
    expect(out.locator("[data-act=play]")).to_be_enabled()
    songs.nth(cards.index(titles[1]) - 1).locator("[data-act=play]").click()
    page.get_by_role("button", name="Next song").click()
    expect(page.locator("#player-title")).to_have_text(titles[1])

    # Said in words, it stops in all tabs.
    listener.say(f"never play {titles[1]} again")
    expect(page.locator("#player-title")).to_have_text(cards[2])
    expect(there.locator("[data-act=play]")).to_be_disabled()
    page.get_by_role("button", name="Pause", exact=True).click()
    other.close()

    # The page tells it in words and pictures.
    say_of_songs(ada)
    map_make()
    listener.open("/taste/")
    expect(page.get_by_role("heading", name="2 interests, kept apart")).to_be_visible()
    expect(
        page.get_by_role("img", name=re.compile("map of the catalog"))
    ).to_be_visible()
    expect(page.locator(".taste__dot")).to_have_count(14)
    assert_accessible("taste")

    # What is forgotten doesn't come back; the dial and the list of never stay as set.
    page.get_by_role("button", name="Forget Jazz One").click()
    expect(page.get_by_text("That counts no more.")).to_be_visible()
    expect(page.get_by_role("button", name="Forget Jazz One")).to_have_count(0)
    dial = page.get_by_role("slider", name="as much as")
    dial.focus()
    page.keyboard.press("End")
    page.get_by_role("button", name="Set", exact=True).click()
    expect(dial).to_have_value("100")
    page.get_by_role("button", name="May come again", exact=True).click()
    expect(page.get_by_text("That may come again.")).to_be_visible()
    page.get_by_role("button", name="Never play Metal Two again").click()
    expect(page.get_by_text("all of this artist's songs")).to_be_visible()
    page.get_by_role("button", name="Forget my taste").click()
    expect(page.get_by_role("heading", name="Nothing yet")).to_be_visible()
    assert Reaction.objects.filter(user=ada).count() > 20
