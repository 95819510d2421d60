"""What listeners agree to give, and what they gave, apart from who they are."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from catalog.models import Track


class Consent(models.Model):
    """One change of a listener's mind about giving, for one purpose.

    Rows are only added: the newest of a listener and a purpose is the one that holds.
    Nobody has agreed before there is a row. text_version: the wording that they read.
    """

    class Purpose(models.TextChoices):
        RELEASE = "release", "Open data sets for research"
        SITE = "site", "Making this site's search better"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="consents"
    )
    purpose = models.CharField(max_length=7, choices=Purpose)
    text_version = models.PositiveSmallIntegerField()
    is_given = models.BooleanField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(
                fields=("user", "purpose", "-id"), name="feedback_consent_newest"
            ),
        )

    def __str__(self) -> str:
        return f"consent {self.pk}"


class DonationDue(models.Model):
    """A turn whose reactions are to become a record, or to change theirs.

    Written with the reaction, and deleted with the record's writing: so no record is
    lost, and none doubled.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="donations_due"
    )
    turn = models.UUIDField()
    tries = models.PositiveSmallIntegerField(
        default=0, help_text="that failed in a row"
    )
    due_at = models.DateTimeField(db_default=Now(), help_text="when to try next")

    class Meta:
        ordering = ("id",)
        verbose_name_plural = "donations due"
        constraints = (
            models.UniqueConstraint(
                fields=("user", "turn"), name="feedback_donation_due_once"
            ),
        )

    def __str__(self) -> str:
        return f"donation due {self.pk}"


class WithheldTurn(models.Model):
    """A turn whose record its listener deleted: none is made of it again."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="withheld_turns"
    )
    turn = models.UUIDField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("user", "turn"), name="feedback_withheld_turn_once"
            ),
        )

    def __str__(self) -> str:
        return f"withheld turn {self.pk}"


class DonatedRecord(models.Model):
    """What was asked in one turn and which tracks were approved, without who asked.

    No user, no conversation, no exact time; the text is scrubbed before it is stored.
    pseudonym: HMAC of the listener under the key `key_id`, for withdrawal; turn_key: that
    of the turn, so that a turn has one record. No release holds either. constraints and
    mood: as `Reaction.asked`. space: the slug of the audio space that was current.
    doubt: 0, nothing is, to 1; doubts: codes of what is doubtful. part: of releases, in
    which its listener stays; "" before the first that holds anything of theirs.
    """

    class Status(models.TextChoices):
        WAITING = "waiting"
        APPROVED = "approved"
        REJECTED = "rejected"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pseudonym = models.CharField(max_length=64, db_index=True, editable=False)
    key_id = models.CharField(max_length=16, editable=False)
    turn_key = models.CharField(max_length=64, unique=True, editable=False)
    for_release = models.BooleanField()
    for_site = models.BooleanField()
    consent_version = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    language = models.CharField(max_length=12, blank=True)
    constraints = models.JSONField(default=list, blank=True)
    mood = models.JSONField(null=True, blank=True)
    space = models.CharField(max_length=100, blank=True)
    week = models.DateField(help_text="the Monday of the week it was given in")
    part = models.CharField(max_length=10, blank=True, default="", editable=False)
    doubt = models.FloatField(default=0)
    doubts = models.JSONField(default=list, blank=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)

    class Meta:
        ordering = ("id",)
        indexes = (
            models.Index(
                fields=("status", "-doubt", "id"), name="feedback_record_queue"
            ),
        )

    def __str__(self) -> str:
        return f"record {self.uuid}"


class DonatedTrack(models.Model):
    """A track that a record approves of, or refuses.

    position: its place in the list that was shown, from 0. identifiers: what names the
    recording outside this catalog (`isrc`, `musicbrainz`, `title`, `artists`), nothing of
    it from Spotify; they hold when the track is gone from here.
    """

    record = models.ForeignKey(DonatedRecord, models.CASCADE, related_name="tracks")
    track = models.ForeignKey(
        Track, models.SET_NULL, null=True, related_name="donated_in"
    )
    is_approved = models.BooleanField()
    position = models.PositiveSmallIntegerField(null=True, blank=True)
    identifiers = models.JSONField(default=dict)

    class Meta:
        ordering = ("record", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("record", "track"), name="feedback_donated_track_once"
            ),
        )

    def __str__(self) -> str:
        return f"track {self.pk} of {self.record_id}"
