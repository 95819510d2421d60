"""A playlist is a list of versions; an edit makes the next one."""

from __future__ import annotations

import secrets
import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models


class Playlist(models.Model):
    """A listener's playlist; `current` is the version that is shown."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="playlists"
    )
    current = models.ForeignKey(
        "PlaylistVersion", models.RESTRICT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("-updated_at",)

    def __str__(self) -> str:
        # No words of the listener: this goes into logs and the admin.
        return f"playlist {self.uuid}"


class PlaylistVersion(models.Model):
    """One state of a playlist, never changed once written.

    Only tracks that become one change their numbers in it (playlists/merging.py).
    `track_ids` are primary keys of catalog.Track in playing order. They are an array
    and not rows, because a version is written once and read whole; the service
    checks that each id is in the catalog.
    """

    class Author(models.TextChoices):
        LISTENER = "listener"
        AGENT = "agent"

    playlist = models.ForeignKey(Playlist, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="+")
    title = models.CharField(max_length=120)
    track_ids = ArrayField(models.BigIntegerField(), default=list)
    author = models.CharField(max_length=8, choices=Author)
    words = models.TextField(
        blank=True, help_text="the words that asked for it, or the name of the edit"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("playlist", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("playlist", "number"), name="playlists_version_number"
            ),
        )

    def __str__(self) -> str:
        return f"version {self.number} of playlist {self.playlist_id}"


def make_share_key() -> str:
    """Return a key that nobody guesses: 22 URL-safe characters, 128 bits of chance."""
    return secrets.token_urlsafe(16)


class ShareLink(models.Model):
    """A link by which anyone may see a playlist as it is now, until it is revoked."""

    playlist = models.ForeignKey(Playlist, models.CASCADE, related_name="share_links")
    key = models.CharField(max_length=32, unique=True, default=make_share_key)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("playlist",),
                condition=models.Q(revoked_at=None),
                name="playlists_share_link_one_open",
            ),
        )

    def __str__(self) -> str:
        # Without the key: whoever has it sees the list.
        return f"link to playlist {self.playlist_id}"
