"""A playlist is a list of versions; an edit makes the next one."""

from __future__ import annotations

import secrets
import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from accounts.models import ServiceAccount
from catalog.models import Track
from playlists.library.models import LibraryList as LibraryList
from playlists.library.models import LibraryPart as LibraryPart
from playlists.library.models import LibraryTrack as LibraryTrack


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
    stands_for = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        related_name="+",
        help_text="it is that version without what its owner never wants to hear",
    )
    title = models.CharField(max_length=120)
    description = models.CharField(
        max_length=500, blank=True, help_text="the listener's words about it"
    )
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

    @property
    def original(self) -> int:
        """The key of the version that this one stands for; its own where it is one."""
        return self.stands_for_id or self.pk


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


class PlaylistImport(models.Model):
    """A list that a listener brought as a file, and what became of each of its songs.

    `playlist` is null until a song is found, and again when the listener has deleted it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="playlist_imports"
    )
    playlist = models.ForeignKey(
        Playlist, models.SET_NULL, null=True, blank=True, related_name="imports"
    )
    title = models.CharField(max_length=120)
    description = models.CharField(max_length=500, blank=True)
    items = models.JSONField(default=list, help_text="as playlists.importing has them")
    left_out = models.PositiveIntegerField(
        default=0, help_text="songs beyond those that a playlist holds"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        # No words of the listener, as with playlists.
        return f"import {self.uuid}"


class LivingPlaylist(models.Model):
    """A playlist that is refreshed by itself: how often, how much of it, and how it went.

    `request` is what songs are searched by, a plain value that the agent writes and reads
    (chat.agent.state.State as JSON). `due_at` moves on in the transaction that makes the
    version, so one due time brings one version, however many processes look.
    """

    class Every(models.TextChoices):
        DAY = "day"
        WEEK = "week"
        MONTH = "month"

    class Outcome(models.TextChoices):
        """How the last refresh ended."""

        NONE = "", "there was none yet"
        MADE = "made", "a version with new songs"
        NOTHING_NEW = "nothing_new", "no other song fits"
        EMPTY = "empty", "the list held no song"
        FAILED = "failed", "it was tried in vain"

    playlist = models.OneToOneField(
        Playlist, models.CASCADE, related_name="living", primary_key=True
    )
    every = models.CharField(max_length=5, choices=Every)
    new_percent = models.PositiveSmallIntegerField(
        help_text="how much of the list is exchanged for new songs"
    )
    rest_weeks = models.PositiveSmallIntegerField(
        help_text="how long a song that has left doesn't come back"
    )
    request = models.JSONField(default=dict)
    first_at = models.DateTimeField(help_text="the due times are counted from here")
    due_at = models.DateTimeField(db_index=True, help_text="when to refresh next")
    is_paused = models.BooleanField(default=False)
    tries = models.PositiveSmallIntegerField(default=0, help_text="for this due time")
    outcome = models.CharField(max_length=11, choices=Outcome, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="with `outcome`")
    added = models.PositiveSmallIntegerField(default=0)
    removed = models.PositiveSmallIntegerField(default=0)
    is_seen = models.BooleanField(
        default=True, help_text="the listener has put the notice away"
    )

    class Meta:
        ordering = ("due_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(new_percent__range=(1, 100)),
                name="playlists_living_percent",
            ),
        )

    def __str__(self) -> str:
        return f"refreshing of playlist {self.playlist_id}"


def make_marker() -> str:
    """Return what a saved playlist's description carries: letters and digits alone, as
    services write other signs in their own ways."""
    return f"pai{secrets.token_hex(10)}"


class SavedPlaylist(models.Model):
    """A playlist that a listener wants at a music service, and how far that is.

    One row for a playlist and an account, however often it is asked for. What is to
    be stands here before a service is told, so that whoever comes after a crash knows
    what may have happened: `creating_at` before a playlist is made, which `marker`
    then finds again; `placed` before songs go in, so that those are known as ours, and
    what the listener added there isn't.
    """

    class Status(models.TextChoices):
        WAITING = "waiting"
        WORKING = "working"
        DONE = "done"
        FAILED = "failed"

    class Reason(models.TextChoices):
        """Why it waits or failed."""

        NONE = "", "nothing is wrong"
        BUSY = "busy", "too many requests for now"
        QUOTA = "quota", "the site's share of requests is used up"
        DOWN = "down", "the service doesn't answer"
        RECONNECT = "reconnect", "the listener must connect it again"
        NOT_ALLOWED = "not_allowed", "the service forbids it"
        REFUSED = "refused", "the service takes a request for wrong"

    playlist = models.ForeignKey(Playlist, models.CASCADE, related_name="saved")
    account = models.ForeignKey(
        ServiceAccount, models.CASCADE, related_name="saved_playlists"
    )
    is_public = models.BooleanField(default=False)
    is_wanted = models.BooleanField(
        default=True, help_text="there, and not to be taken away"
    )
    asked = models.PositiveIntegerField(
        default=1, help_text="how often it was asked for"
    )
    carried_out = models.PositiveIntegerField(
        default=0, help_text="the newest asking that was carried out"
    )
    status = models.CharField(max_length=7, choices=Status, default=Status.WAITING)
    reason = models.CharField(max_length=11, choices=Reason, blank=True)
    tries = models.PositiveSmallIntegerField(default=0, help_text="since it was asked")
    due_at = models.DateTimeField(db_default=Now(), help_text="when to try next")
    progress = models.FloatField(default=0, help_text="0 to 1")

    marker = models.CharField(max_length=32, default=make_marker, editable=False)
    creating_at = models.DateTimeField(null=True, blank=True)
    ref = models.CharField(max_length=200, blank=True, help_text="its name there")
    url = models.CharField(max_length=300, blank=True)
    placed = ArrayField(models.CharField(max_length=200), default=list)
    holds = ArrayField(models.CharField(max_length=200), default=list)
    stamp = models.CharField(
        max_length=200, blank=True, help_text="while it holds that"
    )
    version = models.PositiveIntegerField(
        null=True, blank=True, help_text="the number of the version that is there"
    )
    saved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("playlist", "account")
        constraints = (
            models.UniqueConstraint(
                fields=("playlist", "account"), name="playlists_saved_once"
            ),
        )

    def __str__(self) -> str:
        return f"saved playlist {self.pk}"


class FoundTrack(models.Model):
    """What a service has of a track: its `ref`, or "" and what comes near it.

    It comes from the service, so it hangs on the listener's account there, and is
    looked up anew after a while (playlists/saving/finding.py).
    """

    account = models.ForeignKey(
        ServiceAccount, models.CASCADE, related_name="found_tracks"
    )
    track = models.ForeignKey(Track, models.CASCADE, related_name="found")
    ref = models.CharField(max_length=200, blank=True)
    near = models.JSONField(
        default=list, help_text="offers, as saving.service has them"
    )
    is_chosen = models.BooleanField(default=False, help_text="by the listener")
    found_at = models.DateTimeField()

    class Meta:
        ordering = ("account", "track")
        constraints = (
            models.UniqueConstraint(
                fields=("account", "track"), name="playlists_found_track_once"
            ),
        )
        indexes = (models.Index(fields=("found_at",), name="playlists_found_at"),)

    def __str__(self) -> str:
        return f"track {self.track_id} at {self.account}"
