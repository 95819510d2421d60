"""The page on which a listener has their reactions sent to a service, or no more."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import ServiceAccount
from accounts.requests import AuthedRequest
from feedback.models import ReactionSharing, SharedReaction
from feedback.sharing.outbox import sharing_start, sharing_stop
from feedback.sharing.words import reason_words

# Services that take reactions.
SERVICES = (ServiceAccount.Service.LISTENBRAINZ,)
# More would be a page that nobody reads.
MISSING_SHOWN = 50
Status = SharedReaction.Status


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def share_reactions(request: AuthedRequest, service: str) -> HttpResponse:
    """Show what is sent to a service; begin or end that. It is off at first."""
    held = request.user.service_accounts.filter(service__in=SERVICES)
    account = get_object_or_404(held, service=service)
    if request.method == "POST":
        _change(account, request.POST.get("wanted", ""))
        messages.success(request, _("That is settled."))
        return redirect("feedback:share-reactions", service)
    sharing = ReactionSharing.objects.filter(account=account).first()
    context = {
        "account": account,
        "sharing": sharing,
        "why": reason_words(sharing) if sharing else "",
        **_state(account),
    }
    return render(request, "feedback/share.html", context)


def _change(account: ServiceAccount, wanted: str) -> None:
    match wanted:
        case "start":
            sharing_start(account)
        case "stop":
            sharing_stop(account, takes_back=False)
        case "take back":
            sharing_stop(account, takes_back=True)
        case _:
            raise BadRequest


def _state(account: ServiceAccount) -> dict[str, object]:
    """Return how many reactions are where, and which songs aren't there. Two queries."""
    rows = SharedReaction.objects.filter(account=account)
    counts = {
        status.value: Count("pk", filter=Q(status=status))
        for status in (Status.DONE, Status.WAITING, Status.REFUSED)
    }
    missing = rows.filter(status=Status.MISSING).select_related("track")
    shown = missing.prefetch_related("track__credits__artist").order_by("-pk")
    return {
        **rows.aggregate(**counts),
        "missing": [row.track for row in shown[:MISSING_SHOWN]],
    }
