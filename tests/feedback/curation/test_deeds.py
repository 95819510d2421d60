"""What reviewers do: decide, look a second and third time, edit, take back."""

import uuid

import pytest

from feedback.curation.deeds import (
    DeedRefused,
    Verdict,
    digest_of,
    last_undo,
    record_changed,
    record_edit,
    record_reopen,
    records_decide,
    version_of,
)
from feedback.curation.looks import (
    first_looks,
    is_drawn,
    looked_at,
    second_looks,
    secret_to,
    third_looks,
)
from feedback.models import CurationEntry, RecordEdit, Review
from tests.factories import make_record, make_track
from tests.feedback.curation.conftest import decide, give, status

pytestmark = pytest.mark.django_db

Reason = Review.Reason


def test_a_first_look_decides(cara, never_drawn):
    good, bad = make_record(), make_record()

    decide(good, cara)
    decide(bad, cara, "spam")

    assert (status(good), status(bad)) == ("approved", "rejected")
    assert bad.reviews.get().reason == "spam"
    assert not first_looks().exists()


def test_nobody_decides_what_is_decided(cara, dan, never_drawn):
    record = make_record()
    decide(record, cara)

    with pytest.raises(DeedRefused, match="decided already"):
        decide(record, dan, "spam")

    assert status(record) == "approved"
    assert record.reviews.count() == CurationEntry.objects.count() == 1


def test_the_draw_is_the_same_each_time_keyed_and_of_about_the_share(settings):
    records = [uuid.UUID(int=n) for n in range(4000)]

    drawn = [is_drawn(record, share=0.1) for record in records]

    assert drawn == [is_drawn(record, share=0.1) for record in records]
    # Four standard deviations around 400.
    assert 320 < sum(drawn) < 480
    assert not any(is_drawn(record, share=0) for record in records[:100])
    assert all(is_drawn(record, share=1) for record in records[:100])
    more = [is_drawn(record, share=0.2) for record in records]
    assert all(more[n] for n, is_first in enumerate(drawn) if is_first)
    settings.SECRET_KEY = "another one, long enough to be a key"
    assert drawn != [is_drawn(record, share=0.1) for record in records]


@pytest.mark.parametrize(
    ("reason", "becomes"), [("", "approved"), ("spam", "rejected")]
)
def test_a_drawn_record_waits_for_another_one_who_mustnt_see_the_first(
    cara, dan, always_drawn, reason, becomes
):
    record = make_record()
    decide(record, cara, reason)

    assert status(record) == "waiting"
    assert not first_looks().exists()
    assert list(second_looks(dan)) == [record]
    assert list(secret_to(dan)) == [record]
    assert not second_looks(cara).exists()
    assert list(looked_at(cara)) == [record]
    assert not looked_at(dan).exists()
    with pytest.raises(DeedRefused, match="somebody else"):
        decide(record, cara)

    decide(record, dan, reason)
    assert status(record) == becomes
    assert not second_looks(dan).exists()
    assert not looked_at(cara).exists()


def test_the_log_tells_which_look_a_record_waited_for_then(
    cara, dan, finn, always_drawn
):
    record = make_record()
    decide(record, cara)
    decide(record, dan, "private")
    last_undo(dan)
    decide(record, dan, "private")
    decide(record, finn)

    lines = CurationEntry.objects.order_by("id").values_list("kind", "then")
    assert list(lines) == [
        ("approved", 2),
        ("rejected", 3),
        ("undone", 2),
        ("rejected", 3),
        ("approved", None),
    ]


@pytest.mark.parametrize(("third", "becomes"), [("", "approved"), ("spam", "rejected")])
def test_where_two_differ_nothing_holds_until_a_third_has_looked(
    cara, dan, finn, always_drawn, third, becomes
):
    record = make_record()
    decide(record, cara)
    decide(record, dan, "private")

    assert status(record) == "waiting"
    assert not first_looks().exists()
    assert list(third_looks(finn)) == [record]
    assert not third_looks(cara).exists()
    assert not third_looks(dan).exists()
    assert list(looked_at(cara)) == list(looked_at(dan)) == [record]

    decide(record, finn, third)
    assert status(record) == becomes
    assert not third_looks(finn).exists()
    assert not secret_to(finn).exists()


def test_two_who_reject_for_other_reasons_agree(cara, dan, always_drawn):
    record = make_record()
    decide(record, cara, "spam")
    decide(record, dan, "unclear")

    assert status(record) == "rejected"


def test_what_has_changed_since_it_was_seen_isnt_decided(cara, dan, never_drawn):
    record = make_record()
    seen = version_of(record)
    record_edit(record.pk, actor=dan, text="slow songs", seen=seen)

    done = records_decide({record.pk: seen}, actor=cara, verdict=Verdict())

    assert done.records == ()
    assert "has changed" in done.refused[record.pk]
    assert status(record) == "waiting"


def test_songs_that_its_giver_changes_change_what_was_seen():
    record = give(approved=[make_track()])
    seen = version_of(record)

    record.tracks.update(is_approved=False)

    assert version_of(record) != seen


def test_of_several_each_is_decided_by_itself(cara, never_drawn):
    good, gone = make_record(), make_record()
    seen = {good.pk: version_of(good), gone.pk: version_of(gone)}
    pk = gone.pk
    gone.delete()

    done = records_decide(seen, actor=cara, verdict=Verdict(Reason.SPAM))

    assert done.records == (good.pk,)
    assert "withdrawn" in done.refused[pk]
    assert status(good) == "rejected"


def test_an_edit_keeps_what_was_and_what_became(cara):
    record = make_record("for my friend Otto")

    record_edit(
        record.pk, actor=cara, text=" for my friend [name]\r\n", seen=version_of(record)
    )

    record.refresh_from_db()
    assert record.text == "for my friend [name]"
    edit, entry = RecordEdit.objects.get(), CurationEntry.objects.get()
    assert (edit.before, edit.after) == ("for my friend Otto", "for my friend [name]")
    assert (entry.edit, entry.kind, entry.actor) == (edit.uuid, "edited", cara)
    assert bytes(entry.before_digest) == digest_of(edit.before, bytes(edit.salt))
    assert bytes(entry.after_digest) == digest_of(edit.after, bytes(edit.salt))


def test_what_was_decided_of_other_words_is_looked_at_anew(cara, dan, never_drawn):
    record = make_record("for my friend [name]")
    decide(record, cara)

    record_edit(record.pk, actor=dan, text="for Otto", seen=version_of(record))

    assert status(record) == "waiting"
    assert list(first_looks()) == [record]
    assert not record.reviews.filter(is_standing=True).exists()
    # Nor does taking the edit back let anything pass by itself.
    last_undo(dan)
    assert status(record) == "waiting"
    decide(record, cara)
    assert status(record) == "approved"


def test_what_was_found_of_other_words_doesnt_count_for_a_second_look(
    cara, dan, always_drawn
):
    record = make_record("for Otto")
    decide(record, cara)

    record_edit(record.pk, actor=dan, text="for [name]", seen=version_of(record))

    assert list(first_looks()) == [record]
    assert not second_looks(dan).exists()
    decide(record, cara)
    assert status(record) == "waiting"


@pytest.mark.parametrize("text", ["", " \n", "x" * 4001, "slow songs for rain"])
def test_an_edit_that_makes_no_sense_is_refused(cara, text):
    record = make_record()

    with pytest.raises(DeedRefused):
        record_edit(record.pk, actor=cara, text=text, seen=version_of(record))

    assert not CurationEntry.objects.exists()


def test_the_last_deed_is_taken_back_and_then_the_one_before(cara, never_drawn):
    first, second = make_record("one"), make_record("two")
    decide(first, cara)
    record_edit(second.pk, actor=cara, text="two, [name]", seen=version_of(second))
    decide(second, cara, "spam")

    assert last_undo(cara).records == (second.pk,)
    assert (status(first), status(second)) == ("approved", "waiting")
    assert list(first_looks()) == [second]

    last_undo(cara)
    second.refresh_from_db()
    assert second.text == "two"

    last_undo(cara)
    assert status(first) == "waiting"
    with pytest.raises(DeedRefused, match="nothing of yours"):
        last_undo(cara)
    kinds = CurationEntry.objects.order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["approved", "edited", "rejected", *["undone"] * 3]


def test_what_was_done_at_once_is_taken_back_at_once(cara, dan, never_drawn):
    records = [make_record(str(n)) for n in range(3)]
    seen = {record.pk: version_of(record) for record in records}
    records_decide(seen, actor=cara, verdict=Verdict())
    record_reopen(records[0].pk, actor=dan, seen=version_of(records[0]))
    decide(records[0], dan, "spam")

    done = last_undo(cara)

    # Where somebody has gone on, it stays.
    assert done.records == (records[1].pk, records[2].pk)
    assert list(done.refused) == [records[0].pk]
    assert [status(record) for record in records] == ["rejected", "waiting", "waiting"]


def test_a_first_look_isnt_taken_back_behind_a_second(cara, dan, finn, always_drawn):
    record = make_record()
    decide(record, cara)
    decide(record, dan, "spam")

    with pytest.raises(DeedRefused, match="gone on"):
        last_undo(cara)

    assert list(third_looks(finn)) == [record]
    last_undo(dan)
    assert status(record) == "waiting"
    assert list(second_looks(dan)) == [record]


def test_a_record_that_is_taken_back_begins_anew(cara, dan, never_drawn):
    record = make_record()
    decide(record, cara)

    record_reopen(record.pk, actor=dan, seen=version_of(record))

    assert status(record) == "waiting"
    assert list(first_looks()) == [record]
    with pytest.raises(DeedRefused, match="Nobody has decided"):
        record_reopen(record.pk, actor=dan, seen=version_of(record))
    decide(record, cara, "unclear")
    assert status(record) == "rejected"


def test_a_record_that_its_giver_changes_begins_anew_and_the_log_tells_no_time(
    cara, never_drawn
):
    record = make_record()
    decide(record, cara)
    lines = CurationEntry.objects.count()

    record_changed(record)

    assert list(first_looks()) == [record]
    assert CurationEntry.objects.count() == lines


def test_queues_of_many_records_cost_one_query_each(
    cara, dan, always_drawn, django_assert_num_queries
):
    for n in range(5):
        record = make_record(str(n))
        decide(record, cara)
        decide(record, dan, "spam")

    with django_assert_num_queries(4):
        for queue in (first_looks(), second_looks(cara), third_looks(cara)):
            assert list(queue) == []
        assert len(looked_at(cara)) == 5


def test_where_one_person_reviews_alone_nothing_waits_for_another(cara, always_drawn):
    record = make_record()

    decide(record, cara)

    assert status(record) == "approved"
