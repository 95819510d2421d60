"""Which tracks changed, for those who hold copies of them."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class TrackChange(models.Model):
    """A transaction that changed a track, its credits, tags or vectors.

    Written by triggers (migration 0015), so that no way of writing is missed. Read by
    `catalog.columns.changes`.
    """

    pk = models.CompositePrimaryKey("transaction", "track")
    transaction = models.BigIntegerField()
    track = models.BigIntegerField()
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.track} in {self.transaction}"
