"""No record is lost and none doubled, whatever dies and whoever comes at once."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

import django_rq
import pytest
from django.db import connection

from accounts.deleting import user_delete
from catalog.slots import OTHER_QUEUE
from feedback.curation.deeds import Verdict, record_decide, version_of
from feedback.donation.consent import consents_of
from feedback.donation.queueing import donations_sweep
from feedback.donation.records import records_of
from feedback.donation.work import donations_make
from feedback.models import DonatedRecord, DonatedTrack, DonationDue
from tests.factories import make_track, make_user
from tests.feedback.donation.giving import Value, agree, react, said_in, withdraw, work
from tests.waiting import is_someone_waiting_for_a_row, until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_redis"),
]
# Statements of a job at most: were there more, the last ones would go untested.
STATEMENTS = 60


class Killed(BaseException):
    """Ends a worker as a signal does: nothing catches it."""


@pytest.fixture
def ada():
    user = make_user("ada")
    agree(user)
    return user


@contextmanager
def killed_at(number):
    """Kill whoever sends the number-th statement, before the database hears it."""
    sent = []

    def count(execute, *statement):
        sent.append(statement[0])
        if len(sent) == number:
            connection.connection.close()
            raise Killed
        return execute(*statement)

    with connection.execute_wrapper(count):
        try:
            yield
        except Killed:
            connection.close()


def test_a_worker_may_be_killed_at_each_step_of_making_and_of_changing(ada):
    rain, sun, turn = make_track("Rain"), make_track("Sun"), uuid.uuid4()
    before = []
    for value in (Value.LIKE, Value.DISLIKE):
        react(ada, rain, value, turn=turn)
        react(ada, sun, turn=turn)
        for number in range(1, STATEMENTS):
            DonationDue.objects.update(due_at="2026-01-01T00:00:00Z")
            with killed_at(number):
                donations_make(ada.pk)
            if not DonationDue.objects.exists():
                break
            assert [said_in(r) for r in records_of(ada.pk)] == before

        before = [{"Rain": value == Value.LIKE, "Sun": True}]
        assert 10 < number < STATEMENTS - 1
        assert [said_in(r) for r in records_of(ada.pk)] == before
        assert DonatedRecord.objects.count() == 1
        assert DonatedTrack.objects.count() == 2


def test_a_worker_killed_before_it_begins_is_made_up_for_by_the_sweeper(ada):
    react(ada, make_track("Rain"), turn=uuid.uuid4())
    # Its job waits in the queue; then Redis forgets it.
    assert donations_sweep() == 0
    django_rq.get_queue(OTHER_QUEUE).empty()

    assert donations_sweep() == 1
    assert len(work(ada)) == 1
    assert donations_sweep() == 0


def in_thread(do):
    try:
        return do()
    finally:
        connection.close()


@contextmanager
def meanwhile(start, do):
    """Run something in another thread, before the first statement that begins so.

    The statement is sent once the other waits for a row of ours.
    """
    begun = []

    def look(execute, sql, *rest):
        if sql.startswith(start) and not begun:
            begun.append(pool.submit(in_thread, do))
            until(
                lambda: begun[0].done() or is_someone_waiting_for_a_row(),
                "the other neither waits nor ends",
            )
            assert not begun[0].done(), begun[0].exception() or "it waited for nobody"
        return execute(sql, *rest)

    with ThreadPoolExecutor(1) as pool, connection.execute_wrapper(look):
        yield
        begun[0].result(60)


def test_two_workers_at_once_make_one_record_of_each_turn(ada):
    turns = [uuid.uuid4() for _ in range(6)]
    for turn in turns:
        react(ada, make_track(), turn=turn)
    both = threading.Barrier(2)

    def make():
        both.wait(30)
        return donations_make(ada.pk)

    with ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(in_thread, make) for _ in range(both.parties)]
        counts = [job.result(60) for job in jobs]

    assert sum(counts) == len(turns)
    assert records_of(ada.pk).count() == len(turns)
    assert not DonationDue.objects.exists()


def test_a_reaction_made_while_its_turn_is_worked_at_is_not_lost(ada):
    rain, sun, turn = make_track("Rain"), make_track("Sun"), uuid.uuid4()
    react(ada, rain, turn=turn)

    with meanwhile(
        'DELETE FROM "feedback_donationdue"', partial(react, ada, sun, turn=turn)
    ):
        donations_make(ada.pk)

    (record,) = work(ada)
    assert said_in(record) == {"Rain": True, "Sun": True}


@pytest.mark.parametrize("leave", [withdraw, user_delete], ids=["withdraw", "delete"])
def test_whoever_leaves_while_their_record_is_written_leaves_none(ada, leave):
    react(ada, make_track("Rain"), turn=uuid.uuid4())

    with meanwhile('INSERT INTO "feedback_donatedrecord"', partial(leave, ada)):
        donations_make(ada.pk)

    assert not DonatedRecord.objects.exists()
    assert not DonatedTrack.objects.exists()
    assert not DonationDue.objects.exists()


@pytest.mark.parametrize("leave", [withdraw, user_delete], ids=["withdraw", "delete"])
def test_a_job_that_comes_while_somebody_leaves_makes_nothing(ada, leave):
    react(ada, make_track("Rain"), turn=uuid.uuid4())
    work(ada)
    react(ada, make_track("Sun"), turn=uuid.uuid4())
    pk = ada.pk

    with meanwhile('DELETE FROM "feedback_donated', partial(donations_make, pk)):
        leave(ada)

    assert not DonatedRecord.objects.exists()
    assert not DonationDue.objects.exists()


def test_a_reaction_made_while_somebody_withdraws_gives_nothing(ada):
    rain, turn = make_track("Rain"), uuid.uuid4()
    react(ada, rain, turn=turn)
    work(ada)

    with meanwhile(
        'DELETE FROM "feedback_donatedtrack',
        partial(react, ada, make_track("Sun"), turn=turn),
    ):
        withdraw(ada)

    assert not DonationDue.objects.exists()
    assert work(ada) == []


@pytest.mark.parametrize("leave", [withdraw, user_delete], ids=["withdraw", "delete"])
def test_whoever_leaves_while_a_record_is_reviewed_leaves_none(ada, leave):
    react(ada, make_track("Rain"), turn=uuid.uuid4())
    (record,) = work(ada)
    curator = make_user("curator", is_staff=True, is_superuser=True)
    seen = version_of(record)

    with meanwhile('INSERT INTO "feedback_review"', partial(leave, ada)):
        record_decide(record.pk, actor=curator, verdict=Verdict(), seen=seen)

    assert not DonatedRecord.objects.exists()
    assert not consents_of(ada.pk).since
