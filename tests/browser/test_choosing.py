"""Choosing instead of saying: chips above the message box, and the picture of moods."""

import re
from statistics import median

import pytest
from playwright.sync_api import expect

from catalog.models import Track

pytestmark = pytest.mark.browser


def facts_of(titles, attribute):
    tracks = {t.title: t for t in Track.objects.filter(title__in=titles)}
    return [getattr(tracks[title], attribute) for title in titles]


def chip(page, label):
    return page.locator("#chips-list > li").filter(has_text=label)


def test_chips_are_set_and_let_go_of(listener, page, assert_accessible):
    listener.sign_up()
    expect(page.locator("#chips")).to_be_hidden()
    listener.say("calm folk from the 70s, but no metal")
    labels = page.locator("#chips-list .chips__label")
    expect(labels).to_have_text(["calm", "folk", "not metal", "70s"])
    expect(page.locator("#chips-said")).to_contain_text("must folk")
    assert_accessible("chips")

    # A must becomes a wish, by keyboard; the list of few grows.
    count = listener.rows.count()
    folk = chip(page, "folk")
    folk.get_by_role("button", name="must folk").focus()
    page.keyboard.press("Enter")
    listener.reply(1)
    expect(folk.get_by_role("button", name="rather folk")).to_be_focused()
    expect(page.locator("#chips-said")).to_have_text("Asked for now: rather folk.")
    assert listener.rows.count() >= count

    # One is let go of: the list changes, and the focus stays among the chips.
    before = listener.playlist()
    folk.get_by_role("button", name="Let go of “folk”").focus()
    page.keyboard.press("Enter")
    turn = listener.reply(2)
    expect(turn.locator("[data-slot=text]")).to_have_text("Let go of: folk")
    expect(labels).to_have_text(["calm", "not metal", "70s"])
    expect(page.locator("#chips-said")).to_have_text("No longer: folk.")
    expect(page.get_by_role("button", name="Let go of “not metal”")).to_be_focused()
    after = listener.playlist()
    assert before != after

    # Undone with the list's own button, and the same after a reload.
    page.locator("#panel-tools [data-act=undo]").click()
    expect(folk).to_be_visible()
    expect(listener.rows.first).to_contain_text(before[0])
    assert listener.playlist() == before
    page.reload()
    listener.wait_online()
    expect(folk.get_by_role("button", name="rather folk")).to_be_visible()


def test_a_mood_is_pointed_at_and_a_path_drawn(listener, page, assert_accessible):
    listener.sign_up()
    opener = page.get_by_role("button", name="Mood", exact=True)
    opener.click()
    field = page.locator("#plane-field")
    expect(field).to_be_focused()
    box = page.locator("#plane-picture").bounding_box()

    def at(valence, energy):
        return (
            box["x"] + valence * box["width"],
            box["y"] + (1 - energy) * box["height"],
        )

    # A press begins a list of that mood, and nothing is left to be set then.
    setter = page.get_by_role("button", name="Set this mood")
    expect(setter).to_be_disabled()
    page.mouse.click(*at(0.8, 0.75))
    listener.reply(0)
    expect(setter).to_be_disabled()
    page.keyboard.press("Enter")
    expect(page.locator("#plane-words")).to_have_text("Asked for: cheerful, lively.")
    expect(page.locator("#plane-dots circle")).to_have_count(listener.rows.count())
    assert median(facts_of(listener.playlist(), "valence")) > 0.65
    expect(page.locator("#plane-area")).to_be_visible()
    expect(page.locator("#chips-list .chips__label")).to_have_text(["cheerful, lively"])
    assert_accessible("picture of moods")

    # A line from calm to wild orders the list.
    page.mouse.move(*at(0.4, 0.1))
    page.mouse.down()
    page.mouse.move(*at(0.5, 0.5), steps=4)
    page.mouse.move(*at(0.5, 0.9), steps=4)
    expect(page.locator("#plane-line")).to_be_visible()
    page.mouse.up()
    listener.reply(1)
    energies = facts_of(listener.playlist(), "energy")
    assert median(energies[:4]) < median(energies[-4:])
    expect(page.locator("#plane-path-end")).to_be_visible()

    # By keyboard: a point, and a second one.
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    expect(page.locator("#plane-words")).to_have_text("a bit sad")
    expect(setter).to_be_enabled()
    page.keyboard.press("Shift+Enter")
    for key in ["ArrowRight"] * 8 + ["ArrowUp"] * 8:
        page.keyboard.press(key)
    expect(page.locator("#plane-words")).to_have_text(
        "from a bit sad to cheerful, energetic"
    )
    page.keyboard.press("Enter")
    turn = listener.reply(2)
    expect(turn.locator("[data-slot=text]")).to_have_text(
        "Mood: from a bit sad to cheerful and energetic"
    )
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    expect(page.locator("#chips-list .chips__label")).to_have_text(
        ["from a bit sad to cheerful and energetic"]
    )


def centre_of(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def draw_by_finger(page, *places):
    """Put a finger on the picture of moods and lead it through places (valence, energy)."""
    box = page.locator("#plane-picture").bounding_box()
    session = page.context.new_cdp_session(page)
    for number, (valence, energy) in enumerate(places):
        point = {
            "x": box["x"] + valence * box["width"],
            "y": box["y"] + (1 - energy) * box["height"],
        }
        kind = "touchMove" if number else "touchStart"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_on_a_phone_chips_are_one_line_and_the_picture_is_a_sheet(
    phone, check_accessible
):
    page = phone.page
    phone.sign_up()
    phone.say("20 calm happy jazz songs from the 60s, no soul, no metal, nothing live")
    row = page.locator("#chips-list")
    chips = row.locator("li")
    assert len({chips.nth(n).bounding_box()["y"] for n in range(chips.count())}) == 1
    assert row.evaluate("list => list.scrollWidth > list.clientWidth")
    assert row.bounding_box()["height"] < 48
    composer = page.locator("#composer").bounding_box()
    assert composer["x"] + composer["width"] < 390
    last = chips.last.get_by_role("button", name=re.compile("^Let go"))
    last.focus()
    expect(last).to_be_in_viewport()
    check_accessible(page, "chips on a phone")

    page.get_by_role("button", name="Mood", exact=True).click()
    sheet = page.locator("#plane").bounding_box()
    assert sheet["x"] == 0
    assert sheet["width"] == 390
    assert sheet["y"] + sheet["height"] == pytest.approx(844, abs=1)
    expect(page.get_by_role("button", name="Set this mood")).to_be_in_viewport()
    page.get_by_role("button", name="End somewhere else").click()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    check_accessible(page, "picture of moods on a phone")
    page.get_by_role("button", name="Set this mood").tap()
    phone.reply(1)

    # By finger, a line and a press; the page doesn't scroll under it.
    draw_by_finger(page, (0.3, 0.1), (0.4, 0.5), (0.9, 0.9))
    said = phone.reply(2).locator("[data-slot=text]")
    expect(said).to_have_text("Mood: from a bit sad and calm to happy and energetic")
    page.touchscreen.tap(*centre_of(page.locator("#plane-picture")))
    said = phone.reply(3).locator("[data-slot=text]")
    expect(said).to_have_text("Mood: balanced")
    page.get_by_role("button", name="Close the mood picture").tap()
    expect(page.locator("#plane")).to_be_hidden()
