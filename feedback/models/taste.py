"""What listeners decide about their taste, and what they never want to hear again."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from catalog.models import Artist, Track
from feedback.models.reactions import Reaction


class TasteSetting(models.Model):
    """How much a listener's taste counts, and since when. None before they say so.

    strength: from 0, not at all, to 1.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="taste_setting"
    )
    strength = models.FloatField(
        null=True, blank=True, help_text="0 to 1; empty: as the site has it"
    )
    reset_at = models.DateTimeField(
        null=True, blank=True, help_text="reactions from before count no more"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(strength=None) | Q(strength__range=(0, 1)),
                name="feedback_taste_strength",
            ),
        )

    def __str__(self) -> str:
        return f"taste setting {self.pk}"


class TasteAside(models.Model):
    """A reaction that counts no more in the listener's taste; it stays as history.

    attribute: of which it says nothing any more; "" for all that it said.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="taste_aside"
    )
    reaction = models.ForeignKey(Reaction, models.CASCADE, related_name="aside")
    attribute = models.CharField(max_length=20, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("reaction", "attribute"), name="feedback_taste_aside_once"
            ),
        )

    def __str__(self) -> str:
        return f"taste aside {self.pk}"


class NeverAgain(models.Model):
    """A song or an artist that a listener never wants to hear again, until lifted.

    Lifted rows stay as history.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="never_again"
    )
    track = models.ForeignKey(
        Track, models.CASCADE, null=True, blank=True, related_name="never_again"
    )
    artist = models.ForeignKey(
        Artist, models.CASCADE, null=True, blank=True, related_name="never_again"
    )
    words = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(track=None) | Q(artist=None),
                name="feedback_never_again_one",
            ),
            models.UniqueConstraint(
                fields=("user", "track"),
                condition=Q(lifted_at=None),
                name="feedback_never_again_track",
            ),
            models.UniqueConstraint(
                fields=("user", "artist"),
                condition=Q(lifted_at=None),
                name="feedback_never_again_artist",
            ),
        )

    def __str__(self) -> str:
        return f"never again {self.pk}"
