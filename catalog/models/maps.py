"""The map of the catalog: where each song lies on a plane."""

from __future__ import annotations

from django.db import models

from catalog.models.spaces import Space


class CatalogMap(models.Model):
    """One drawing of the catalog. The newest serves, and those before it are deleted.

    `track_ids` are little-endian int64, ascending: a song's number on the map is its
    place among them, so that numbers mean something only together with the map's own.
    `body` is what pages fetch, gzipped (catalog/maps/packing.py), and `digest` its
    ETag. Both blobs can be large: queries leave them out.
    """

    space = models.ForeignKey(Space, models.CASCADE, related_name="+")
    count = models.PositiveIntegerField(help_text="songs on it")
    by_words = models.PositiveIntegerField(
        default=0, help_text="of these, placed by what is known of them"
    )
    left_out = models.PositiveIntegerField(
        default=0, help_text="songs that nothing gives a place"
    )
    track_ids = models.BinaryField()
    body = models.BinaryField()
    digest = models.CharField(max_length=32)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"map {self.pk} of {self.count} songs"
