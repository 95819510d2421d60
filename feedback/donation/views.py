"""Pages on what a listener gives: their word, and all that came of it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import AuthedRequest
from feedback.donation.consent import (
    Purpose,
    consent_decline,
    consent_set,
    consents_of,
)
from feedback.donation.records import record_delete, records_of
from feedback.donation.texts import current_version, wordings
from feedback.models import Consent, DonationDue

RECORDS_SHOWN = 10
CHANGES_SHOWN = 20


@require_safe
@never_cache
@login_required
def show_giving(request: AuthedRequest) -> HttpResponse:
    """Show what may be given, for what, and what was said of it. It is off at first."""
    consents = consents_of(request.user.pk)
    version = current_version()
    log = Consent.objects.filter(user=request.user)
    context = {
        "purposes": [(one, consents.at(one.purpose)) for one in wordings(version)],
        "is_outdated": consents.is_outdated,
        "version": version,
        "record_count": records_of(request.user.pk).count(),
        "changes": log[:CHANGES_SHOWN],
    }
    return render(request, "feedback/giving.html", context)


@require_POST
@login_required
def choose_giving(request: AuthedRequest) -> HttpResponse:
    """Begin or end giving for a purpose; or say no to all that hasn't been answered."""
    wanted, purpose = request.POST.get("wanted", ""), request.POST.get("purpose", "")
    if wanted == "put away":
        consent_decline(request.user)
        return redirect(_way_back(request))
    if wanted not in ("give", "stop") or purpose not in Purpose.values:
        raise BadRequest
    consent_set(request.user, purpose=purpose, is_given=wanted == "give")
    if wanted == "give":
        messages.success(request, _("Thank you. You give from now on."))
    else:
        messages.success(request, _("You give no more, and what you gave is deleted."))
    return redirect("feedback:show-giving")


def _way_back(request: AuthedRequest) -> str:
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return back if is_ours else "feedback:show-giving"


@require_safe
@never_cache
@login_required
def list_given(request: AuthedRequest) -> HttpResponse:
    """Show every record in full, as it would be released."""
    records = records_of(request.user.pk).prefetch_related("tracks")
    page = Paginator(records, RECORDS_SHOWN).get_page(request.GET.get("page"))
    due = DonationDue.objects.filter(user=request.user).count()
    return render(request, "feedback/given.html", {"page": page, "due": due})


@require_POST
@login_required
def delete_given(request: AuthedRequest, record_id: uuid.UUID) -> HttpResponse:
    """Delete one record."""
    if not record_delete(request.user, record_id=record_id):
        raise Http404
    messages.success(request, _("That is deleted, and won't be given again."))
    return redirect("feedback:list-given")
