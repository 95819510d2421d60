"""Where a listener is signed in, and signing out from afar."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import AuthedRequest
from accounts.sessions import session_end, sessions_end_others, sessions_of


@require_safe
@never_cache
@login_required
def list_sessions(request: AuthedRequest) -> HttpResponse:
    """List the browsers, this one first."""
    mine = request.session.session_key
    held = sorted(sessions_of(request.user), key=lambda one: one.session_id != mine)
    context = {"sessions": [(one, one.session_id == mine) for one in held]}
    return render(request, "accounts/sessions.html", context)


@require_POST
@login_required
def end_session(request: AuthedRequest, pk: int) -> HttpResponse:
    """Sign one of the listener's other browsers out."""
    others = sessions_of(request.user).exclude(session_id=request.session.session_key)
    session_end(get_object_or_404(others, pk=pk))
    messages.info(request, _("That browser is signed out."))
    return redirect("accounts:list-sessions")


@require_POST
@login_required
def end_other_sessions(request: AuthedRequest) -> HttpResponse:
    """Sign all of the listener's browsers out but this one."""
    count = sessions_end_others(request.user, but=request.session.session_key)
    told = ngettext(
        "%(count)s other browser is signed out.",
        "%(count)s other browsers are signed out.",
        count,
    )
    messages.info(request, told % {"count": count})
    return redirect("accounts:list-sessions")
