"""All who lock what people gave do so in one order: nobody waits in a circle."""

import re
import uuid
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.deleting import user_delete
from accounts.models import User
from catalog.merging.tracks import tracks_merge
from feedback.curation.deeds import (
    Verdict,
    last_undo,
    record_decide,
    record_edit,
    record_reopen,
    version_of,
)
from feedback.donation.records import record_delete
from feedback.donation.rotating import donations_rekey
from feedback.donation.work import donations_make
from feedback.models import CurationEntry, DonatedRecord, Review
from feedback.releasing.work import release_ask, release_make
from tests.factories import make_track, make_user
from tests.feedback.donation.giving import agree, react, withdraw, work
from tests.feedback.donation.test_at_once import meanwhile
from tests.feedback.giving import make_record, people

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_redis"),
]

# What is locked, in the order of feedback/donation/locking.py.
ORDER = ("accounts_user", "feedback_donationdue", "catalog_track")
RECORDS = "feedback_donatedrecord"
HANGING = ("donatedtrack", "review", "recordedit", "curationentry", "releasedrecord")
LOCKS = re.compile(
    r'FROM "?(\w+)"? .*FOR (?:NO KEY UPDATE|UPDATE|KEY SHARE)', re.DOTALL
)
WRITES = re.compile(
    rf'(?:UPDATE|DELETE FROM|INSERT INTO) "feedback_({"|".join(HANGING)})'
)


@pytest.fixture
def ada(settings):
    """A curator who also gives: three records, of which she may undo her approvals."""
    settings.SECOND_LOOK_SHARE = 0
    user = make_user("ada", is_superuser=True)
    agree(user)
    for n in range(3):
        react(user, make_track(f"Song {n}"), turn=uuid.uuid4())
    work(user)
    return user


def decide_all(actor):
    for record in DonatedRecord.objects.order_by("-pk"):
        seen = version_of(record)
        record_decide(record.pk, actor=actor, verdict=Verdict(), seen=seen)


def decided_first(ada):
    return DonatedRecord.objects.order_by("pk")[0]


@pytest.mark.parametrize("leave", [withdraw, user_delete], ids=["withdraw", "delete"])
@pytest.mark.parametrize("does", ["undo", "decide", "edit"])
def test_a_curator_who_leaves_while_they_review_their_own_waits_their_turn(
    ada, leave, does
):
    if does == "undo":
        decide_all(ada)
    record = decided_first(ada)
    mine = {"actor": User.objects.get(pk=ada.pk), "seen": version_of(record)}
    deed = {
        "undo": partial(last_undo, mine["actor"]),
        "decide": partial(record_decide, record.pk, verdict=Verdict(), **mine),
        "edit": partial(record_edit, record.pk, text="other words", **mine),
    }[does]

    # Each holds what the other wants next, if they lock in two orders.
    with meanwhile('INSERT INTO "feedback_curationentry"', partial(leave, ada)):
        deed()

    assert not DonatedRecord.objects.exists()
    assert CurationEntry.objects.exists()
    assert User.objects.filter(username="ada").exists() is (leave is withdraw)


def test_who_withdraws_waits_for_a_reviewer_whose_account_goes(ada):
    finn = make_user("finn", is_superuser=True)
    decide_all(finn)

    with meanwhile('UPDATE "feedback_review"', partial(withdraw, ada)):
        user_delete(finn)

    assert not DonatedRecord.objects.exists()
    assert not Review.objects.exists()


def test_a_merge_of_songs_waits_for_a_record_that_names_them(ada):
    keep, other, turn = make_track("Rain"), make_track("Rain"), uuid.uuid4()
    react(ada, other, turn=turn)

    with meanwhile(
        'INSERT INTO "feedback_donatedtrack"',
        partial(tracks_merge, keep=keep, others=[other]),
    ):
        donations_make(ada.pk)

    assert not DonatedRecord.objects.filter(tracks__track=other).exists()
    assert DonatedRecord.objects.filter(tracks__track=keep).count() == 1


def release(ada):
    song = make_track()
    for who in people("train", 5):
        make_record(who, "calm jazz", [song])
    asked = release_ask()
    release_make(asked.pk)
    asked.refresh_from_db()
    assert asked.status == "done"


def another_reaction(ada):
    turn = uuid.uuid4()
    react(ada, make_track(), turn=turn)
    work(ada)
    react(ada, make_track(), turn=turn)
    donations_make(ada.pk)


def reopen(ada):
    record = decided_first(ada)
    record_reopen(record.pk, actor=ada, seen=version_of(record))


def delete_one(ada):
    record_delete(ada, record_id=decided_first(ada).uuid)


def rekey(ada):
    DonatedRecord.objects.update(key_id="older")
    donations_rekey()


def merge(ada):
    keep, other = (t.track for r in work(ada)[:2] for t in r.tracks.all())
    tracks_merge(keep=keep, others=[other])


@pytest.mark.parametrize(
    "do",
    [
        withdraw,
        user_delete,
        last_undo,
        decide_all,
        reopen,
        delete_one,
        another_reaction,
        rekey,
        merge,
        release,
    ],
    ids=lambda do: do.__name__,
)
def test_people_come_before_records_and_records_before_what_hangs_on_them(ada, do):
    if do is not decide_all:
        decide_all(ada)
    with CaptureQueriesContext(connection) as queries:
        do(ada)

    locked_records, seen = 0, []
    for query in queries.captured_queries:
        sql = query["sql"]
        if sql.startswith(("BEGIN", "COMMIT", "ROLLBACK")):
            seen = []
        elif found := LOCKS.search(sql):
            table = found[1]
            assert RECORDS not in seen or table not in ORDER, (table, seen)
            if table == RECORDS:
                locked_records += 1
                assert re.search(r'ORDER BY "feedback_donatedrecord"."id" ASC', sql), (
                    sql
                )
            seen.append(table)
        elif WRITES.match(sql):
            assert RECORDS in seen or "INSERT" in sql, sql
    assert locked_records, "nothing was locked"
