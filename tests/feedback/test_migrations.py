"""What the migrations that move data make of rows that are there."""

from importlib import import_module

import pytest
from django.db import connection

from feedback.models import DonatedRecord
from tests.factories import make_record
from tests.feedback.curation.conftest import decide, make_member, status
from tests.feedback.giving import make_release

pytestmark = pytest.mark.django_db


def run(name, sql):
    module = import_module(f"feedback.migrations.{name}")
    with connection.cursor() as cursor:
        cursor.execute(getattr(module, sql))


def test_what_a_first_look_alone_had_decided_waits_for_its_second(settings):
    cara, dan = make_member("cara"), make_member("dan")
    settings.SECOND_LOOK_SHARE = 0
    plain = make_record("plain")
    decide(plain, cara)
    settings.SECOND_LOOK_SHARE = 1
    good, bad, agreed = (make_record(text) for text in ("good", "bad", "agreed"))
    decide(good, cara)
    decide(bad, cara, "spam")
    decide(agreed, cara)
    decide(agreed, dan)
    # As it was: the first look decided.
    for record, held in ((good, "approved"), (bad, "rejected")):
        DonatedRecord.objects.filter(pk=record.pk).update(status=held)

    run("0013_hold_drawn", "HOLD")

    records = (plain, good, bad, agreed)
    assert [status(r) for r in records] == [
        "approved",
        "waiting",
        "waiting",
        "approved",
    ]
    run("0013_hold_drawn", "LET_GO")
    assert [status(r) for r in records] == [
        *("approved", "approved", "rejected", "approved")
    ]


def test_who_is_in_a_release_already_stays_in_that_part():
    release = make_release()
    who = DonatedRecord.objects.first().pseudonym
    later = make_record("given later", pseudonym=who)
    DonatedRecord.objects.update(part="")
    release.records.update(part="test")

    run("0015_part_fill", "FILL")

    assert set(DonatedRecord.objects.values_list("part", flat=True)) == {"test"}
    later.refresh_from_db()
    assert later.part == "test"
