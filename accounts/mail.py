"""What the site mails to listeners: plain text, in their language, about their account.

The rule of this file: links go only to an address of the account that they are for, and
a link that opens something is made in the worker, so that it stands in no job.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.core.mail import send_mail
from django.db.models import F, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.limits import is_one_too_many
from accounts.models import User
from accounts.queueing import job_enqueue
from accounts.sealing import seal

CONFIRM_SALT = "accounts.email"
CONFIRM_HOLDS_S = 3 * 24 * 3600


def mail_is_on() -> bool:
    """Say whether this site can send mail."""
    return bool(settings.EMAIL_HOST)


def users_to_reset(email: str) -> QuerySet[User]:
    """Return whose password may be reset by mail to an address: those who confirmed it.

    Who has none yet may get one this way, too: the mailbox is theirs.
    """
    found = User.objects.filter(email__iexact=email, is_active=True)
    return found.filter(email_confirmed=F("email")).order_by("pk")


def reset_ask(email: str, *, origin: str) -> None:
    """Have links sent to whoever has confirmed this address; the same work for nobody.

    origin: the site's own address, as it was called. Little is sent to one address.
    """
    found = users_to_reset(email)
    ids = (
        []
        if is_one_too_many("mail", email)
        else list(found.values_list("pk", flat=True))
    )
    job_enqueue("send_resets", ids, origin)


def confirmation_ask(user: User, *, origin: str, language: str) -> bool:
    """Have a link sent by which a listener confirms their address.

    Returns False where too much was sent there already.
    """
    if not mail_is_on() or is_one_too_many("mail", user.email):
        return False
    job_enqueue("send_confirmation", user.pk, origin, language)
    return True


def confirmed_by(token: str) -> tuple[int, str] | None:
    """Return whose address a link confirms, and which; None for one that doesn't hold."""
    try:
        pk, email = signing.loads(token, salt=CONFIRM_SALT, max_age=CONFIRM_HOLDS_S)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(pk), str(email)


def resets_send(user_ids: Sequence[int], *, origin: str) -> None:
    """Mail each of them a link to a new password. It holds once, and some hours."""
    for user in User.objects.filter(pk__in=user_ids, is_active=True):
        if not user.has_confirmed_email:
            continue
        query = urlencode(
            {
                "user": urlsafe_base64_encode(force_bytes(user.pk)),
                "token": default_token_generator.make_token(user),
            }
        )
        link = f"{origin}{reverse('accounts:set-password')}?{query}"
        hours = settings.PASSWORD_RESET_TIMEOUT // 3600
        with override(user.language or settings.LANGUAGE_CODE):
            _send(user, "reset", _("A new password"), link=link, hours=hours)


def confirmation_send(user: User, *, origin: str, language: str) -> None:
    """Mail a listener the link that confirms their address."""
    token = signing.dumps([user.pk, user.email], salt=CONFIRM_SALT)
    query = urlencode({"token": token})
    link = f"{origin}{reverse('accounts:confirm-email')}?{query}"
    with override(user.language or language):
        _send(user, "confirm", _("Is this your address?"), link=link)


def change_tell_ask(user: User, former: str) -> None:
    """Have a listener's former address told that it isn't used here any more."""
    if mail_is_on() and not is_one_too_many("mail", former):
        job_enqueue("tell_of_change", user.pk, seal(former))


def change_tell(user: User, *, former: str) -> None:
    """Mail a former address that it isn't used here any more."""
    with override(user.language or settings.LANGUAGE_CODE):
        _send(user, "changed", _("Your address was changed"), to=former)


def _send(
    user: User, template: str, subject: str, *, to: str = "", **facts: Any
) -> None:
    context = {"user": user, **facts}
    text = render_to_string(f"accounts/mails/{template}.txt", context)
    send_mail(f"PersonalAIs: {subject}", text, None, [to or user.email])
