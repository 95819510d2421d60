"""What tracks and artists that were merged into others went by."""

from __future__ import annotations

from django.db import models

from catalog.models.music import Artist, Track
from catalog.names import name_key


class ArtistAlias(models.Model):
    """A name that means an artist of another name.

    An import that brings the name finds the artist, and doesn't make them anew.
    """

    artist = models.ForeignKey(Artist, models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=300)
    key = models.CharField(max_length=300, unique=True, editable=False)

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "artist aliases"

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.key = name_key(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class TrackAlias(models.Model):
    """The UUID of a track that was merged into another one.

    Playlists that listeners took home, and pages that stood open, still name it.
    """

    track = models.ForeignKey(Track, models.CASCADE, related_name="aliases")
    uuid = models.UUIDField(unique=True)

    class Meta:
        ordering = ("id",)
        verbose_name_plural = "track aliases"

    def __str__(self) -> str:
        return str(self.uuid)
