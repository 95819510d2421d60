"""Accounts at music services: which are connected, and how to let go of one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.elsewhere import services_on
from accounts.models import ServiceAccount
from accounts.requests import AuthedRequest
from accounts.services import service_disconnect

Service = ServiceAccount.Service


@require_safe
@never_cache
@login_required
def list_services(request: AuthedRequest) -> HttpResponse:
    """Show the services that this site can connect, and those that are."""
    held = {one.service: one for one in request.user.service_accounts.all()}
    offered = services_on()
    shown = [*offered, *(Service(name) for name in held if name not in offered)]
    context = {"services": [(one, held.get(one.value)) for one in shown]}
    return render(request, "accounts/services.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def disconnect_service(request: AuthedRequest, service: str) -> HttpResponse:
    """Ask, then forget an account elsewhere and all that came from it.

    Who has no password signs in by Spotify alone, and sets one before that goes.
    """
    account = get_object_or_404(request.user.service_accounts, service=service)
    is_way_in = account.service == Service.SPOTIFY
    has_password = request.user.has_usable_password() or not is_way_in
    if request.method == "POST" and has_password:
        name = account.get_service_display()
        service_disconnect(account)
        told = _("%(service)s is disconnected, and what came from it is deleted.")
        messages.success(request, told % {"service": name})
        return redirect("accounts:list-services")
    context = {"account": account, "has_password": has_password}
    return render(request, "accounts/disconnect.html", context)
