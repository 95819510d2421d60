"""Send what is to be at a service, from wherever an earlier try has left it.

The rule of this file: before a call, the row says that nobody knows what is there; after
it, what is. A score is set and not added to, so a call more does no harm.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import F, Q
from django.utils import timezone

from accounts.listenbrainz.client import TOO_MANY, UNAUTHORISED, Failed, ListenBrainz
from accounts.listenbrainz.connecting import listenbrainz_of, token_check
from accounts.services import ConnectionLost
from catalog.advisory import Lock, try_session_lock
from catalog.recordings.listenbrainz import recording_find
from catalog.recordings.songs import songs_of
from feedback.models import ReactionSharing, SharedReaction

logger = logging.getLogger(__name__)

Status, Reason = SharedReaction.Status, ReactionSharing.Reason
# Until the next try where the service names no time.
WAITS_S = (30, 60, 300, 900, 3600)
BAD_REQUEST, FAILING = 400, 500


def reactions_send(account_id: int) -> None:
    """Send all that waits. A second worker returns at once, and what fails, waits."""
    with try_session_lock(Lock.REACTIONS_SEND, account_id) as is_mine:
        if not is_mine or not _is_due(account_id):
            return
        try:
            _send_all(account_id)
        except ConnectionLost:
            _put_off(account_id, Reason.RECONNECT, 0.0)
        except Failed as failed:
            is_busy = failed.status == TOO_MANY
            _put_off(
                account_id, Reason.BUSY if is_busy else Reason.DOWN, failed.after_s
            )
        except ObjectDoesNotExist:
            logger.info("account %s is gone", account_id)


def _is_due(account_id: int) -> bool:
    due = ReactionSharing.objects.filter(due_at__lte=timezone.now())
    return due.filter(account=account_id).exists()


def _send_all(account_id: int) -> None:
    """Raises ConnectionLost, Failed, ServiceAccount.DoesNotExist."""
    api = listenbrainz_of(account_id)
    waiting = SharedReaction.objects.filter(account=account_id, status=Status.WAITING)
    while (row := waiting.order_by("pk").first()) is not None:
        try:
            _send(api, row)
        except Failed as failed:
            if failed.status == UNAUTHORISED:
                token_check(account_id, api)
            if not _is_refused(failed):
                raise
            _settle(row, status=Status.REFUSED)
        ReactionSharing.objects.filter(account=account_id).update(
            tries=0, reason=Reason.NONE
        )
    off = ReactionSharing.objects.filter(account=account_id, is_on=False)
    if off.exists() and not SharedReaction.objects.filter(account=account_id).exists():
        off.delete()


def _is_refused(failed: Failed) -> bool:
    """Say whether the request was taken for wrong, and would be again."""
    is_ours = BAD_REQUEST <= failed.status < FAILING
    return is_ours and failed.status not in (UNAUTHORISED, TOO_MANY)


def _send(api: ListenBrainz, row: SharedReaction) -> None:
    """Send one row, unless it has changed meanwhile."""
    if not row.ref:
        song = songs_of([row.track_id]).get(row.track_id)
        row.ref = recording_find(api, song).ref if song else ""
        if not row.ref:
            _settle(row, status=Status.MISSING)
            return
    # Who turned it off meanwhile wants nothing sent but what takes back.
    may_go = Q(account__reaction_sharing__is_on=True) | Q(wanted=0)
    held = SharedReaction.objects.filter(may_go, pk=row.pk, wanted=row.wanted)
    if not held.update(ref=row.ref, sent=None):
        return
    api.feedback_set(row.ref, row.wanted)
    SharedReaction.objects.filter(pk=row.pk).update(sent=row.wanted)
    _settle(row, status=Status.DONE)


def _settle(row: SharedReaction, *, status: SharedReaction.Status) -> None:
    """Note how it ended, unless something else is wanted by now."""
    same = SharedReaction.objects.filter(pk=row.pk, wanted=row.wanted)
    same.update(status=status)
    # Nothing is kept of what was taken back.
    same.filter(wanted=0, account__reaction_sharing__is_on=False).delete()


def _put_off(account_id: int, reason: str, after_s: float | None) -> None:
    sharing = ReactionSharing.objects.filter(account=account_id)
    tries = sharing.values_list("tries", flat=True).first() or 0
    wait_s = WAITS_S[min(tries, len(WAITS_S) - 1)] if after_s is None else after_s
    due_at = timezone.now() + timedelta(seconds=wait_s)
    sharing.update(reason=reason, tries=F("tries") + 1, due_at=due_at)
    logger.info("reactions of account %s wait: %s", account_id, reason)
