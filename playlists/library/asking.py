"""What a listener agrees to have brought in, and how that ends.

Each kind is agreed to by itself, and none before they say so. Whatever of it has come in is
deleted with its row: at once where they take it back, and after LIBRARY_DAYS by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from accounts.models import DataExport, ServiceAccount, User
from playlists.library.models import LibraryList, LibraryPart, LibraryTrack
from playlists.library.queueing import library_enqueue

Kind, Status, Reason = LibraryPart.Kind, LibraryPart.Status, LibraryPart.Reason
# Of the words on the page that are agreed to; one more whenever they change their meaning.
CONSENT = 1


@transaction.atomic
def library_agree(account: ServiceAccount, kinds: Iterable[LibraryPart.Kind]) -> None:
    """Note that a listener agrees to kinds, and have each brought in, or once more.

    Until all of a kind is in again, what was held of it stays, up to the end that it had.
    """
    for kind in kinds:
        part, is_new = LibraryPart.objects.select_for_update().get_or_create(
            account=account, kind=kind, defaults=_agreed()
        )
        if not is_new:
            _ask_again(part, **_agreed())
        _begin(part)
        library_enqueue(part.pk)


@transaction.atomic
def library_go_on(sender: object, *, account: ServiceAccount, **_: Any) -> None:
    """Go on with what had to wait until the listener came back from the service."""
    waits = account.library_parts.select_for_update().filter(
        status=Status.FAILED, reason__in=(Reason.RECONNECT, Reason.UNASKED)
    )
    for part in waits:
        _ask_again(part)
        _begin(part)
        library_enqueue(part.pk)


def library_withdraw(account: ServiceAccount, kind: str) -> None:
    """Take the consent to a kind back: all of it that is here goes."""
    _delete(account.library_parts.filter(kind=kind))


def library_leave(sender: object, *, instance: ServiceAccount, **_: Any) -> None:
    """Delete all that is here before the account it came from is."""
    _delete(LibraryPart.objects.filter(account=instance))


def library_expire() -> int:
    """Delete what has reached its end, and return how many rows that was."""
    now = timezone.now()
    ended = _delete(LibraryPart.objects.filter(expires_at__lte=now))
    for model in (LibraryTrack, LibraryList):
        ended += model.objects.filter(expires_at__lte=now).delete()[0]
    return ended


@transaction.atomic
def _delete(parts: QuerySet[LibraryPart]) -> int:
    """Delete parts once a page that is being stored is in, so that it goes too.

    So do downloads of those listeners' data, which may hold them.
    """
    ids = list(parts.order_by("pk").select_for_update().values_list("pk", flat=True))
    users = User.objects.filter(service_accounts__library_parts__in=ids)
    DataExport.objects.filter(user__in=users).delete()
    return LibraryPart.objects.filter(pk__in=ids).delete()[0]


def _agreed() -> dict[str, Any]:
    now = timezone.now()
    return {
        "agreed_at": now,
        "agreed_to": CONSENT,
        "expires_at": now + timedelta(days=settings.LIBRARY_DAYS),
    }


def _ask_again(part: LibraryPart, **facts: Any) -> None:
    """Begin anew; a service that wants to be left alone for a while is."""
    if part.status != Status.WAITING or part.reason not in (Reason.BUSY, Reason.QUOTA):
        facts |= {"reason": Reason.NONE, "due_at": timezone.now()}
    LibraryPart.objects.filter(pk=part.pk).update(
        asked=F("asked") + 1,
        status=Status.WAITING,
        tries=0,
        progress=0,
        offset=0,
        is_listed=False,
        **facts,
    )
    part.refresh_from_db()


def _begin(part: LibraryPart) -> None:
    """Say what is to be read, where that is known: all songs, as those of one list."""
    if part.kind == Kind.LISTS:
        return
    LibraryPart.objects.filter(pk=part.pk).update(is_listed=True)
    facts = {"asked": part.asked, "is_read": False, "expires_at": part.expires_at}
    LibraryList.objects.update_or_create(
        part=part, ref="", defaults={"source": part.account.service, **facts}
    )
