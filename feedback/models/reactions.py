"""What listeners say of tracks, and what they do with them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from catalog.models import Track


class Reaction(models.Model):
    """One reaction to one track, and what it answered.

    Rows are only added: the newest opinion of a listener and a track is the one that
    holds, and changing one's mind stays readable as history. What was merely done with a
    track (`SIGNALS`) stands beside, and changes no opinion.

    words: what had been said when the track came. asked: what was taken as given then:
    `language` (ISO 639), `constraints` in plain words and names, and `mood` (`valence`
    and `energy`, 0..1) or None. turn: the message that it answers, talk: its conversation.
    position: the track's place in the list that was shown, from 0.
    """

    class Value(models.TextChoices):
        LIKE = "like"
        DISLIKE = "dislike"
        MORE = "more"
        NONE = "none"
        SKIP = "skip", "Skipped"
        PLAYED = "played", "Played through"
        REMOVED = "removed", "Taken out of a list"

    class Reason(models.TextChoices):
        """Why a track isn't liked."""

        NONE = "", "none given"
        NOT_FOR_ME = "not_for_me", "not for me"
        WRONG_MOOD = "wrong_mood", "wrong mood"
        UNKNOWN = "unknown", "doesn't know it"
        OVERPLAYED = "overplayed", "heard too often"

    class Source(models.TextChoices):
        """Where it was said or done."""

        NONE = "", "not noted"
        CHAT = "chat"
        PLAYER = "player"
        PLAYLIST = "playlist"

    OPINIONS = (Value.LIKE, Value.DISLIKE, Value.MORE, Value.NONE)
    SIGNALS = (Value.SKIP, Value.PLAYED, Value.REMOVED)

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="reactions"
    )
    track = models.ForeignKey(Track, models.CASCADE, related_name="reactions")
    value = models.CharField(max_length=7, choices=Value)
    reason = models.CharField(max_length=10, choices=Reason, blank=True, default="")
    source = models.CharField(max_length=8, choices=Source, blank=True, default="")
    words = models.TextField(blank=True)
    asked = models.JSONField(default=dict, blank=True)
    turn = models.UUIDField(null=True, blank=True)
    talk = models.UUIDField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(null=True, blank=True)
    is_from_library = models.BooleanField(
        default=False, help_text="a music service's library had brought the track"
    )
    said_since = models.DateTimeField(
        null=True, blank=True, help_text="when the talk began that it answers"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(
                fields=("user", "track", "-id"), name="feedback_reaction_newest"
            ),
            models.Index(fields=("user", "turn"), name="feedback_reaction_turn"),
        )

    def __str__(self) -> str:
        # No name: the admin's log keeps this when the account is gone.
        return f"reaction {self.pk}"
