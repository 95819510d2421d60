"""How music comes in: runs, and one row for each thing that a run brings."""

from __future__ import annotations

from django.db import models

from catalog.models.music import Track


class IngestRun(models.Model):
    """One import: a folder of audio files, a table, or the demo library.

    Of a table, `root` is its path; `counts` says how many rows were new, changed,
    unchanged and refused, and `rows_settled` how many of its rows are behind us, which
    is where a killed import goes on. A table has no items: its rows may be millions.
    """

    class Kind(models.TextChoices):
        FOLDER = "folder"
        DEMO = "demo"
        TABLE = "table"

    class Status(models.TextChoices):
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    kind = models.CharField(max_length=8, choices=Kind)
    root = models.CharField(max_length=1000, blank=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.RUNNING)
    options = models.JSONField(default=dict, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    rows_settled = models.PositiveBigIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.kind} {self.root}".strip()


class IngestItem(models.Model):
    """One file (or demo track) of a run, and what became of it.

    This is the outbox of the background jobs: a job that dies leaves its item
    pending, and the sweeper queues the run again.
    """

    class Status(models.TextChoices):
        PENDING = "pending"
        DONE = "done"
        UNCHANGED = "unchanged"
        REFUSED = "refused"

    run = models.ForeignKey(IngestRun, models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    source_key = models.CharField(max_length=1000)
    status = models.CharField(max_length=9, choices=Status, default=Status.PENDING)
    reason = models.CharField(max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    track = models.ForeignKey(Track, models.SET_NULL, null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("run", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("run", "source_key"), name="catalog_ingestitem_run_key"
            ),
        )
        indexes = (
            models.Index(
                fields=("run", "position"),
                condition=models.Q(status="pending"),
                name="catalog_ingestitem_pending",
            ),
            models.Index(
                fields=("run", "status", "position"),
                name="catalog_ingestitem_status",
            ),
        )

    def __str__(self) -> str:
        return self.source_key
