"""What the site holds of a listener: taking a copy along, and having it all deleted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST, require_safe

from accounts.confirming import confirmed, is_confirmed, to_confirm
from accounts.deleting import user_delete
from accounts.forms import DeleteForm, PasswordForm
from accounts.models import DataExport
from accounts.requests import AuthedRequest
from accounts.takeout.files import file_of
from accounts.takeout.work import PENDING, expires_at, export_ask
from accounts.views import form_view, too_many, tries_left

CHUNK_BYTES = 128 * 1024


@require_safe
@never_cache
@login_required
def show_data(request: AuthedRequest) -> HttpResponse:
    """Show whether a copy is being made, and how far that is, or the finished one."""
    export = DataExport.objects.filter(user=request.user).first()
    context = {
        "export": export,
        "is_pending": export is not None and export.status in PENDING,
        "expires_at": expires_at(export) if export else None,
    }
    return render(request, "accounts/data.html", context)


@require_POST
@login_required
def ask_export(request: AuthedRequest) -> HttpResponse:
    """Have a copy of everything made."""
    if not is_confirmed(request):
        return to_confirm(reverse("accounts:show-data"))
    export_ask(request.user)
    return redirect("accounts:show-data")


@require_GET
@never_cache
@login_required
@confirmed
def download_export(request: AuthedRequest) -> HttpResponseBase:
    """Give the finished copy to its owner, as a file to keep."""
    export = DataExport.objects.filter(
        user=request.user, status=DataExport.Status.DONE
    ).first()
    if export is None or not file_of(export.uuid).is_file():
        raise Http404
    path = file_of(export.uuid)
    response = StreamingHttpResponse(_pieces(path), content_type="application/zip")
    name = f"personalais-{export.asked_at:%Y-%m-%d}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Length"] = str(path.stat().st_size)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


async def _pieces(path: Path) -> AsyncIterator[bytes]:
    """Read a file on a thread, CHUNK_BYTES at a time."""
    with await asyncio.to_thread(path.open, "rb") as file:
        while piece := await asyncio.to_thread(file.read, CHUNK_BYTES):
            yield piece


@sensitive_post_parameters("current")
@never_cache
@login_required
@form_view
def delete_account(request: AuthedRequest) -> HttpResponse:
    """Ask for the password, or the name of who has none, and delete everything."""
    user, template = request.user, "accounts/delete.html"
    has_password = user.has_usable_password()
    if not has_password and not is_confirmed(request):
        return to_confirm(request.path)
    form_class = PasswordForm if has_password else DeleteForm
    form = form_class(user, request.POST or None)
    if request.method == "POST":
        if seconds := tries_left(request, "sign-in", user.username):
            blank = form_class(user)
            return too_many(request, template=template, form=blank, wait_s=seconds)
        if form.is_valid():
            user_delete(user)
            request.session.flush()
            request.user = AnonymousUser()  # type: ignore[assignment]
            messages.info(request, _("Your account is deleted, with all it held."))
            return redirect("accounts:sign-in")
    return render(request, template, {"form": form})
