"""Who uses the site, the keys of their programs, and their accounts elsewhere."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy

from accounts.signals import access_ended

NAME_TAKEN = gettext_lazy("Somebody has this name already. Try another.")
# The fields of a user on which all sessions hang.
ENDING = frozenset({"password", "is_active"})


class User(AbstractUser):
    """A listener. An e-mail address is not needed."""

    class Planner(models.TextChoices):
        BUILTIN = "builtin"
        LLM = "llm"

    # The address that they have shown to be theirs. It counts while it is the one of
    # `email`, whoever changes that.
    email_confirmed = models.EmailField(blank=True, default="", editable=False)
    # Who shall answer where the site leaves the choice, "" for whoever usually does.
    planner = models.CharField(max_length=7, choices=Planner, blank=True, default="")
    # The code of the language that they chose for the pages, "" where they chose none.
    language = models.CharField(max_length=12, blank=True, default="")
    # Whether the welcome was read or passed over; it is shown of itself only before.
    is_welcomed = models.BooleanField(default=False)

    class Meta(AbstractUser.Meta):
        swappable = "AUTH_USER_MODEL"
        constraints = (
            models.UniqueConstraint(
                Lower("username"),
                name="accounts_user_name_in_any_case",
                violation_error_message=NAME_TAKEN,
            ),
        )

    def save(self, **options: Any) -> None:
        """Save, and tell when that ends sessions.

        Costs one query more where the password or the activity may have changed.
        """
        fields = options.get("update_fields")
        may_end = fields is None or ENDING & set(fields)
        before = None
        if may_end and not self._state.adding:
            before = User.objects.filter(pk=self.pk).only(*ENDING).first()
        super().save(**options)
        if before and before.is_active and self._has_lost(before, fields):
            Session.objects.filter(listened__user=self).delete()
            transaction.on_commit(partial(access_ended.send, User, user=self))

    @property
    def has_confirmed_email(self) -> bool:
        """Say whether mail reaches them, and nobody else, as far as is known."""
        return bool(self.email) and self.email == self.email_confirmed

    def _has_lost(self, before: User, fields: Iterable[str] | None) -> bool:
        saved = ENDING if fields is None else ENDING & set(fields)
        is_off = "is_active" in saved and not self.is_active
        return is_off or ("password" in saved and self.password != before.password)


class ApiToken(models.Model):
    """A key for clients without a browser; only its hash is stored."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens"
    )
    name = models.CharField(max_length=80)
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        # No name: the admin's log keeps this when the account is gone.
        return f"key {self.pk}"

    def save(self, **options: Any) -> None:
        """Save, and tell when that revokes the key."""
        held = ApiToken.objects.filter(pk=self.pk, revoked_at=None).exists()
        super().save(**options)
        fields = options.get("update_fields")
        is_saved = fields is None or "revoked_at" in fields
        if held and is_saved and self.revoked_at is not None:
            transaction.on_commit(partial(access_ended.send, ApiToken, user=self.user))

    @staticmethod
    def make_key() -> str:
        """Return a new key: 40 URL-safe characters, 240 bits of chance."""
        return secrets.token_urlsafe(30)

    @staticmethod
    def hash_key(key: str) -> str:
        """Return the stored form of a key.

        One round of SHA-256 is enough, since keys are long and random; a slow hash
        would only slow down each connection.
        """
        return hashlib.sha256(key.encode()).hexdigest()


class ServiceAccount(models.Model):
    """A listener's account at a music service, and the tokens that it lends the site.

    Whatever came from the service hangs on this row, and goes with it. Tokens are
    sealed (accounts.sealing), and no page, log or job shows them. A service whose token
    holds until it is taken back has no refresh token and no end.
    """

    class Service(models.TextChoices):
        SPOTIFY = "spotify", "Spotify"
        LISTENBRAINZ = "listenbrainz", "ListenBrainz"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="service_accounts"
    )
    service = models.CharField(max_length=16, choices=Service)
    account = models.CharField(max_length=255, help_text="the service's id of it")
    name = models.CharField(max_length=120, blank=True)
    access_sealed = models.TextField(editable=False)
    refresh_sealed = models.TextField(blank=True, editable=False)
    expires_at = models.DateTimeField(
        null=True, blank=True, help_text="when the access token ends; empty: it doesn't"
    )
    scopes = ArrayField(models.CharField(max_length=60), default=list)
    agreed_at = models.DateTimeField()
    lost_at = models.DateTimeField(
        null=True, blank=True, help_text="since when it must be connected again"
    )

    class Meta:
        ordering = ("user", "service")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "service"), name="accounts_service_account_one"
            ),
            models.UniqueConstraint(
                fields=("service", "account"), name="accounts_service_account_owner"
            ),
        )

    def __str__(self) -> str:
        # No name: this goes into logs and the admin.
        return f"{self.service} account {self.pk}"


class UserSession(models.Model):
    """A browser in which a listener is signed in; Django's own row holds its data.

    Enough to know it again by, and no more: which kind of browser, on which kind of
    machine, and when. No address, which would tell where people are, and not what the
    browser says of itself, which tells browsers apart too well.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="sessions"
    )
    session = models.OneToOneField(
        Session, models.CASCADE, related_name="listened", editable=False
    )
    browser = models.CharField(max_length=20, blank=True)
    system = models.CharField(max_length=20, blank=True)
    signed_in_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ("user", "-seen_at")

    def __str__(self) -> str:
        # Without the session's key: whoever has it is signed in.
        return f"session {self.pk}"


class DataExport(models.Model):
    """All that the site holds of a listener, as a file, and how far that is.

    One for a listener: who asks again gets a new one in its place. `alive_at` tells
    whether a worker is at it.
    """

    class Status(models.TextChoices):
        WAITING = "waiting"
        WORKING = "working"
        DONE = "done"
        FAILED = "failed"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="export"
    )
    status = models.CharField(max_length=7, choices=Status, default=Status.WAITING)
    progress = models.FloatField(default=0, help_text="0 to 1")
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(auto_now_add=True)
    alive_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True, blank=True)
    size_bytes = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("-asked_at",)

    def __str__(self) -> str:
        return f"export {self.pk}"
