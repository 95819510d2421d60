"""Pseudonyms: HMAC-SHA256 of who gave something, under a key that the site keeps.

The keys are settings.DONATION_KEYS, the newest first; behind them stands one made of
SECRET_KEY, which alone holds where none is named. The newest names what is new, by all of
them what was given is found again.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import uuid
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

KEY_BYTES = 32
ID_LENGTH = 16


@dataclass(frozen=True)
class Key:
    """A secret of 32 bytes. Its id tells it from others, and nothing of it."""

    secret: bytes

    def __repr__(self) -> str:
        return f"Key({self.id})"

    @property
    def id(self) -> str:
        """Return what `DonatedRecord.key_id` says."""
        return self._mac("key")[:ID_LENGTH]

    def pseudonym(self, user_id: int) -> str:
        """Return a listener's name under this key: 64 hexadecimal digits."""
        return self._mac(f"listener:{user_id}")

    def turn_key(self, user_id: int, turn: uuid.UUID) -> str:
        """Return the name of a listener's turn under this key."""
        return self._mac(f"turn:{user_id}:{turn}")

    def renamed(self, turn_key: str) -> str:
        """Return another name for a turn that is known by an older key's name alone."""
        return self._mac(f"turn of:{turn_key}")

    def _mac(self, text: str) -> str:
        return hmac.new(self.secret, text.encode(), hashlib.sha256).hexdigest()


def donation_keys() -> list[Key]:
    """Return the keys, the newest first."""
    named = settings.DONATION_KEYS.get_secret_value().split(",")
    keys = [base64.urlsafe_b64decode(key.strip()) for key in named if key.strip()]
    return [Key(secret) for secret in [*keys, _of_secret_key()]]


def _of_secret_key() -> bytes:
    info = b"personalais.feedback.donation"
    derive = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info)
    return derive.derive(settings.SECRET_KEY.encode())
