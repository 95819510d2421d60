"""The desk's pages: what they show, what pressing does, and what they keep to themselves."""

import re
from html import unescape

import pytest
from django.urls import reverse

from accounts.models import User
from feedback.curation.deeds import record_edit, version_of
from feedback.models import CurationEntry, DonatedRecord, Review
from tests.factories import make_record, make_track, make_user
from tests.feedback.curation.conftest import (
    decide,
    give,
    jazz_asked_metal_approved,
    status,
)
from tests.pages.test_every_page import Page

pytestmark = pytest.mark.django_db

LIST = "/admin/feedback/donatedrecord/"
LOG = "/admin/feedback/curationentry/"


def page_of(record, filters=""):
    return f"{LIST}{record.pk}/change/?_changelist_filters={filters}"


def text_of(response):
    words = unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))
    return re.sub(r"\s+", " ", words)


def listed(response):
    return [record.pk for record in response.context["cl"].result_list]


@pytest.fixture
def desk(client, cara):
    """Sign a curator in."""
    client.force_login(cara)
    return client


def press(client, record, filters="", **data):
    """Post what a button of the record's page, as it is now, would post."""
    shown = client.get(page_of(record, filters))
    data = {"seen": shown.context["seen"], **data}
    return client.post(page_of(record, filters), data, follow=True)


def test_every_page_is_headed_unique_in_its_ids_and_free_of_inline_code(
    desk, never_drawn
):
    record = jazz_asked_metal_approved()
    decide(make_record(), make_user("other"))
    addresses = [
        LIST,
        page_of(record),
        f"{LIST}figures/",
        f"{LIST}agreement/",
        LOG,
        f"{LOG}{CurationEntry.objects.get().pk}/change/",
    ]

    for address in addresses:
        response = desk.get(address)
        assert response.status_code == 200, address
        page = Page(response.content.decode())
        assert len(page.all("h1")) == 1, address
        ids = [a["id"] for _, a in page.found if "id" in a]
        assert len(ids) == len(set(ids)), address
        assert page.all("style") == [], address
        assert all("src" in script for script in page.all("script")), address
        for tag, attributes in page.found:
            bad = [a for a in attributes if a == "style" or a.startswith("on")]
            assert not bad, (address, tag, bad)
            for link in ("for", "aria-labelledby"):
                for named in (attributes.get(link) or "").split():
                    assert named in ids, (address, attributes)
        assert "unsafe" not in response.headers["Content-Security-Policy"]


def test_the_queue_is_by_doubt_or_by_age_and_marks_what_was_taken_out(desk):
    old = make_record("call [phone]", doubt=0.1, week="2026-11-09")
    odd = make_record("<b>odd</b>", doubt=0.9, doubts=["gibberish", "new_one"])
    plain = make_record("plain", doubt=0.1)

    response = desk.get(LIST)
    html = response.content.decode()

    assert listed(response) == [odd.pk, old.pk, plain.pk]
    assert '<mark class="placeholder">[phone]</mark>' in html
    assert "&lt;b&gt;odd&lt;/b&gt;" in html
    assert "reads like gibberish; new_one" in html
    by_age = desk.get(LIST, {"o": "5"})
    assert listed(by_age) == [old.pk, plain.pk, odd.pk][:1] + sorted(
        [plain.pk, odd.pk], key=lambda pk: -DonatedRecord.objects.get(pk=pk).doubt
    )
    assert listed(desk.get(LIST, {"doubt": "gibberish"})) == [odd.pk]
    assert listed(desk.get(LIST, {"doubt": "none"})) == [old.pk, plain.pk]
    assert listed(desk.get(LIST, {"q": str(plain.uuid)})) == [plain.pk]
    assert listed(desk.get(LIST, {"q": "phone"})) == [old.pk]


def test_lists_cost_the_same_for_any_number_of_records(
    desk, django_assert_max_num_queries
):
    for _ in range(12):
        give(approved=[make_track()], refused=[make_track()])

    with django_assert_max_num_queries(16):
        response = desk.get(LIST)

    assert "1 <abbr" in response.content.decode()


def test_the_log_costs_the_same_for_any_number_of_lines(
    desk, dan, never_drawn, django_assert_max_num_queries
):
    for _ in range(12):
        decide(make_record(), dan)

    with django_assert_max_num_queries(8):
        response = desk.get(LOG)

    assert response.content.decode().count("/change/") == 24


def test_a_record_stands_beside_its_constraints_and_the_facts_of_its_songs(desk):
    record = jazz_asked_metal_approved()

    response = desk.get(page_of(record))
    told = text_of(response)

    assert '<mark class="placeholder">[name]</mark>' in response.content.decode()
    assert "jazz 0 approved keep it, 2 don't" in told
    assert "warm Mood" in told
    assert "Approved songs (2)" in told
    assert told.count("isn't jazz") == 2
    assert "Blue Hour" in told
    assert "valence 0.40, energy 0.20" in told
    assert record.pseudonym not in told
    assert record.turn_key not in told


def test_a_decision_leads_to_the_next_of_the_queue(desk, never_drawn):
    first, second, other = (
        make_record(text, doubt=doubt, language=language)
        for text, doubt, language in (
            ("one", 0.9, "el"),
            ("two", 0.5, "el"),
            ("three", 0.7, "en"),
        )
    )
    filters = "language%3Del"

    response = press(desk, first, filters, deed="approve")

    assert response.redirect_chain[0][0] == page_of(second, filters)
    assert status(first) == "approved"
    response = press(desk, second, filters, reason="spam")
    assert response.redirect_chain[0][0] == f"{LIST}?language=el"
    assert "Rejected: spam, or a bot." in text_of(response)
    assert second.reviews.get().reason == "spam"
    # The other is the first that waits, of all.
    assert desk.get(f"{LIST}desk/").url.startswith(f"{LIST}{other.pk}/change/")


@pytest.mark.parametrize(
    "data", [{}, {"deed": "burn"}, {"reason": "because"}, {"deed": "reject"}]
)
def test_what_no_button_posts_is_refused(desk, data):
    record = make_record()

    assert press(desk, record, **data).status_code == 400
    assert status(record) == "waiting"


def test_an_edit_is_checked_for_what_looks_private(desk):
    record = make_record("songs")

    response = press(desk, record, deed="edit", text="songs, tell ada@music.example")

    record.refresh_from_db()
    assert record.text == "songs"
    html = response.content.decode()
    assert "Some of it looks private" in html
    assert "songs, tell [email]</textarea>" in html
    assert "songs, tell ada@music.example</textarea>" in html
    # What stands in brackets already is left, and what is meant so is kept.
    press(desk, record, deed="edit", text="songs, tell [email]")
    record.refresh_from_db()
    assert record.text == "songs, tell [email]"
    press(desk, record, deed="edit", text="songs of 867-5309-1234", anyway="1")
    record.refresh_from_db()
    assert record.text == "songs of 867-5309-1234"


def test_what_was_typed_stays_when_somebody_was_quicker(desk, dan):
    record = make_record("songs")
    shown = desk.get(page_of(record))
    record_edit(record.pk, actor=dan, text="theirs", seen=version_of(record))

    response = desk.post(
        page_of(record),
        {"seen": shown.context["seen"], "deed": "edit", "text": "mine"},
    )

    told = response.content.decode()
    assert "It has changed since you opened it" in told
    assert "mine</textarea>" in told
    assert "<span>theirs</span>" in told
    record.refresh_from_db()
    assert record.text == "theirs"


def test_undo_takes_back_and_shows_what_it_was(desk, never_drawn):
    record = make_record()
    press(desk, record, deed="approve")

    response = desk.post(f"{LIST}undo/", follow=True)

    assert response.redirect_chain[0][0].startswith(f"{LIST}{record.pk}/change/")
    assert status(record) == "waiting"
    assert "nothing of yours" in text_of(desk.post(f"{LIST}undo/", follow=True))
    assert desk.get(f"{LIST}undo/").status_code == 405


def test_a_second_look_is_blind(desk, cara, dan, always_drawn):
    record = make_record()
    record_edit(record.pk, actor=dan, text="by dan", seen=version_of(record))
    decide(record, dan, "private")

    assert listed(desk.get(LIST)) == []
    assert listed(desk.get(LIST, {"look": "rejected"})) == []
    assert listed(desk.get(LIST, {"look": "second"})) == [record.pk]
    assert listed(desk.get(LIST, {"look": "others"})) == []
    told = text_of(desk.get(page_of(record, "look%3Dsecond")))
    assert "Second look" in told
    assert "What was done to it" not in told
    assert "Rejected " not in told
    assert text_of(desk.get(LOG)).count("Text edited") == 1  # the filter
    assert "0 curation entries" in text_of(desk.get(LOG))

    press(desk, record, deed="approve")
    told = text_of(desk.get(page_of(record)))
    assert "What was done to it (3)" in told
    assert "3 curation entries" in text_of(desk.get(LOG))
    assert text_of(desk.get(LOG)).count("waits for a third look") == 1
    assert "for somebody else" in told
    assert listed(desk.get(LIST, {"look": "others"})) == [record.pk]
    assert "1 that you have looked at waits for others" in text_of(
        desk.get(f"{LIST}agreement/")
    )


def test_what_is_withdrawn_meanwhile_is_told_of(desk):
    record = make_record()
    url = page_of(record)
    record.delete()

    response = desk.post(url, {"seen": "x", "deed": "approve"}, follow=True)

    assert "it was withdrawn" in text_of(response)
    assert desk.get(f"{LIST}{'9' * 30}/change/").status_code == 302
    assert desk.get(f"{LIST}x/change/").status_code == 302


def test_a_decided_record_is_taken_back_by_hand(desk, dan, never_drawn):
    record = make_record()
    decide(record, dan)

    press(desk, record, deed="reopen")

    assert status(record) == "waiting"


def choose(client, action, records, *, seen=None, **data):
    """Choose an action in the list for some of what it shows."""
    html = client.get(LIST).content.decode()
    shown = dict(re.findall(r'name="(seen-\d+)" value="(\w+)"', html))
    data = {
        "action": action,
        "_selected_action": [record.pk for record in records],
        **(shown if seen is None else seen),
        **data,
    }
    return client.post(LIST, data, follow=True)


def test_several_are_approved_or_rejected_at_once(desk, never_drawn):
    good, bad, other = make_record("a"), make_record("b"), make_record("c")

    response = choose(desk, "approve", [good])
    assert "Approved 1 record." in text_of(response)
    asked = choose(desk, "reject", [bad, other])
    assert "Reject 2 records" in text_of(asked)
    assert status(bad) == "waiting"
    response = choose(desk, "reject", [bad, other], reason="unclear")

    assert "Rejected 2 records." in text_of(response)
    assert [status(r) for r in (good, bad, other)] == [
        "approved",
        "rejected",
        "rejected",
    ]
    batches = Review.objects.filter(reason="unclear").values_list("batch", flat=True)
    assert len(set(batches)) == 1
    assert "2 taken back." in text_of(desk.post(f"{LIST}undo/", follow=True))


def test_nobody_decides_what_wasnt_shown_to_them(desk, dan, never_drawn):
    seen, changed, unseen = (make_record(text) for text in "abc")
    shown = {f"seen-{record.pk}": version_of(record) for record in (seen, changed)}
    record_edit(changed.pk, actor=dan, text="else", seen=version_of(changed))

    response = choose(
        desk,
        "approve",
        [seen, changed, unseen],
        seen=shown,
        select_across="1",
    )

    told = text_of(response)
    assert "1 that you haven't seen" in told
    assert "1 left: It has changed" in told
    assert [status(r) for r in (seen, changed, unseen)] == [
        "approved",
        "waiting",
        "waiting",
    ]


def test_the_log_tells_who_did_what_and_edits_to_few(desk, client, dan, never_drawn):
    record = make_record("for Otto")
    record_edit(record.pk, actor=dan, text="for [name]", seen=version_of(record))
    entry = CurationEntry.objects.get()
    line = f"{LOG}{entry.pk}/change/"

    told = text_of(desk.get(line))
    assert "dan" in told
    assert str(record.uuid) in told
    assert "for Otto" not in told
    assert desk.get(f"{LIST}{record.pk}/history/").url == f"{LOG}?q={record.uuid}"

    client.force_login(User.objects.create_superuser("root"))
    told = text_of(client.get(line))
    assert "for Otto" in told
    assert "for [name]" in told
    assert "icon-yes" in client.get(line).content.decode()
    record.delete()
    told = text_of(client.get(line))
    assert "gone with its record" in told
    assert "(withdrawn)" in told


def test_charts_are_drawn_by_the_server_with_their_figures_beside(desk):
    give(approved=[make_track(genres=("jazz",), year=1959)])

    html = desk.get(f"{LIST}figures/").content.decode()

    assert html.count('role="img"') == 5
    assert html.count("<title id=") == html.count("<desc id=") == 5
    assert html.count(', figures"') == 5
    assert "1950s" in html
    assert len(html) < 60_000


def test_the_addresses_of_the_desk_have_names():
    for name in ("changelist", "desk", "undo", "figures", "agreement"):
        assert reverse(f"admin:feedback_donatedrecord_{name}").startswith(LIST)
