"""From a listener's reaction to the desk, and what becomes of it when they go on."""

import uuid

import pytest
from django.db import connection

from catalog.models import Tag
from feedback.curation.deeds import record_edit, version_of
from feedback.curation.looks import first_looks
from feedback.models import CurationEntry, DonatedRecord, RecordEdit, Review
from tests.factories import make_tag, make_track, make_user
from tests.feedback.curation.conftest import decide
from tests.feedback.donation.giving import Value, agree, react, withdraw, work
from tests.filling import tables_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_redis")]

ASKED = {"language": "en", "constraints": ["jazz"], "mood": None}


@pytest.fixture
def ada():
    user = make_user("ada")
    agree(user)
    return user


def test_a_record_comes_to_the_desk_with_all_its_doubts(ada):
    metal = make_track(genres=("metal",))
    react(ada, metal, turn=uuid.uuid4(), words="jazz for Xanthippe", asked=ASKED)

    (record,) = work(ada)

    assert list(first_looks()) == [record]
    assert "against" in record.doubts
    assert set(record.doubts) & {"unknown_name", "guessed", "artist_or_person"}
    assert 0.7 < record.doubt < 1
    # What speaks against it goes when it is so no more; what the scrubber said stays.
    scrubbers = [code for code in record.doubts if code != "against"]
    metal.tags.set([make_tag(Tag.Kind.GENRE, "jazz")])
    react(ada, make_track(genres=("jazz",)), turn=record_turn(ada), asked=ASKED)
    (record,) = work(ada)
    assert record.doubts == scrubbers


def record_turn(user):
    """Return the turn of a listener's last reaction."""
    return user.reactions.first().turn


def test_who_changes_their_mind_has_it_looked_at_anew_and_edits_stay(
    ada, cara, never_drawn
):
    track, turn = make_track(), uuid.uuid4()
    react(ada, track, turn=turn, words="slow songs")
    (record,) = work(ada)
    record_edit(record.pk, actor=cara, text="slow ones", seen=version_of(record))
    decide(record, cara)

    react(ada, track, Value.DISLIKE, turn=turn)
    work(ada)

    record = DonatedRecord.objects.get()
    assert (record.status, record.text) == ("waiting", "slow ones")
    assert list(first_looks()) == [record]
    assert CurationEntry.objects.count() == 2
    decide(record, cara, "unclear")


def test_withdrawing_leaves_no_word_of_what_was_reviewed(ada, cara, never_drawn):
    react(ada, make_track(), turn=uuid.uuid4(), words="songs like a zorblax")
    (record,) = work(ada)
    record_edit(record.pk, actor=cara, text="zorblax songs", seen=version_of(record))
    decide(record, cara, "unclear")

    withdraw(ada)

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert tables_with("zorblax") == ["feedback_reaction"]
    assert not RecordEdit.objects.exists()
    assert not Review.objects.exists()
    assert CurationEntry.objects.count() == 2
