"""What listeners say of tracks."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from catalog.models import Track


class Reaction(models.Model):
    """One reaction to one track, and the words that had brought the track.

    Rows are only added: the newest of a listener and a track is the one that holds,
    and changing one's mind stays readable as history.
    """

    class Value(models.TextChoices):
        LIKE = "like"
        DISLIKE = "dislike"
        MORE = "more"
        NONE = "none"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="reactions"
    )
    track = models.ForeignKey(Track, models.CASCADE, related_name="reactions")
    value = models.CharField(max_length=7, choices=Value)
    words = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(
                fields=("user", "track", "-id"), name="feedback_reaction_newest"
            ),
        )

    def __str__(self) -> str:
        # No name: the admin's log keeps this when the account is gone.
        return f"reaction {self.pk}"
