"""The listener's own account at a glance, and what of it can be changed in a line."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from accounts import spotify
from accounts.confirming import confirmation_note, confirmed
from accounts.forms import EmailForm, NameForm, PasswordForm
from accounts.mail import confirmation_ask, confirmed_by, mail_is_on
from accounts.models import User
from accounts.requests import AuthedRequest
from accounts.services import email_change, email_confirm, planner_choose, user_rename
from accounts.sessions import sessions_of
from accounts.views import (
    form_view,
    keys_of,
    next_url,
    origin_of,
    too_many,
    tries_left,
)

CHANGE_NAME = "accounts/change_name.html"


def may_choose_planner() -> bool:
    """Say whether a language model answers here, which a listener may do without."""
    return bool(settings.PLANNER == "llm")


@require_safe
@never_cache
@login_required
def show_account(request: AuthedRequest) -> HttpResponse:
    """Show what there is of an account, with the ways to change it."""
    user = request.user
    context = {
        "has_mail": mail_is_on(),
        "session_count": sessions_of(user).count(),
        "key_count": keys_of(user).count(),
        "services": [one.get_service_display() for one in user.service_accounts.all()],
        "may_choose_planner": may_choose_planner(),
        "model": settings.LLM_MODEL,
    }
    return render(request, "accounts/account.html", context)


@never_cache
@login_required
@form_view
def change_name(request: AuthedRequest) -> HttpResponse:
    """Give the account another name."""
    # A copy, since the form writes into it what it then may refuse.
    user = User.objects.get(pk=request.user.pk)
    form, template = NameForm(request.POST or None, instance=user), CHANGE_NAME
    if request.method == "POST":
        # Otherwise one could ask for name after name whether somebody has it.
        if seconds := tries_left(request, "rename", request.user.username):
            blank = NameForm(instance=request.user)
            return too_many(request, template=template, form=blank, wait_s=seconds)
        if form.is_valid() and _is_renamed(user, form):
            messages.success(request, _("Your user name has been changed."))
            return redirect("accounts:show-account")
    return render(request, template, {"form": form})


def _is_renamed(user: User, form: NameForm) -> bool:
    try:
        user_rename(user, form.cleaned_data["username"])
    except ValidationError as error:
        form.add_error("username", error.messages)
    return not form.errors


@never_cache
@login_required
@confirmed
@form_view
def change_email(request: AuthedRequest) -> HttpResponse:
    """Give an address, another one, or none; each is confirmed by a link sent there.

    Without mail it can only be taken away.
    """
    user = request.user
    form = EmailForm(request.POST or None, initial={"email": user.email})
    if request.method == "POST" and form.is_valid():
        email_change(user, form.cleaned_data["email"] if mail_is_on() else "")
        if user.email and not user.has_confirmed_email:
            confirmation_mail(request)
        else:
            messages.success(request, _("That is noted."))
        return redirect("accounts:show-account")
    context = {"form": form, "has_mail": mail_is_on()}
    return render(request, "accounts/change_email.html", context)


@require_POST
@login_required
def send_confirmation(request: AuthedRequest) -> HttpResponse:
    """Send the link that confirms an address once more."""
    if request.user.email and not request.user.has_confirmed_email:
        confirmation_mail(request)
    return redirect("accounts:show-account")


def confirmation_mail(request: AuthedRequest) -> None:
    """Have the link sent, and say so."""
    user, language = request.user, get_language() or ""
    if confirmation_ask(user, origin=origin_of(request), language=language):
        told = _("A link is on its way to %(email)s. Open it to confirm the address.")
        messages.info(request, told % {"email": user.email})
    else:
        messages.error(request, _("No more mail is sent there for now. Try later."))


@never_cache
@form_view
def confirm_email(request: HttpRequest) -> HttpResponse:
    """Ask whoever opened the link, and note that the address is theirs.

    By a button, since programs that look through mail open links too.
    """
    token = request.POST.get("token") or request.GET.get("token") or ""
    found = confirmed_by(token)
    user = User.objects.filter(pk=found[0], email=found[1]).first() if found else None
    if user is not None and request.method == "POST":
        email_confirm(user)
        messages.success(request, _("Your address is confirmed."))
        return redirect("accounts:show-account")
    context = {"account": user, "token": token}
    status = 200 if user else 404
    return render(request, "accounts/confirm_email.html", context, status=status)


@require_POST
@login_required
def choose_planner(request: AuthedRequest) -> HttpResponse:
    """Let rules answer this listener, or the language model, from now on."""
    planner = request.POST.get("planner", "")
    if planner not in User.Planner.values or not may_choose_planner():
        raise BadRequest
    planner_choose(request.user, planner)
    messages.success(request, _("From your next message on."))
    return redirect("accounts:show-account")


@sensitive_post_parameters("current")
@never_cache
@login_required
@form_view
def confirm(request: AuthedRequest) -> HttpResponse:
    """Ask a signed-in listener who they are, before what matters."""
    user, template = request.user, "accounts/confirm.html"
    form = PasswordForm(user, request.POST or None)
    if request.method == "POST" and user.has_usable_password():
        if seconds := tries_left(request, "sign-in", user.username):
            blank = PasswordForm(user)
            return too_many(request, template=template, form=blank, wait_s=seconds)
        if form.is_valid():
            confirmation_note(request)
            return redirect(next_url(request))
    context: dict[str, Any] = {
        "form": form,
        "next": next_url(request),
        "has_spotify": spotify.is_on(),
    }
    return render(request, template, context)
