"""Where each track's facts came from."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from catalog.models.music import Track
from catalog.models.words import path_words


class TrackSource(models.Model):
    """One place that a track came from: a file, a row of a table, the demo library.

    A recording that several sources know is one track with several of these. `origin`
    names whose content it is ("spotify-features", "jamendo"; "" for the listener's own
    files), so that what may not be passed on can be told apart. A file that is gone
    keeps its row, with the time at which that was noticed. `tags` are what it states
    now; of a table's row, all that any row of its key ever stated.
    """

    track = models.ForeignKey(Track, models.CASCADE, related_name="sources")
    kind = models.CharField(max_length=8, choices=Track.Source)
    origin = models.CharField(max_length=60, blank=True)
    key = models.CharField(
        max_length=1000,
        help_text="what identifies it within its origin: a path, a slug, an id",
    )
    fingerprint = models.CharField(
        max_length=64,
        blank=True,
        help_text="changes when the source does, so that it's read again",
    )
    content_hash = models.CharField(
        max_length=64,
        blank=True,
        help_text="of the audio stream alone, without tags: a moved file keeps it",
    )
    tags = ArrayField(
        models.BigIntegerField(),
        null=True,
        blank=True,
        editable=False,
        help_text="ids of the tags that it states; null where nobody knows",
    )
    seen_at = models.DateTimeField(auto_now_add=True)
    vanished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("track", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "origin", "key"), name="catalog_tracksource_key"
            ),
        )
        indexes = (
            models.Index(
                fields=("content_hash",),
                condition=~models.Q(content_hash=""),
                name="catalog_tracksource_content",
            ),
            GinIndex(path_words(), name="catalog_tracksource_words"),
        )

    def __str__(self) -> str:
        return f"{self.origin or self.kind}: {self.key}"
