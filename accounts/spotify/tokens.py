"""A fresh access token, refreshed by one process at a time."""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import timedelta
from typing import Any

import requests
from django.db import transaction
from django.utils import timezone
from social_core.exceptions import AuthCredentialError, SocialAuthBaseException
from social_django.utils import load_strategy

from accounts.models import ServiceAccount
from accounts.sealing import Unreadable, seal, unseal
from accounts.services import ConnectionLost, connection_note_lost
from accounts.spotify.backend import SpotifyBackend

logger = logging.getLogger(__name__)

# A token that ends so soon might not last until the call arrives.
SOON = timedelta(seconds=60)


class TokensUnavailable(Exception):
    """Spotify gives no token right now; later it may."""


def access_token(account_id: int, *, refused: str = "") -> str:
    """Return a token that holds for a minute at least.

    refused: one that Spotify has just refused, whatever its age. Waits while another
    process refreshes, by the row's lock, and takes what that one got. Raises
    ConnectionLost, TokensUnavailable, ServiceAccount.DoesNotExist.
    """
    with transaction.atomic():
        account = ServiceAccount.objects.select_for_update().get(pk=account_id)
        if account.lost_at is not None:
            raise ConnectionLost
        token = _refreshed(account, refused)
    if token is None:
        raise ConnectionLost
    return token


def token_refused(account_id: int, *, refused: str) -> None:
    """Note that an account is lost whose newest token is refused.

    What was connected anew in the meantime stays. Raises ServiceAccount.DoesNotExist.
    """
    with transaction.atomic():
        account = ServiceAccount.objects.select_for_update().get(pk=account_id)
        with suppress(Unreadable):
            if unseal(account.access_sealed) != refused:
                return
        logger.info("%s: a token that is new is refused", account)
        connection_note_lost(account)


def _refreshed(account: ServiceAccount, refused: str) -> str | None:
    """Return the stored token or a new one; None where the connection is lost."""
    try:
        held, refresh = unseal(account.access_sealed), unseal(account.refresh_sealed)
    except Unreadable:
        logger.warning("%s: no key opens its tokens", account)
        connection_note_lost(account)
        return None
    until = account.expires_at
    if held != refused and until is not None and until > timezone.now() + SOON:
        return held
    try:
        answer = _backend().refresh_token(refresh)
    except AuthCredentialError as error:
        if error.provider_code != "invalid_grant":
            raise TokensUnavailable(error.code) from error
        logger.info("%s: its refresh token is dead", account)
        connection_note_lost(account)
        return None
    except (SocialAuthBaseException, requests.RequestException) as error:
        raise TokensUnavailable(type(error).__name__) from error
    return _stored(account, answer)


def _backend() -> SpotifyBackend:
    return SpotifyBackend(load_strategy())  # type: ignore[no-untyped-call]


def _stored(account: ServiceAccount, answer: dict[str, Any]) -> str:
    token: str = answer["access_token"]
    account.access_sealed = seal(token)
    if answer.get("refresh_token"):
        account.refresh_sealed = seal(answer["refresh_token"])
    life = timedelta(seconds=int(answer.get("expires_in") or 0))
    account.expires_at = timezone.now() + life
    account.save(update_fields=["access_sealed", "refresh_sealed", "expires_at"])
    return token
