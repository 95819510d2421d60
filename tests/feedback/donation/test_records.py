"""What becomes of reactions whose listener agreed to give them, and of what doesn't."""

import json
import uuid
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from pydantic import SecretStr

from accounts.deleting import user_delete
from accounts.takeout.contents import made
from catalog.merging import tracks_merge
from catalog.models import TrackSource
from feedback.donation.consent import Purpose, consent_decline, consents_of
from feedback.donation.keys import donation_keys
from feedback.donation.records import record_delete, record_shown, records_of
from feedback.donation.texts import current_version
from feedback.models import (
    Consent,
    DonatedRecord,
    DonatedTrack,
    DonationDue,
    WithheldTurn,
)
from tests.factories import make_track, make_user
from tests.feedback.donation.giving import (
    SCRUBBED,
    Value,
    agree,
    make_spotify_track,
    react,
    said_in,
    withdraw,
    work,
)
from tests.filling import tables_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_redis")]


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def turn():
    return uuid.uuid4()


def test_nothing_is_given_before_somebody_agrees_nor_what_they_said_before(ada, turn):
    rain, sun = make_track("Rain"), make_track("Sun")
    react(ada, rain, turn=turn)
    assert not DonationDue.objects.exists()
    agree(ada)
    react(ada, sun, turn=turn)

    (record,) = work(ada)

    assert said_in(record) == {"Sun": True}


def test_talks_that_began_before_somebody_agreed_are_not_given(ada, turn):
    before = timezone.now()
    agree(ada)
    react(ada, make_track("Rain"), turn=turn, said_since=before)
    react(ada, make_track("Sun"), turn=uuid.uuid4(), said_since=None)

    assert work(ada) == []


def test_what_is_taken_back_anywhere_leaves_every_record(ada, turn):
    agree(ada)
    rain, sun = make_track("Rain"), make_track("Sun")
    react(ada, rain, turn=turn)
    react(ada, sun, turn=turn)
    work(ada)

    react(ada, rain, Value.NONE, turn=None, words="")
    (record,) = work(ada)
    assert said_in(record) == {"Sun": True}

    react(ada, sun, Value.NONE, turn=uuid.uuid4(), words="")
    assert work(ada) == []


def test_a_record_made_anew_has_its_words(ada, turn):
    agree(ada)
    react(ada, make_track("Rain"), Value.NONE, turn=turn, words="")
    react(ada, make_track("Sun"), turn=turn)

    (record,) = work(ada)

    assert record.text == SCRUBBED


def test_who_begins_nothing_under_a_new_wording_keeps_what_they_gave(ada, turn):
    agree(ada)
    react(ada, make_track("Rain"), turn=turn)
    work(ada)
    Consent.objects.update(text_version=0)

    consent_decline(ada)

    assert consents_of(ada.pk).is_asked
    assert consents_of(ada.pk).since is None
    assert records_of(ada.pk).count() == 1


def test_a_record_holds_what_was_asked_and_said_and_nothing_of_who_said_it(ada, turn):
    agree(ada)
    rain = make_track("Rain", artist="Nina", isrc="GBAAA0000001", spotify_id="s" * 22)
    react(ada, rain, turn=turn)
    react(ada, make_track("Sun", artist="Otis"), Value.DISLIKE, turn=turn, position=0)

    (record,) = work(ada)

    today = date.today()  # noqa: DTZ011 the tests' clock is UTC
    assert record_shown(record) == {
        "text": SCRUBBED,
        "language": "en",
        "constraints": ["slow", "for [name]"],
        "mood": {"valence": 0.25, "energy": 0.1},
        "space": "",
        "week": today - timedelta(days=today.weekday()),
        "tracks": [
            {"title": "Sun", "artists": ["Otis"], "is_approved": False, "position": 0},
            {
                "title": "Rain",
                "artists": ["Nina"],
                "isrc": "GBAAA0000001",
                "is_approved": True,
                "position": 2,
            },
        ],
    }
    assert (record.for_release, record.for_site) == (True, False)
    assert record.status == "waiting"
    assert 0 < record.doubt < 1
    assert record.doubts
    assert not DonationDue.objects.exists()


def test_no_column_of_a_record_holds_an_identifier_or_an_exact_time(ada, turn):
    agree(ada)
    track = make_track("Rain", spotify_id="4uLU6hMCjMI75M1A2tKUQC")
    reaction = react(ada, track, turn=turn)
    work(ada)
    secrets = [
        ada.username,
        "sarah",
        str(turn),
        turn.hex,
        track.spotify_id,
        f"{reaction.created_at:%H:%M}",
        f"{reaction.created_at:%Y-%m-%dT}",
        "12:03",
    ]

    rows = [*DonatedRecord.objects.values(), *DonatedTrack.objects.values()]
    keys = {
        f.related_model
        for m in (DonatedRecord, DonatedTrack)
        for f in m._meta.concrete_fields
        if f.is_relation
    }

    assert len(rows) == 2
    text = json.dumps(rows, default=str).casefold()
    assert [one for one in secrets if one.casefold() in text] == []
    assert ada.__class__ not in keys
    assert not any(
        value == ada.pk
        for row in rows
        for name, value in row.items()
        if name not in ("id", "record_id", "track_id", "position", "consent_version")
        and not isinstance(value, bool)
    )


def test_what_is_merely_done_or_came_from_a_service_is_never_given(ada, turn):
    agree(ada)
    react(ada, make_track("Skipped"), Value.SKIP, turn=turn)
    react(ada, make_track("Borrowed"), turn=turn, is_from_library=True)
    react(ada, make_track("Nowhere"), turn=None)
    assert not DonationDue.objects.exists()
    react(ada, make_spotify_track("Theirs"), turn=turn)
    assert work(ada) == []
    named = make_spotify_track("Named by Spotify")
    TrackSource.objects.create(track=named, kind="file", key="named.mp3")
    react(ada, named, turn=turn)
    assert work(ada) == []
    own = make_track("Known before", isrc="GBAAA0000001")
    TrackSource.objects.create(track=own, kind="table", origin="Spotify-x", key="x")
    react(ada, own, turn=turn)

    (record,) = work(ada)

    assert said_in(record) == {"Known before": True}
    assert "isrc" not in record.tracks.get().identifiers


def test_a_change_of_mind_changes_the_one_record_of_its_turn(ada, turn):
    agree(ada)
    rain, sun = make_track("Rain"), make_track("Sun")
    react(ada, rain, turn=turn)
    react(ada, sun, Value.MORE, turn=turn)
    (record,) = work(ada)
    # A curator took something out of the words, and let it pass.
    DonatedRecord.objects.update(text="play something slow", status="approved")

    react(ada, rain, Value.DISLIKE, turn=turn)
    react(ada, sun, Value.NONE, turn=turn)
    react(ada, sun, Value.LIKE, turn=uuid.uuid4())
    other, same = work(ada)

    assert (same.pk, same.uuid) == (record.pk, record.uuid)
    assert said_in(same) == {"Rain": False}
    assert (same.text, same.status) == ("play something slow", "waiting")
    assert said_in(other) == {"Sun": True}
    react(ada, rain, Value.NONE, turn=turn)
    assert [r.pk for r in work(ada)] == [other.pk]


def test_purposes_are_apart_and_withdrawing_deletes_at_once(ada, turn):
    bob = make_user("bob")
    agree(ada)
    agree(bob)
    react(bob, make_track("Bob's"), turn=uuid.uuid4())
    work(bob)
    react(ada, make_track("Rain"), turn=turn)
    work(ada)
    agree(ada, Purpose.SITE)
    later = uuid.uuid4()
    react(ada, make_track("Sun"), turn=later)
    both, first = work(ada)
    assert (first.for_release, first.for_site) == (True, False)
    assert (both.for_release, both.for_site) == (True, True)

    react(ada, make_track("Snow"), turn=uuid.uuid4())
    withdraw(ada, Purpose.RELEASE)
    (left,) = records_of(ada.pk)
    assert (left.pk, left.for_release, left.for_site) == (both.pk, False, True)
    assert DonationDue.objects.count() == 1
    withdraw(ada, Purpose.SITE)

    assert not records_of(ada.pk).exists()
    assert not DonationDue.objects.exists()
    assert records_of(bob.pk).count() == 1
    # Whoever agrees again gives nothing of before.
    agree(ada)
    react(ada, make_track("Wind"), turn=later)
    (record,) = work(ada)
    assert said_in(record) == {"Wind": True}


def test_every_change_of_consent_is_a_row_and_saying_the_same_is_none(ada):
    agree(ada)
    agree(ada)
    withdraw(ada, Purpose.RELEASE)
    agree(ada, Purpose.SITE)

    log = Consent.objects.order_by("id").values_list(
        "purpose", "is_given", "text_version"
    )

    now = current_version()
    assert list(log) == [
        ("release", True, now),
        ("release", False, now),
        ("site", True, now),
    ]


def test_another_wording_asks_anew_and_keeps_what_was_given(ada, turn):
    agree(ada)
    react(ada, make_track("Rain"), turn=turn)
    work(ada)
    Consent.objects.update(text_version=0)

    react(ada, make_track("Sun"), turn=turn)

    assert not DonationDue.objects.exists()
    consents = consents_of(ada.pk)
    assert (consents.since, consents.is_asked, consents.is_outdated) == (
        None,
        False,
        True,
    )
    assert [said_in(record) for record in work(ada)] == [{"Rain": True}]
    withdraw(ada)
    assert not records_of(ada.pk).exists()


def test_what_was_given_by_an_earlier_wording_stays_as_it_is(ada, turn):
    agree(ada)
    rain = make_track("Rain")
    react(ada, rain, turn=turn)
    work(ada)
    DonatedRecord.objects.update(consent_version=0)

    react(ada, rain, Value.DISLIKE, turn=turn)
    react(ada, make_track("Sun"), turn=turn)

    (record,) = work(ada)
    assert (record.consent_version, said_in(record)) == (0, {"Rain": True})


def test_a_change_gives_for_no_purpose_that_its_songs_were_not_given_for(ada, turn):
    agree(ada, Purpose.SITE)
    rain = make_track("Rain")
    react(ada, rain, turn=turn)
    work(ada)
    agree(ada)
    # As an earlier change left it.
    DonatedRecord.objects.update(for_release=True)

    react(ada, make_track("Sun"), turn=turn)

    (record,) = work(ada)
    assert said_in(record) == {"Rain": True, "Sun": True}
    assert (record.for_release, record.for_site) == (False, True)


def test_what_a_listener_deletes_is_gone_for_good(ada, turn):
    agree(ada)
    rain = make_track("Rain")
    react(ada, rain, turn=turn)
    (record,) = work(ada)
    assert not record_delete(make_user("bob"), record_id=record.uuid)
    assert record_delete(ada, record_id=record.uuid)

    react(ada, rain, Value.DISLIKE, turn=turn)

    assert work(ada) == []
    assert not DonationDue.objects.exists()
    assert WithheldTurn.objects.get().turn == turn
    assert not record_delete(ada, record_id=record.uuid)


def test_a_deleted_account_leaves_no_record_and_the_download_had_all_of_them(ada, turn):
    bob = make_user("bob")
    for user in (ada, bob):
        agree(user)
        react(user, make_track(), turn=turn)
        work(user)
    react(ada, make_track("Due"), turn=uuid.uuid4())
    (given,) = [one for one in made() if one.name == "given"]
    (row,) = given.rows(ada)
    assert row["text"] == SCRUBBED
    assert row["for_release"] is True
    (name,) = [key.pseudonym(ada.pk) for key in donation_keys()]
    assert tables_with(name) == ["feedback_donatedrecord"]

    user_delete(ada)

    assert tables_with(name) == []
    assert not DonationDue.objects.exists()
    assert DonatedRecord.objects.count() == DonatedTrack.objects.count() == 1
    assert records_of(bob.pk).count() == 1


def test_a_listener_deleted_in_the_admin_leaves_none_either(ada, turn):
    agree(ada)
    react(ada, make_track(), turn=turn)
    work(ada)

    ada.__class__.objects.filter(pk=ada.pk).delete()

    assert not DonatedRecord.objects.exists()


def test_keys_change_and_records_are_found_by_either_and_then_by_the_new_one(
    ada, turn, settings, capsys
):
    rain = make_track("Rain")
    agree(ada)
    react(ada, rain, turn=turn)
    (record,) = work(ada)
    old = record.key_id
    settings.DONATION_KEYS = SecretStr("A" * 43 + "=")
    react(ada, rain, Value.DISLIKE, turn=turn)
    (same,) = work(ada)
    assert (same.pk, same.key_id, said_in(same)) == (record.pk, old, {"Rain": False})

    call_command("rotate_donation_keys")
    settings.SECRET_KEY = "another one, so that the first key is gone"
    react(ada, rain, Value.LIKE, turn=turn)
    (anew,) = work(ada)

    assert "Named 1 records anew." in capsys.readouterr().out
    assert anew.pk == record.pk
    assert anew.key_id not in ("", old)
    assert anew.pseudonym != record.pseudonym
    assert said_in(anew) == {"Rain": True}
    settings.DONATION_KEYS = SecretStr("B" * 43 + "=")
    call_command("rotate_donation_keys")
    assert f"1 records are under the key {anew.key_id}" in capsys.readouterr().out
    call_command("check", databases=["default"])
    told = capsys.readouterr().err
    assert f"1 donated records are under the key {anew.key_id}" in told
    assert "DONATION_KEYS" in told


def test_tracks_that_become_one_are_one_in_a_record(ada, turn):
    agree(ada)
    rain, again = make_track("Rain"), make_track("Rain, Again")
    react(ada, rain, turn=turn)
    react(ada, again, turn=turn)
    work(ada)

    tracks_merge(keep=rain, others=[again])

    (record,) = work(ada)
    assert [t.track_id for t in record.tracks.all()] == [rain.pk]


def test_what_is_given_later_stays_in_the_part_of_what_was_given_before(ada):
    agree(ada)
    react(ada, make_track(), turn=uuid.uuid4())
    (first,) = work(ada)
    DonatedRecord.objects.update(part="test")
    react(ada, make_track(), turn=uuid.uuid4())
    work(ada)

    # Though what was in a release is taken back.
    record_delete(ada, record_id=first.uuid)

    assert records_of(ada.pk).get().part == "test"
