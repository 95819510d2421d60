"""Two reviewers at the very same record: one deed counts, and the other is told."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from feedback.curation.deeds import (
    DeedRefused,
    Verdict,
    last_undo,
    record_decide,
    record_edit,
    version_of,
)
from feedback.models import CurationEntry, DonatedRecord, Review
from tests.factories import make_record, make_user
from tests.feedback.curation.conftest import status
from tests.waiting import is_someone_waiting_for_a_row, until

pytestmark = pytest.mark.django_db(transaction=True)


def held_up(first, second):
    """Do the second deed while the first isn't committed yet.

    Returns what the second came to: its refusal in words, or "done".
    """

    def do():
        try:
            second()
        except DeedRefused as problem:
            return str(problem)
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            running = pool.submit(do)
            until(is_someone_waiting_for_a_row, "the second doesn't wait")
        return running.result(60)


def test_one_record_is_decided_once(never_drawn):
    cara, dan, record = make_user("cara"), make_user("dan"), make_record()
    seen = version_of(record)

    told = held_up(
        lambda: record_decide(record.pk, actor=cara, verdict=Verdict(), seen=seen),
        lambda: record_decide(
            record.pk, actor=dan, verdict=Verdict(Review.Reason.SPAM), seen=seen
        ),
    )

    assert "has changed" in told
    assert status(record) == "approved"
    assert list(CurationEntry.objects.values_list("actor", flat=True)) == [cara.pk]


def test_no_edit_is_lost(never_drawn):
    cara, dan, record = make_user("cara"), make_user("dan"), make_record()
    seen = version_of(record)

    told = held_up(
        lambda: record_edit(record.pk, actor=cara, text="hers", seen=seen),
        lambda: record_edit(record.pk, actor=dan, text="his", seen=seen),
    )

    assert "has changed" in told
    assert DonatedRecord.objects.get().text == "hers"
    assert record.edits.count() == 1


def test_what_is_withdrawn_at_that_moment_isnt_decided(never_drawn):
    dan, record = make_user("dan"), make_record()
    pk, seen = record.pk, version_of(record)

    told = held_up(
        record.delete,
        lambda: record_decide(pk, actor=dan, verdict=Verdict(), seen=seen),
    )

    assert "withdrawn" in told
    assert not Review.objects.exists()
    assert not CurationEntry.objects.exists()


def test_undo_and_another_ones_edit_come_one_after_the_other(never_drawn):
    cara, dan, record = make_user("cara"), make_user("dan"), make_record()
    record_decide(record.pk, actor=cara, verdict=Verdict(), seen=version_of(record))
    seen = version_of(record)

    told = held_up(
        lambda: record_edit(record.pk, actor=dan, text="his", seen=seen),
        lambda: last_undo(cara),
    )

    assert "gone on" in told
    # Other words are looked at anew; the approval isn't what was taken back.
    assert status(record) == "waiting"
    assert not CurationEntry.objects.filter(kind="undone").exists()


def test_many_at_one_moment(never_drawn):
    record = make_record()
    seen = version_of(record)
    people = [make_user(f"reviewer{n}") for n in range(6)]
    begin = threading.Barrier(len(people))

    def decide(person):
        begin.wait(60)
        try:
            record_decide(record.pk, actor=person, verdict=Verdict(), seen=seen)
        except DeedRefused:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(len(people)) as pool:
        done = list(pool.map(decide, people))

    assert done.count(True) == 1
    assert Review.objects.count() == CurationEntry.objects.count() == 1
