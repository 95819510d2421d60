"""Tokens of other services, encrypted before they are stored.

The keys are settings.TOKEN_KEYS, the newest first; behind them stands one made of
SECRET_KEY, which alone holds where none is named. The newest seals, all of them open.
"""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

# What a sealed text begins with; another way to seal would begin otherwise.
PREFIX = "sealed1:"
KEY_BYTES = 32


class Unreadable(Exception):
    """A text that no key opens: the key it was sealed with is gone."""


def seal(text: str) -> str:
    """Encrypt a text with the newest key."""
    return PREFIX + _keys().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Decrypt what `seal` returned. Raises Unreadable."""
    try:
        return _keys().decrypt(_body(sealed)).decode()
    except InvalidToken as error:
        raise Unreadable from error


def reseal(sealed: str) -> str:
    """Encrypt with the newest key what any of them has sealed. Raises Unreadable."""
    try:
        return PREFIX + _keys().rotate(_body(sealed)).decode()
    except InvalidToken as error:
        raise Unreadable from error


def _body(sealed: str) -> bytes:
    if not sealed.startswith(PREFIX):
        raise Unreadable
    return sealed.removeprefix(PREFIX).encode()


def _keys() -> MultiFernet:
    named = settings.TOKEN_KEYS.get_secret_value().split(",")
    keys = [key.strip() for key in named if key.strip()]
    return MultiFernet([Fernet(key) for key in [*keys, _of_secret_key()]])


def _of_secret_key() -> str:
    info = b"personalais.accounts.sealing"
    derive = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info)
    key = derive.derive(settings.SECRET_KEY.encode())
    return base64.urlsafe_b64encode(key).decode()
