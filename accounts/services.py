"""What can be done to accounts."""

import time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Value
from django.db.models.functions import Lower
from django.utils import timezone
from social_django.models import Nonce, UserSocialAuth

from accounts.mail import change_tell_ask
from accounts.models import (
    NAME_TAKEN,
    ApiToken,
    DataExport,
    ServiceAccount,
    User,
)
from accounts.sealing import Unreadable, reseal

# social-auth lets nobody come back after half an hour.
COMES_BACK_WITHIN_S = 3600


class ConnectionLost(Exception):
    """A service takes what it lent no more: the listener must connect it again."""


def user_sign_up(*, username: str, password: str, email: str = "") -> User:
    """Make a listener's account.

    Raises ValidationError when the user name is taken, in whichever case, or malformed.
    """
    user = User(username=username, email=email)
    user.set_password(password)
    user.full_clean()
    _save_named(user)
    return user


def user_rename(user: User, username: str) -> None:
    """Give an account another name. Raises ValidationError where that is taken."""
    user.username = username
    _save_named(user, update_fields=["username"])


def name_is_taken(username: str, *, apart_from: int | None = None) -> bool:
    """Say whether anybody has a user name, in whichever case. One query.

    apart_from: the key of an account that may.
    """
    named = User.objects.alias(name=Lower("username"))
    others = named if apart_from is None else named.exclude(pk=apart_from)
    return others.filter(name=Lower(Value(username))).exists()


def _save_named(user: User, **options: Any) -> None:
    """Save; whoever took the name a moment ago has it. Raises ValidationError."""
    try:
        with transaction.atomic():
            user.save(**options)
    except IntegrityError as error:
        raise ValidationError(NAME_TAKEN) from error


def user_ensure(username: str) -> User:
    """Return the user of that name, made without a password when missing.

    Such a user can't sign in to the page until somebody sets a password.
    Raises ValidationError when the name is malformed.
    """
    user = User.objects.filter(username=username).first()
    if user is None:
        user = User(username=username)
        user.set_unusable_password()
        user.full_clean()
        user.save()
    return user


def email_change(user: User, email: str) -> None:
    """Give an account an address, another one, or none.

    A new one is to be confirmed; a former one that was is told.
    """
    if email == user.email:
        return
    former = user.email if user.has_confirmed_email else ""
    user.email = email
    user.save(update_fields=["email"])
    if former:
        change_tell_ask(user, former)


def email_confirm(user: User) -> None:
    """Note that a listener's address is theirs."""
    user.email_confirmed = user.email
    user.save(update_fields=["email_confirmed"])


def planner_choose(user: User, planner: str) -> None:
    """Keep who shall answer a listener: one of User.Planner."""
    user.planner = planner
    user.save(update_fields=["planner"])


def token_create(*, user: User, name: str) -> str:
    """Store a new key's hash and return the key itself, for the only time."""
    key = ApiToken.make_key()
    token = ApiToken(user=user, name=name, key_hash=ApiToken.hash_key(key))
    token.full_clean()
    token.save()
    return key


def token_revoke(token: ApiToken) -> None:
    """Let a key open nothing any more; connections that it opened are closed."""
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])


@transaction.atomic
def service_disconnect(account: ServiceAccount) -> None:
    """Forget an account elsewhere, its tokens, and all that came from it."""
    UserSocialAuth.objects.filter(user=account.user, provider=account.service).delete()
    # A download that was made before holds what came from the service.
    DataExport.objects.filter(user=account.user).delete()
    account.delete()


def connection_note_lost(account: ServiceAccount) -> None:
    """Note that an account must be connected again."""
    account.lost_at = timezone.now()
    account.save(update_fields=["lost_at"])


def sign_ins_prune() -> int:
    """Forget ways to a service that nobody came back from. Returns how many."""
    begun_before = time.time() - COMES_BACK_WITHIN_S
    return Nonce.objects.filter(timestamp__lt=begun_before).delete()[0]


@transaction.atomic
def tokens_reseal(account_id: int) -> bool:
    """Seal an account's tokens with the newest key.

    Returns False where no key opens them: the account must be connected again.
    """
    account = ServiceAccount.objects.select_for_update().get(pk=account_id)
    try:
        account.access_sealed = reseal(account.access_sealed)
        if account.refresh_sealed:
            account.refresh_sealed = reseal(account.refresh_sealed)
    except Unreadable:
        connection_note_lost(account)
        return False
    account.save(update_fields=["access_sealed", "refresh_sealed"])
    return True
