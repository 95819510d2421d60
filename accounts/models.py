"""Who uses the site, the keys of their programs, and their accounts elsewhere."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction

from accounts.signals import access_ended

# The fields of a user on which all sessions hang.
ENDING = frozenset({"password", "is_active"})


class User(AbstractUser):
    """A listener. An e-mail address is not needed."""

    # The code of the language that they chose for the pages, "" where they chose none.
    language = models.CharField(max_length=12, blank=True, default="")
    # Whether the welcome was read or passed over; it is shown of itself only before.
    is_welcomed = models.BooleanField(default=False)

    class Meta(AbstractUser.Meta):
        swappable = "AUTH_USER_MODEL"

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
            transaction.on_commit(partial(access_ended.send, User, user=self))

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
        return f"{self.name} of {self.user}"

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
    sealed (accounts.sealing), and no page, log or job shows them.
    """

    class Service(models.TextChoices):
        SPOTIFY = "spotify", "Spotify"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="service_accounts"
    )
    service = models.CharField(max_length=16, choices=Service)
    account = models.CharField(max_length=255, help_text="the service's id of it")
    name = models.CharField(max_length=120, blank=True)
    access_sealed = models.TextField(editable=False)
    refresh_sealed = models.TextField(editable=False)
    expires_at = models.DateTimeField(help_text="when the access token ends")
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
