"""Make or change the records that are due, from wherever an earlier try has left it.

The rule of this file: a record and the end of what was due are one transaction, under the
listener's lock. What kills a worker before it leaves the row, and after it nothing.
"""

from __future__ import annotations

import logging
import uuid
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from catalog.advisory import Lock, try_session_lock
from feedback.curation.deeds import record_changed
from feedback.curation.doubting import doubts_note
from feedback.donation.building import (
    Given,
    given_of,
    space_now,
    tracks_given,
    week_of,
    words_given,
)
from feedback.donation.consent import consents_of
from feedback.donation.keys import donation_keys
from feedback.donation.locking import listener_lock, records_lock, tracks_lock
from feedback.donation.records import part_kept, turn_keys
from feedback.donation.texts import current_version
from feedback.models import (
    DonatedRecord,
    DonatedTrack,
    DonationDue,
    Reaction,
    WithheldTurn,
)
from feedback.scrubbing.scrubber import WEIGHTS

logger = logging.getLogger(__name__)

# Until the next try, after so many that ended in the middle.
WAITS_S = (5, 30, 300, 3600)


def donations_make(user_id: int) -> int:
    """Make all that is due of a listener's. A second worker returns at once.

    Returns how many turns were settled.
    """
    count = 0
    with try_session_lock(Lock.DONATION, user_id) as is_mine:
        while is_mine and (due_id := _claimed(user_id)) is not None:
            _settle(user_id, due_id)
            count += 1
    return count


@transaction.atomic
def _claimed(user_id: int) -> int | None:
    """Return what is due next, and put its next try off, should this one end midway."""
    due = DonationDue.objects.filter(user=user_id, due_at__lte=timezone.now())
    row = due.select_for_update(skip_locked=True).order_by("due_at", "pk").first()
    if row is None:
        return None
    wait_s = WAITS_S[min(row.tries, len(WAITS_S) - 1)]
    due_at = timezone.now() + timedelta(seconds=wait_s)
    DonationDue.objects.filter(pk=row.pk).update(due_at=due_at, tries=F("tries") + 1)
    return row.pk


@transaction.atomic
def _settle(user_id: int, due_id: int) -> None:
    """Make the record of one turn what its reactions say, and strike it off."""
    if not listener_lock(user_id):
        return
    due = DonationDue.objects.select_for_update().filter(pk=due_id).first()
    if due is None:
        return
    _record_make(user_id, due.turn)
    due.delete()


def _record_make(user_id: int, turn: uuid.UUID) -> None:
    consents = consents_of(user_id)
    if consents.since is None:
        return  # What was given before stays until they withdraw.
    if WithheldTurn.objects.filter(user=user_id, turn=turn).exists():
        return
    said = Reaction.objects.filter(user=user_id, turn=turn).order_by()
    tracks_lock(said.values_list("track", flat=True))
    given = given_of(user_id, turn, consents)
    held = DonatedRecord.objects.filter(turn_key__in=turn_keys(user_id, turn))
    record = next(iter(records_lock(held)), None)
    if record is not None and record.consent_version != current_version():
        return  # So does what they gave by an earlier wording.
    if given is None:
        if record is not None:
            record.delete()
    elif record is None:
        _record_add(user_id, turn, given)
    else:
        _record_change(record, given)


def _record_add(user_id: int, turn: uuid.UUID, given: Given) -> None:
    key = donation_keys()[0]
    record = DonatedRecord.objects.create(
        pseudonym=key.pseudonym(user_id),
        key_id=key.id,
        turn_key=key.turn_key(user_id, turn),
        for_release=given.is_for_release,
        for_site=given.is_for_site,
        consent_version=current_version(),
        space=space_now(),
        week=week_of(given.first),
        part=part_kept(user_id),
        **words_given(given.first),
    )
    _tracks_add(record, given)
    _doubts_note(record)


def _doubts_note(record: DonatedRecord) -> None:
    doubts_note(record, scrubber=WEIGHTS)
    record.save(update_fields=["doubt", "doubts"])


def _tracks_add(record: DonatedRecord, given: Given) -> None:
    rows = tracks_given(given.said)
    for row in rows:
        row.record = record
    DonatedTrack.objects.bulk_create(rows)


def _record_change(record: DonatedRecord, given: Given) -> None:
    """Let the tracks be what was said last; words stay, which a curator may have edited.

    What was decided is looked at again when it isn't the same any more. What wasn't given
    for a purpose never comes to be for it.
    """
    record.for_release &= given.is_for_release
    record.for_site &= given.is_for_site
    record.save(update_fields=["for_release", "for_site"])
    held = {(t.track_id, t.is_approved, t.position) for t in record.tracks.all()}
    said = {(t.track_id, t.is_approved, t.position) for t in tracks_given(given.said)}
    if held == said:
        return
    record.tracks.all().delete()
    _tracks_add(record, given)
    _doubts_note(record)
    record_changed(record)
