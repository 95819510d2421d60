"""A release from its asking to its end. Rows are the truth; jobs only wake workers.

The rule of this file: a release is done when its row says so, in the one transaction in
which its folder takes its place and every record in it is still approved and given.
Whatever ends the work before leaves a draft, and the next try begins anew.

People may withdraw while it is made, and then it is made anew without them. Should that
happen twice, whoever changes records waits until what still holds of it is written.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from contextlib import nullcontext
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from catalog.advisory import (
    Lock,
    lock_until_commit,
    session_lock,
    try_session_lock,
)
from catalog.waking import job_wake, unattended
from feedback.donation.rotating import donations_lost
from feedback.models import Release, ReleasedRecord
from feedback.releasing.card import card_text
from feedback.releasing.facts import facts_of
from feedback.releasing.floor import Floored, rows_kept, rows_shared
from feedback.releasing.given import Given, Song, given_read
from feedback.releasing.parts import NAMES, parts_keep, parts_of
from feedback.releasing.rows import told_rows
from feedback.releasing.writing import (
    FolderTaken,
    Written,
    draft_make,
    draft_of,
    draft_seal,
    folder_remove,
    release_folder,
    rows_write,
)

logger = logging.getLogger(__name__)

JOB, JOB_ID = "feedback.jobs.make_release", "release-"
Status = Release.Status
IN_MAKING = (Status.WAITING, Status.WORKING)
MAX_TRIES = 3
# How often it is made while people go on, and how often at all.
FREE_ROUNDS, MAX_ROUNDS = 2, 5
# Which share of the work is done where a stage ends.
READ, SHARED, WRITTEN = 0.1, 0.7, 0.9


class CannotRelease(Exception):
    """A release of what is there can't be made. The message says why to a curator."""


class Changed(Exception):
    """A record was withdrawn, rejected or edited while the release was made."""


@transaction.atomic
def release_ask() -> Release:
    """Have the next release made. One that is being made is returned instead.

    One that failed is tried again under its number, so that no number is left out.
    """
    lock_until_commit(Lock.RELEASE_NEW)
    held = Release.objects.filter(status__in=IN_MAKING).first()
    if held is not None:
        return held
    release = Release.objects.filter(status=Status.FAILED).first() or Release(
        number=(Release.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    )
    release.status, release.tries, release.error = Status.WAITING, 0, ""
    release.progress = 0
    release.floor, release.licence = settings.RELEASE_FLOOR, settings.RELEASE_LICENCE
    release.save()
    job_wake(JOB, release.pk, id_start=JOB_ID)
    return release


def release_make(release_id: int) -> None:
    """Make a release that waits, or that was left. A second worker returns at once."""
    with try_session_lock(Lock.RELEASE, release_id) as is_mine:
        if not is_mine or not _claim(release_id):
            return
        release = Release.objects.get(pk=release_id)
        if release.tries > MAX_TRIES:
            _fail(
                release, "It was begun three times, and ended each time by something."
            )
            return
        try:
            _make(release)
        except CannotRelease as reason:
            _fail(release, str(reason))
        finally:
            folder_remove(draft_of(release.number))


def releases_sweep() -> int:
    """Queue what is to be made and nobody works at. Returns how many."""
    ids = list(
        Release.objects.filter(status__in=IN_MAKING).values_list("pk", flat=True)
    )
    left = unattended(ids, id_start=JOB_ID, lock=Lock.RELEASE)
    for pk in left:
        job_wake(JOB, pk, id_start=JOB_ID)
    return len(left)


def _make(release: Release) -> None:
    """Make it, and anew where records change meanwhile, until nothing does."""
    parts: dict[str, Floored] = {}
    for number in range(1, MAX_ROUNDS + 1):
        is_alone = number > FREE_ROUNDS
        with session_lock(Lock.RECORDS, 0) if is_alone else nullcontext():
            given, songs = given_read()
            _keys_check(given)
            _note(release, progress=READ)
            if is_alone:
                parts = _kept(release, parts, given)
            else:
                parts = _shared(release, given)
            try:
                _write(release, parts, songs)
                return
            except Changed:
                logger.info("%s is made anew, as records changed", release)
    raise CannotRelease("Songs that it names went on changing while it was made.")


def _write(
    release: Release, parts: Mapping[str, Floored], songs: Mapping[str, Song]
) -> None:
    """Write all of it, and put it in its place. Raises Changed."""
    facts = facts_of(parts)
    if not facts["released"]:
        raise CannotRelease(
            f"Nothing is shared by {release.floor} people of one part:"
            f" {facts['records']} records of {facts['people']} people are"
            " approved for release."
        )
    try:
        draft = draft_make(release.number, own=release.files)
    except FolderTaken as reason:
        raise CannotRelease(str(reason)) from reason
    told = {
        name: told_rows(part.rows, songs, floor=release.floor)
        for name, part in parts.items()
    }
    counts = rows_write(draft, told)
    _note(release, progress=WRITTEN)
    card = card_text(
        number=release.number,
        licence=release.licence,
        floor=release.floor,
        facts=facts,
    )
    files = draft_seal(draft, number=release.number, card=card, counts=counts)
    # By these the next try knows the folder, should this one end before it is done.
    _note(release, files=[asdict(file) for file in files])
    _finish(release, parts, songs, facts, files)


def _keys_check(given: Collection[Given]) -> None:
    """Raise CannotRelease where one person could count as two, or can't withdraw."""
    if lost := donations_lost():
        raise CannotRelease(
            f"{sum(lost.values())} records are under keys that are gone"
            f" ({', '.join(sorted(lost))}), so that nobody can withdraw them. Put those"
            " keys back into DONATION_KEYS, behind the newest."
        )
    if len({one.pseudonym_key for one in given}) > 1:
        raise CannotRelease(
            "Records are kept under several pseudonym keys, so that one person could"
            " count as two. `manage.py rotate_donation_keys` brings all under the newest."
        )


def _shared(release: Release, given: Collection[Given]) -> dict[str, Floored]:
    """Split the contributors, and find what each part's share."""
    part_of = parts_of({one.contributor for one in given}, floor=release.floor)
    found = {}
    for number, name in enumerate(NAMES):
        mine = [one for one in given if part_of[one.contributor] == name]
        begin = READ + (SHARED - READ) * number / len(NAMES)
        step = (SHARED - READ) / len(NAMES)

        def tell(share: float, begin: float = begin, step: float = step) -> None:
            _note(release, progress=begin + step * share)

        found[name] = rows_shared(mine, floor=release.floor, tell=tell)
    return found


def _kept(
    release: Release, parts: Mapping[str, Floored], given: Collection[Given]
) -> dict[str, Floored]:
    """Return what of the rows that were found still holds, of records as they are now."""
    now = {one.record: one for one in given}
    return {
        name: rows_kept(
            part,
            [one for one in part.given if now.get(one.record) == one],
            floor=release.floor,
        )
        for name, part in parts.items()
    }


@transaction.atomic
def _finish(
    release: Release,
    parts: Mapping[str, Floored],
    songs: Mapping[str, Song],
    facts: dict[str, Any],
    files: list[Written],
) -> None:
    """Put the draft in its place, if all that it was made of still stands.

    Who withdraws at this moment waits for this, or this for them. Raises Changed.
    """
    given = [one for part in parts.values() for one in part.given]
    held, named = given_read([one.record for one in given], is_locked=True)
    _keys_check(held)
    if sorted(held, key=_record) != sorted(given, key=_record) or named != songs:
        raise Changed
    ReleasedRecord.objects.bulk_create(
        ReleasedRecord(release=release, record_id=record, part=name)
        for name, part in parts.items()
        for record in sorted(part.released)
    )
    parts_keep(parts)
    _note(
        release,
        status=Status.DONE,
        progress=1.0,
        facts=facts,
        files=[asdict(file) for file in files],
        finished_at=timezone.now(),
    )
    folder = release_folder(release.number)
    draft_of(release.number).replace(folder)
    logger.info("%s is made: %s", release, facts["parts"])


def _record(one: Given) -> int:
    return one.record


def _claim(release_id: int) -> bool:
    row = Release.objects.filter(pk=release_id, status__in=IN_MAKING)
    return bool(row.update(status=Status.WORKING, tries=F("tries") + 1, progress=0))


def _fail(release: Release, reason: str) -> None:
    _note(release, status=Status.FAILED, error=reason[:500])
    logger.warning("%s can't be made: %s", release, reason)


def _note(release: Release, **facts: Any) -> None:
    Release.objects.filter(pk=release.pk).update(**facts)
