"""What reviewers find of donated records, and the log of all they do to them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from feedback.models.donation import DonatedRecord


class Review(models.Model):
    """What one reviewer found of a record, in one of its looks.

    Every record has a first look. `is_drawn` says, of a first one, that somebody else is
    to have a second, without seeing what the first found; where the two differ there is
    a third. Until then it waits. One that was undone, or whose record was taken back, stands no more.
    """

    class Look(models.IntegerChoices):
        FIRST = 1
        SECOND = 2
        THIRD = 3

    class Reason(models.TextChoices):
        """Why a record is rejected."""

        NONE = "", "none: it is approved"
        PRIVATE = "private", "still tells of somebody"
        SPAM = "spam", "spam, or a bot"
        CONTRADICTORY = "contradictory", "its songs don't answer it"
        UNCLEAR = "unclear", "nobody could tell what is asked"
        HURTFUL = "hurtful", "insults or threatens"
        NOT_MUSIC = "not_music", "isn't about music"
        OTHER = "other", "something else"

    record = models.ForeignKey(DonatedRecord, models.CASCADE, related_name="reviews")
    # Empty where the reviewer's account is gone.
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="reviews"
    )
    look = models.PositiveSmallIntegerField(choices=Look)
    is_approved = models.BooleanField()
    reason = models.CharField(max_length=13, choices=Reason, blank=True, default="")
    is_drawn = models.BooleanField(default=False)
    is_standing = models.BooleanField(default=True)
    batch = models.UUIDField(help_text="that of its entry in the log")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("record", "look", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("record", "look"),
                condition=Q(is_standing=True),
                name="feedback_review_look_once",
            ),
            models.CheckConstraint(
                condition=Q(is_approved=True, reason="")
                | Q(is_approved=False) & ~Q(reason=""),
                name="feedback_review_reason",
            ),
        )

    def __str__(self) -> str:
        return f"review {self.pk}"


class RecordEdit(models.Model):
    """A change of a record's text: what it was, and what it became.

    It goes with its record, and never before it or otherwise. `salt` goes into the
    digests that stand in the log.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    record = models.ForeignKey(DonatedRecord, models.CASCADE, related_name="edits")
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    salt = models.BinaryField(max_length=16)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"edit {self.pk}"


class CurationEntry(models.Model):
    """One line of the log: who did what to which record, and when.

    Lines are only added: the database refuses to change or to delete any, save that the
    actor is emptied when their account is deleted. So that this can hold when a record
    is withdrawn, a line has no words of it. What an edit changed lies in its
    `RecordEdit`, which goes with the record; the line keeps SHA-256 of salt and text, by
    which the two can be held against each other, and which says nothing alone.

    What givers do stands nowhere here: its exact time could tell who they are.

    record, edit: their UUIDs, whether they are still there or not. batch: what was done
    at once. undoes: the batch that was taken back. then: the look that the record waited
    for after it, None where it was decided.
    """

    class Kind(models.TextChoices):
        APPROVED = "approved"
        REJECTED = "rejected"
        EDITED = "edited", "Text edited"
        UNDONE = "undone"
        REOPENED = "reopened", "Taken back for another look"

    record = models.UUIDField(db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="curation"
    )
    kind = models.CharField(max_length=8, choices=Kind)
    look = models.PositiveSmallIntegerField(choices=Review.Look, null=True)
    reason = models.CharField(
        max_length=13, choices=Review.Reason, blank=True, default=""
    )
    then = models.PositiveSmallIntegerField(choices=Review.Look, null=True)
    batch = models.UUIDField()
    undoes = models.UUIDField(null=True)
    edit = models.UUIDField(null=True)
    before_digest = models.BinaryField(max_length=32, default=bytes)
    after_digest = models.BinaryField(max_length=32, default=bytes)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)
        verbose_name_plural = "curation entries"
        indexes = (models.Index(fields=("actor", "-id"), name="feedback_entry_of"),)
        permissions = (("read_edits", "Can read what edits of records took out"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.record}"
