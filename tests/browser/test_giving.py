"""Agreeing to give, seeing what was given, deleting it, and withdrawing."""

import uuid

import pytest
from playwright.sync_api import expect

from accounts.models import User
from catalog.models import Track
from feedback.models import DonatedRecord
from tests.browser.test_account import assert_nothing_sticks_out
from tests.feedback.donation.giving import Value, react
from tests.waiting import until

pytestmark = pytest.mark.browser


def test_giving_is_agreed_to_seen_in_full_deleted_and_withdrawn(
    listener, page, site, assert_accessible
):
    site.start_worker()
    listener.sign_up()
    ada = User.objects.get(username="ada")
    songs = list(Track.objects.order_by("pk")[:9])
    for song in songs[:5]:
        react(ada, song, turn=uuid.uuid4())
    listener.open("/playlists/")
    assert_accessible("the invitation")
    page.get_by_role("link", name="Read about it").click()
    assert_accessible("what may be given")
    page.get_by_role("button", name="Give from now on").first.click()
    expect(page.get_by_text("Thank you. You give from now on.")).to_be_visible()

    turn = uuid.uuid4()
    react(ada, songs[5], turn=turn)
    react(ada, songs[6], Value.DISLIKE, turn=turn, position=3)
    react(ada, songs[7], turn=uuid.uuid4(), words="songs for Liam's birthday", asked={})
    until(lambda: DonatedRecord.objects.count() == 2, "a worker makes no records")
    page.get_by_role("link", name="See all of it").click()
    records = page.locator(".given__record")
    expect(records).to_have_count(2)
    expect(records.first).to_contain_text("songs for [name]'s birthday")
    expect(records.last).to_contain_text("for my wife [name], I'm at [email]")
    expect(records.last.locator("li")).to_have_count(2)
    assert_accessible("what was given")
    page.set_viewport_size({"width": 390, "height": 844})
    assert_nothing_sticks_out(page, "what was given")
    assert_accessible("what was given on a phone")
    page.get_by_role("button", name="Delete: songs for [name]").press("Enter")
    expect(records).to_have_count(1)

    page.get_by_role("main").get_by_role("link", name="What you give").click()
    assert_nothing_sticks_out(page, "what may be given")
    assert_accessible("what may be given on a phone")
    page.get_by_role("button", name="Stop, and delete what I gave").press("Enter")
    expect(page.get_by_text("what you gave is deleted")).to_be_visible()
    expect(page.get_by_text("Nothing so far.")).to_be_visible()
    assert not DonatedRecord.objects.exists()
