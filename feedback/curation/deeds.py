"""What a reviewer does to records: decide, edit, take back. All of it is logged.

The rule of this file: each deed locks its record's row and looks whether it is still what
the reviewer saw (`seen`, of `version_of`), so that two at once neither decide twice nor
lose an edit; and it writes its line of the log in the same transaction.
"""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from accounts.models import User
from feedback.curation.looks import may_be_drawn, may_take, open_look, status_of
from feedback.donation.locking import listener_lock, records_lock
from feedback.models import CurationEntry, DonatedRecord, RecordEdit, Review

Kind = CurationEntry.Kind
Reason = Review.Reason
MAX_TEXT_CHARS = 4000
SALT_BYTES = 16
# What took something back isn't taken back itself.
UNDOABLE = (Kind.APPROVED, Kind.REJECTED, Kind.EDITED)


class DeedRefused(ValueError):
    """It can't be done; the message says why, for the reviewer."""


@dataclass(frozen=True)
class Verdict:
    """Approved where there is no reason, else rejected for it."""

    reason: Reason = Reason.NONE

    @property
    def is_approved(self) -> bool:
        """Say whether the record is approved."""
        return self.reason == Reason.NONE


@dataclass(frozen=True)
class Done:
    """What a deed on several came to: which records, and why others were left out."""

    records: tuple[int, ...]
    refused: Mapping[int, str]


def versioned(records: QuerySet[DonatedRecord]) -> QuerySet[DonatedRecord]:
    """Have `version_of` ask nothing for each of many records."""
    entries = CurationEntry.objects.filter(record=OuterRef("uuid")).order_by("-id")
    newest = Subquery(entries.values("pk")[:1])
    return records.annotate(newest=newest).prefetch_related("tracks")


def version_of(record: DonatedRecord) -> str:
    """Return a mark of a record as it stands, which any change changes.

    Two queries; none for records of `versioned`.
    """
    if not hasattr(record, "newest"):
        record = versioned(DonatedRecord.objects.filter(pk=record.pk)).get()
    newest = record.newest  # type: ignore[attr-defined]
    tracks = sorted((t.pk, t.is_approved) for t in record.tracks.all())
    seen = [newest, record.text, record.constraints, record.mood, tracks]
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]


@transaction.atomic
def record_decide(
    pk: int, *, actor: User, verdict: Verdict, seen: str, batch: uuid.UUID | None = None
) -> None:
    """Take the open look of a record. Raises DeedRefused."""
    record = _locked(pk, actor, seen)
    reviews = list(record.reviews.filter(is_standing=True))
    look = open_look(reviews)
    if look is None:
        raise DeedRefused("It is decided already.")
    if not may_take(look, reviews, actor):
        raise DeedRefused("You have looked at it: somebody else is to look now.")
    batch = batch or uuid.uuid4()
    review = Review.objects.create(
        record=record,
        reviewer=actor,
        look=look,
        is_approved=verdict.is_approved,
        reason=verdict.reason,
        is_drawn=look == Review.Look.FIRST and may_be_drawn(record.uuid, actor),
        batch=batch,
    )
    reviews.append(review)
    _settle(record, reviews)
    CurationEntry.objects.create(
        record=record.uuid,
        actor=actor,
        kind=Kind.APPROVED if verdict.is_approved else Kind.REJECTED,
        look=look,
        reason=verdict.reason,
        then=open_look(reviews),
        batch=batch,
    )


def records_decide(seen: Mapping[int, str], *, actor: User, verdict: Verdict) -> Done:
    """Decide several at once, each by itself. seen: their versions, by primary key."""
    batch = uuid.uuid4()
    done, refused = [], {}
    for pk, version in seen.items():
        try:
            record_decide(pk, actor=actor, verdict=verdict, seen=version, batch=batch)
        except DeedRefused as problem:
            refused[pk] = str(problem)
        else:
            done.append(pk)
    return Done(tuple(done), refused)


@transaction.atomic
def record_edit(pk: int, *, actor: User, text: str, seen: str) -> None:
    """Give a record another text. Raises DeedRefused."""
    record = _locked(pk, actor, seen)
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise DeedRefused("There would be no words left: reject it instead.")
    if len(text) > MAX_TEXT_CHARS:
        raise DeedRefused(f"It is longer than {MAX_TEXT_CHARS:,} characters.")
    if text == record.text:
        raise DeedRefused("The text is as it was.")
    _rewrite(record, text, actor=actor, kind=Kind.EDITED, batch=uuid.uuid4())


@transaction.atomic
def record_reopen(pk: int, *, actor: User, seen: str) -> None:
    """Take a decided record back: its looks begin anew. Raises DeedRefused."""
    record = _locked(pk, actor, seen)
    reviews = record.reviews.filter(is_standing=True)
    if record.status == DonatedRecord.Status.WAITING and not reviews.exists():
        raise DeedRefused("Nobody has decided it yet.")
    reviews.update(is_standing=False)
    _settle(record, [])
    CurationEntry.objects.create(
        record=record.uuid,
        actor=actor,
        kind=Kind.REOPENED,
        then=Review.Look.FIRST,
        batch=uuid.uuid4(),
    )


@transaction.atomic
def record_changed(record: DonatedRecord) -> None:
    """Have a record looked at anew, since it isn't what it was.

    For whoever writes it, in the same transaction and under the row's lock. The log says
    nothing of it: its times are exact, and when somebody gives is nobody's business.
    """
    record.reviews.filter(is_standing=True).update(is_standing=False)
    _settle(record, [])


@transaction.atomic
def last_undo(actor: User) -> Done:
    """Take back the last decision or edit of a reviewer; those at once go together.

    A record that somebody has done something to since is left out. Asked again, it goes
    on to the one before. Raises DeedRefused where there is nothing to take back.
    """
    _lock_actor(actor)
    mine = CurationEntry.objects.filter(actor=actor)
    undone = mine.filter(kind=Kind.UNDONE).values("undoes")
    last = mine.filter(kind__in=UNDOABLE).exclude(batch__in=undone).first()
    if last is None:
        raise DeedRefused("There is nothing of yours to take back.")
    entries = {e.record: e for e in mine.filter(batch=last.batch)}
    done, refused = [], {}
    for record in records_lock(DonatedRecord.objects.filter(uuid__in=entries)):
        entry = entries[record.uuid]
        if entry == _newest_that_holds(record):
            _undo(record, entry, actor=actor)
            done.append(record.pk)
        else:
            refused[record.pk] = "Somebody has changed it since."
    if not done:
        raise DeedRefused("Others have gone on with it since: nothing was taken back.")
    return Done(tuple(done), refused)


def _newest_that_holds(record: DonatedRecord) -> CurationEntry | None:
    entries = CurationEntry.objects.filter(record=record.uuid)
    undone = entries.filter(kind=Kind.UNDONE).values("undoes")
    return entries.exclude(kind=Kind.UNDONE).exclude(batch__in=undone).first()


def _undo(record: DonatedRecord, entry: CurationEntry, *, actor: User) -> None:
    if entry.kind == Kind.EDITED:
        before = record.edits.get(uuid=str(entry.edit)).before
        _rewrite(
            record,
            before,
            actor=actor,
            kind=Kind.UNDONE,
            batch=uuid.uuid4(),
            undoes=entry.batch,
        )
        return
    record.reviews.filter(batch=entry.batch).update(is_standing=False)
    reviews = list(record.reviews.filter(is_standing=True))
    _settle(record, reviews)
    CurationEntry.objects.create(
        record=record.uuid,
        actor=actor,
        kind=Kind.UNDONE,
        look=entry.look,
        then=open_look(reviews),
        batch=uuid.uuid4(),
        undoes=entry.batch,
    )


def _lock_actor(actor: User) -> None:
    """Lock a reviewer's row, to which what they do will lead, before any record."""
    if not listener_lock(actor.pk):
        raise DeedRefused("Your account is gone.")


def _locked(pk: int, actor: User, seen: str) -> DonatedRecord:
    """Lock a record that is still what was seen. Raises DeedRefused."""
    _lock_actor(actor)
    found = records_lock(DonatedRecord.objects.filter(pk=pk))
    if not found:
        raise DeedRefused("It was withdrawn by whoever gave it.")
    (record,) = found
    if version_of(record) != seen:
        raise DeedRefused("It has changed since you opened it: look at it again.")
    return record


def _settle(record: DonatedRecord, reviews: list[Review]) -> None:
    record.status = status_of(reviews)
    record.save(update_fields=["status"])


def _rewrite(
    record: DonatedRecord,
    text: str,
    *,
    actor: User,
    kind: Kind,
    batch: uuid.UUID,
    undoes: uuid.UUID | None = None,
) -> None:
    salt = secrets.token_bytes(SALT_BYTES)
    edit = RecordEdit.objects.create(
        record=record, before=record.text, after=text, salt=salt
    )
    CurationEntry.objects.create(
        record=record.uuid,
        actor=actor,
        kind=kind,
        batch=batch,
        undoes=undoes,
        edit=edit.uuid,
        before_digest=digest_of(record.text, salt),
        after_digest=digest_of(text, salt),
    )
    record.text = text
    record.save(update_fields=["text"])
    # What was found was found of other words.
    record_changed(record)


def digest_of(text: str, salt: bytes) -> bytes:
    """Return what the log keeps of a text: SHA-256 of salt and text."""
    return hashlib.sha256(salt + text.encode()).digest()
