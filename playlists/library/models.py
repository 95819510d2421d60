"""What came from a service, each row with its source and its end."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from accounts.models import ServiceAccount
from catalog.models import Track


class LibraryPart(models.Model):
    """One kind of what a listener has at a service: their consent, and how far it is in.

    Without consent there is no row, and of a kind without its row nothing is held:
    whoever withdraws or disconnects, and whatever ends, deletes the row.
    """

    class Kind(models.TextChoices):
        LIKED = "liked"
        TOP = "top"
        RECENT = "recent"
        LISTS = "lists"

    class Status(models.TextChoices):
        WAITING = "waiting"
        WORKING = "working"
        DONE = "done"
        FAILED = "failed"

    class Reason(models.TextChoices):
        """Why it waits or failed: those of saving.service's Trouble, and UNASKED."""

        NONE = "", "nothing is wrong"
        UNASKED = "unasked", "the listener hasn't agreed to it at the service"
        BUSY = "busy", "too many requests for now"
        QUOTA = "quota", "the site's share of requests is used up"
        DOWN = "down", "the service doesn't answer"
        RECONNECT = "reconnect", "the listener must connect it again"
        NOT_ALLOWED = "not_allowed", "the service forbids it"
        REFUSED = "refused", "the service takes a request for wrong"

    account = models.ForeignKey(
        ServiceAccount, models.CASCADE, related_name="library_parts"
    )
    kind = models.CharField(max_length=6, choices=Kind)
    agreed_at = models.DateTimeField()
    agreed_to = models.PositiveSmallIntegerField(
        help_text="the version of the words that were agreed to"
    )
    expires_at = models.DateTimeField(help_text="when the row and all of it ends")
    asked = models.PositiveIntegerField(
        default=1, help_text="how often it was asked for"
    )
    status = models.CharField(max_length=7, choices=Status, default=Status.WAITING)
    reason = models.CharField(max_length=11, choices=Reason, blank=True)
    tries = models.PositiveSmallIntegerField(
        default=0, help_text="since a page came in"
    )
    due_at = models.DateTimeField(db_default=Now(), help_text="when to try next")
    progress = models.FloatField(default=0, help_text="0 to 1")
    is_listed = models.BooleanField(
        default=False, help_text="all that is to be read is known"
    )
    offset = models.PositiveIntegerField(
        default=0, help_text="where the next page of what is being read begins"
    )
    brought_at = models.DateTimeField(
        null=True, blank=True, help_text="when all of it was in"
    )

    class Meta:
        ordering = ("account", "kind")
        constraints = (
            models.UniqueConstraint(
                fields=("account", "kind"), name="playlists_library_part_once"
            ),
        )
        indexes = (models.Index(fields=("expires_at",), name="playlists_part_end"),)

    def __str__(self) -> str:
        return f"library part {self.pk}"


class FromService(models.Model):
    """Came from a service: whose, for how long, and by which asking it was last seen."""

    source = models.CharField(max_length=16, help_text="of ServiceAccount.Service")
    ref = models.CharField(max_length=200, blank=True, help_text="its name there")
    asked = models.PositiveIntegerField(help_text="as in LibraryPart")
    place = models.PositiveIntegerField(default=0, help_text="among its like, from 0")
    expires_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        # No names of the service's: this goes into logs and the admin.
        return f"{self._meta.verbose_name} {self.pk} of {self.source}"


class LibraryList(FromService):
    """A playlist of the listener's there; of other kinds the one row of all songs."""

    part = models.ForeignKey(LibraryPart, models.CASCADE, related_name="lists")
    title = models.CharField(max_length=200, blank=True)
    is_read = models.BooleanField(default=False, help_text="all its songs are in")

    class Meta:
        ordering = ("part", "place")
        constraints = (
            models.UniqueConstraint(
                fields=("part", "ref"), name="playlists_library_list_once"
            ),
        )
        indexes = (models.Index(fields=("expires_at",), name="playlists_list_end"),)


class LibraryTrack(FromService):
    """A song of the listener's there, as the service tells of it.

    track: the one of the catalog that it is, null where there is none.
    """

    holder = models.ForeignKey(LibraryList, models.CASCADE, related_name="tracks")
    title = models.CharField(max_length=500)
    artists = ArrayField(models.CharField(max_length=300), default=list)
    duration_ms = models.PositiveIntegerField(null=True, blank=True)
    isrc = models.CharField(max_length=12, blank=True)
    url = models.CharField(max_length=300, blank=True)
    track = models.ForeignKey(
        Track, models.SET_NULL, null=True, blank=True, related_name="in_libraries"
    )

    class Meta:
        ordering = ("holder", "place")
        constraints = (
            models.UniqueConstraint(
                fields=("holder", "ref"), name="playlists_library_track_once"
            ),
        )
        indexes = (models.Index(fields=("expires_at",), name="playlists_song_end"),)
