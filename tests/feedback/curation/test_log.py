"""The log: only added to, and without a word of what was withdrawn."""

import pytest
from django.db import IntegrityError, connection, transaction

from feedback.curation.deeds import record_edit, version_of
from feedback.models import CurationEntry, RecordEdit, Review
from tests.factories import make_record
from tests.feedback.curation.conftest import decide
from tests.filling import tables_with

pytestmark = pytest.mark.django_db

TEXT = "for my neighbour Zebulon"


@pytest.fixture
def edited(cara):
    record = make_record(TEXT)
    record_edit(record.pk, actor=cara, text="for [name]", seen=version_of(record))
    decide(record, cara)
    return record


def check_edits():
    """Look now at what is looked at when a transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def statement(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE feedback_curationentry SET kind = 'approved'",
        "UPDATE feedback_curationentry SET at = now()",
        "UPDATE feedback_curationentry SET actor_id = NULL, look = 3",
        "DELETE FROM feedback_curationentry",
        "TRUNCATE feedback_curationentry",
    ],
)
def test_the_database_refuses_to_change_a_line(edited, sql):
    before = list(CurationEntry.objects.values())
    check_edits()

    with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
        statement(sql)

    assert list(CurationEntry.objects.values()) == before


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE feedback_recordedit SET after = 'x'",
        "DELETE FROM feedback_recordedit",
    ],
)
def test_an_edit_isnt_changed_and_doesnt_go_before_its_record(edited, sql):
    with pytest.raises(IntegrityError, match="its record"), transaction.atomic():
        statement(f"SET CONSTRAINTS feedback_keep_edit IMMEDIATE; {sql}")

    assert RecordEdit.objects.get().before == TEXT


def test_a_withdrawn_record_leaves_lines_without_words(edited, cara):
    entry = CurationEntry.objects.get(kind="edited")
    assert tables_with("Zebulon") == ["feedback_recordedit"]

    edited.delete()
    check_edits()

    assert tables_with("Zebulon") == []
    assert not RecordEdit.objects.exists()
    assert not Review.objects.exists()
    # Who did what and when is still there, and says nothing of the text.
    assert list(CurationEntry.objects.values_list("kind", "actor__username")) == [
        ("approved", "cara"),
        ("edited", "cara"),
    ]
    assert CurationEntry.objects.get(pk=entry.pk).before_digest == entry.before_digest


def test_a_reviewers_account_can_go_and_the_lines_stay(edited, cara, dan):
    decide(make_record("another"), dan)
    count = CurationEntry.objects.count()

    cara.delete()

    assert CurationEntry.objects.count() == count
    assert set(CurationEntry.objects.values_list("actor", flat=True)) == {None, dan.pk}
    assert edited.reviews.get().reviewer is None
