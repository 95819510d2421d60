"""Connecting an account at ListenBrainz by its user token, and using the token."""

from __future__ import annotations

import logging

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.listenbrainz import NAME
from accounts.listenbrainz.client import ListenBrainz
from accounts.models import ServiceAccount, User
from accounts.sealing import Unreadable, seal, unseal
from accounts.services import ConnectionLost, connection_note_lost

logger = logging.getLogger(__name__)


class UnknownToken(Exception):
    """ListenBrainz knows nobody by the token."""


class SomebodyElses(Exception):
    """The account there is connected to another account here."""


class AnotherConnected(Exception):
    """The listener has another account of ListenBrainz connected."""


def listenbrainz_connect(user: User, token: str) -> ServiceAccount:
    """Store a listener's token, encrypted, once ListenBrainz knows whose it is.

    Connecting the same account again takes the new token. Raises UnknownToken,
    SomebodyElses, AnotherConnected, Failed. One call.
    """
    name = ListenBrainz(token).user_name()
    if not name:
        raise UnknownToken
    held = ServiceAccount.objects.filter(service=NAME)
    if held.filter(user=user).exclude(account=name).exists():
        raise AnotherConnected
    facts = {
        "name": name,
        "access_sealed": seal(token),
        "agreed_at": timezone.now(),
        "lost_at": None,
    }
    try:
        with transaction.atomic():
            account, _is_new = held.update_or_create(
                user=user, service=NAME, account=name, defaults=facts
            )
    except IntegrityError as error:
        raise SomebodyElses from error
    return account


def listenbrainz_of(account_id: int) -> ListenBrainz:
    """Return the API in a listener's name.

    Raises ConnectionLost, ServiceAccount.DoesNotExist.
    """
    account = ServiceAccount.objects.get(pk=account_id)
    if account.lost_at is not None:
        raise ConnectionLost
    try:
        return ListenBrainz(unseal(account.access_sealed))
    except Unreadable as error:
        logger.warning("%s: no key opens its token", account)
        connection_note_lost(account)
        raise ConnectionLost from error


def token_check(account_id: int, api: ListenBrainz) -> str:
    """Return whose token it is, now.

    A server may refuse one in passing, so this is asked before it is taken for dead.
    Raises ConnectionLost, once that is noted, or Failed. One call.
    """
    if name := api.user_name():
        return name
    account = ServiceAccount.objects.filter(pk=account_id).first()
    if account is not None:
        logger.info("%s: its token is no longer known there", account)
        connection_note_lost(account)
    raise ConnectionLost
