"""Releases of what listeners gave: numbered, made once, and never changed."""

from __future__ import annotations

from django.db import models

from feedback.models.donation import DonatedRecord


class Release(models.Model):
    """An export of approved records. Once it is done, a trigger refuses changes.

    floor: how many people each of its rows stands for at least. facts: what its data
    card counts. files: `path`, `rows` (None where it has none), `size_bytes` and `sha256`
    of each. Only whether the public sees it can change, by is_published.
    """

    class Status(models.TextChoices):
        WAITING = "waiting"
        WORKING = "working"
        DONE = "done"
        FAILED = "failed"

    number = models.PositiveIntegerField(unique=True)
    status = models.CharField(max_length=7, choices=Status, default=Status.WAITING)
    progress = models.FloatField(default=0, help_text="share that is done, 0 to 1")
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)
    floor = models.PositiveSmallIntegerField()
    licence = models.CharField(max_length=60)
    facts = models.JSONField(default=dict, blank=True)
    files = models.JSONField(default=list, blank=True)
    is_published = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-number",)
        permissions = (
            ("publish_release", "Can show releases to the public, and hide them"),
            ("download_release", "Can download releases that aren't public"),
        )
        constraints = (
            models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(status__in=("waiting", "working")),
                name="feedback_release_one_in_making",
            ),
            models.CheckConstraint(
                condition=models.Q(is_published=False) | models.Q(status="done"),
                name="feedback_release_published_done",
            ),
            models.CheckConstraint(
                condition=models.Q(floor__gte=2), name="feedback_release_floor"
            ),
        )

    def __str__(self) -> str:
        return f"release {self.number}"


class ReleasedRecord(models.Model):
    """A record that a release holds something of, as long as the record is there.

    By it the next release counts what was withdrawn. It doesn't say which row: rows stand for several people.
    """

    release = models.ForeignKey(Release, models.CASCADE, related_name="records")
    record = models.ForeignKey(DonatedRecord, models.CASCADE, related_name="released")
    part = models.CharField(max_length=10)

    class Meta:
        ordering = ("release", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("release", "record"), name="feedback_released_record_once"
            ),
        )

    def __str__(self) -> str:
        return f"record {self.record_id} in release {self.release_id}"
