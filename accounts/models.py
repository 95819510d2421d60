"""Who uses the site, and the keys that their programs use in their name."""

from __future__ import annotations

import hashlib
import secrets

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A listener. An e-mail address is not needed."""

    class Meta(AbstractUser.Meta):
        swappable = "AUTH_USER_MODEL"


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
