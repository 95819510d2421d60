"""What of their reactions listeners send elsewhere."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from accounts.models import ServiceAccount
from catalog.models import Track


class ReactionSharing(models.Model):
    """A listener's word that reactions made here go to their account at a service.

    There is none before they say so. It stays, off, while what was sent is taken back.
    """

    class Reason(models.TextChoices):
        """Why nothing is sent for now."""

        NONE = "", "nothing is wrong"
        BUSY = "busy", "too many requests for now"
        DOWN = "down", "the service doesn't answer"
        RECONNECT = "reconnect", "the listener must connect it again"

    account = models.OneToOneField(
        ServiceAccount, models.CASCADE, related_name="reaction_sharing"
    )
    is_on = models.BooleanField(default=True)
    agreed_at = models.DateTimeField()
    reason = models.CharField(max_length=9, choices=Reason, blank=True)
    tries = models.PositiveSmallIntegerField(
        default=0, help_text="that failed in a row"
    )
    due_at = models.DateTimeField(db_default=Now(), help_text="when to try next")

    class Meta:
        ordering = ("account",)

    def __str__(self) -> str:
        return f"reactions for {self.account}"


class SharedReaction(models.Model):
    """A reaction on its way to a service: what is to be there, and what is known to be.

    Written before anything is sent, and `sent` is emptied before each call, so that
    whoever comes after a crash knows what may be there.
    """

    class Status(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        MISSING = "missing"
        REFUSED = "refused"

    account = models.ForeignKey(
        ServiceAccount, models.CASCADE, related_name="shared_reactions"
    )
    track = models.ForeignKey(Track, models.CASCADE, related_name="shared_reactions")
    ref = models.CharField(
        max_length=200, blank=True, help_text="the recording's name there, once found"
    )
    wanted = models.SmallIntegerField(help_text="1 for liked, -1 for disliked, or 0")
    sent = models.SmallIntegerField(
        null=True, default=0, help_text="what is there from us; empty: nobody knows"
    )
    status = models.CharField(max_length=7, choices=Status, default=Status.WAITING)

    class Meta:
        ordering = ("account", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("account", "track"), name="feedback_shared_reaction_once"
            ),
            models.CheckConstraint(
                condition=models.Q(wanted__in=(-1, 0, 1)),
                name="feedback_shared_reaction_wanted",
            ),
        )

    def __str__(self) -> str:
        return f"shared reaction {self.pk}"
