"""Which look a record waits for, who may take it, and what its looks come to.

The rule of this file: one place decides, from the reviews that stand; nothing is written.
A first look decides, save of a share of records, drawn by a keyed hash: of those another
reviewer takes a second look without seeing the first, and where the two differ, somebody
else a third. As long as any look is open a record waits, and no release holds it.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.crypto import salted_hmac

from accounts.models import User
from feedback.models import DonatedRecord, Review

Look = Review.Look
Status = DonatedRecord.Status
SALT = "feedback.curation.second_look"
REVIEWS = "feedback.change_donatedrecord"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def is_drawn(record: uuid.UUID, *, share: float | None = None) -> bool:
    """Say whether a record is to have a second look.

    The same record always gives the same answer, and nobody without SECRET_KEY can tell
    it beforehand. share: 0..1, settings.SECOND_LOOK_SHARE where none is given.
    """
    digest = salted_hmac(SALT, str(record), algorithm="sha256").digest()
    wanted = settings.SECOND_LOOK_SHARE if share is None else share
    return int.from_bytes(digest[:8]) < wanted * 2**64


def may_be_drawn(record: uuid.UUID, first: User) -> bool:
    """Say whether a record is drawn, and anybody but its first reviewer could look.

    Where one person reviews alone records would wait for ever. Two queries.
    """
    if not is_drawn(record):
        return False
    reviewers = User.objects.with_perm(REVIEWS, backend=BACKEND)
    return reviewers.filter(is_staff=True).exclude(pk=first.pk).exists()


def open_look(reviews: Sequence[Review]) -> Look | None:
    """Return the look that a record waits for, by its standing reviews; None for none."""
    by_look = {review.look: review for review in reviews if review.is_standing}
    first, second = by_look.get(Look.FIRST), by_look.get(Look.SECOND)
    if first is None:
        return Look.FIRST
    if second is None:
        return Look.SECOND if first.is_drawn else None
    agree = first.is_approved == second.is_approved
    return None if agree or Look.THIRD in by_look else Look.THIRD


def status_of(reviews: Sequence[Review]) -> Status:
    """Return what a record's standing reviews come to."""
    if open_look(reviews) is not None:
        return Status.WAITING
    standing = sorted((r for r in reviews if r.is_standing), key=lambda r: r.look)
    return Status.APPROVED if standing[-1].is_approved else Status.REJECTED


def may_take(look: Look | None, reviews: Sequence[Review], user: User) -> bool:
    """Say whether a look is a user's to take: nobody looks at one record twice."""
    return look is not None and not took_part(reviews, user)


def took_part(reviews: Sequence[Review], user: User) -> bool:
    """Say whether a user is one of those whose reviews stand."""
    return any(r.is_standing and r.reviewer_id == user.pk for r in reviews)


def is_blind(reviews: Sequence[Review], user: User) -> bool:
    """Say whether a user mustn't see yet what others found: the look is theirs to take."""
    look = open_look(reviews)
    return look in (Look.SECOND, Look.THIRD) and may_take(look, reviews, user)


def first_looks() -> QuerySet[DonatedRecord]:
    """Return the records that nobody has decided."""
    waiting = DonatedRecord.objects.filter(status=Status.WAITING)
    return waiting.exclude(Exists(_standing()))


def second_looks(user: User) -> QuerySet[DonatedRecord]:
    """Return the records of which a user may take the second look."""
    first = _standing(Look.FIRST).filter(is_drawn=True)
    records = DonatedRecord.objects.filter(
        Exists(first), ~Exists(_standing(Look.SECOND))
    )
    return records.exclude(Exists(_standing().filter(reviewer=user)))


def third_looks(user: User) -> QuerySet[DonatedRecord]:
    """Return the records on which two differ, and a user was neither of them."""
    first = Review.objects.filter(
        record=OuterRef("record"), look=Look.FIRST, is_standing=True
    )
    differing = _standing(Look.SECOND).filter(
        Exists(first.exclude(is_approved=OuterRef("is_approved")))
    )
    records = DonatedRecord.objects.filter(
        Exists(differing), ~Exists(_standing(Look.THIRD))
    )
    return records.exclude(Exists(_standing().filter(reviewer=user)))


def looked_at(user: User) -> QuerySet[DonatedRecord]:
    """Return the records that a user has looked at, and that wait for somebody else."""
    own = _standing().filter(reviewer=user)
    return DonatedRecord.objects.filter(Exists(own), status=Status.WAITING)


def held() -> QuerySet[DonatedRecord]:
    """Return the records that somebody has looked at, and that wait for somebody else."""
    return DonatedRecord.objects.filter(Exists(_standing()), status=Status.WAITING)


def secret_to(user: User) -> QuerySet[DonatedRecord]:
    """Return the records of which a user mustn't see yet what others found."""
    return DonatedRecord.objects.filter(
        Q(pk__in=second_looks(user).values("pk"))
        | Q(pk__in=third_looks(user).values("pk"))
    )


def _standing(look: Look | None = None) -> QuerySet[Review]:
    found = Review.objects.filter(record=OuterRef("pk"), is_standing=True)
    return found if look is None else found.filter(look=look)
