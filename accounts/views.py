"""Signing up, in and out, a new password, a language, and keys for programs."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language

from accounts import spotify
from accounts.confirming import is_confirmed, to_confirm
from accounts.forms import (
    ChangePasswordForm,
    KeyForm,
    NewPasswordForm,
    SignInForm,
    SignUpForm,
)
from accounts.languages import language_remember, with_language
from accounts.limits import wait_s
from accounts.mail import confirmation_ask, mail_is_on
from accounts.models import ApiToken, User
from accounts.requests import AuthedRequest
from accounts.services import token_create, token_revoke, user_sign_up

BY_NAME = "django.contrib.auth.backends.ModelBackend"

# More than anyone has programs; a limit for scripts gone wild.
MAX_KEYS = 50

form_view = require_http_methods(["GET", "HEAD", "POST"])


def next_url(request: HttpRequest) -> str:
    """Return the page to go on to: the asked one when it is ours, else the home."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if is_ours else reverse("chat:show-home")


def form_context(request: HttpRequest, form: forms.BaseForm) -> dict[str, Any]:
    """Return what the pages of signing up and in show."""
    return {
        "form": form,
        "next": next_url(request),
        "has_spotify": spotify.is_on(),
        "has_mail": mail_is_on(),
    }


def origin_of(request: HttpRequest) -> str:
    """Return the site's address as it was called, for links in mails."""
    return f"{request.scheme}://{request.get_host()}"


def too_many(
    request: HttpRequest, *, template: str, form: forms.BaseForm, wait_s: int
) -> HttpResponse:
    """Answer somebody who tried too often: 429, with when to come back.

    The form comes back unread, so that nothing can be learned by trying on.
    """
    context = {**form_context(request, form), "wait_s": wait_s}
    response = render(request, template, context, status=429)
    response.headers["Retry-After"] = str(wait_s)
    return response


def tries_left(request: HttpRequest, action: str, name: str) -> int:
    """Return the seconds to wait before the next try, 0 for none."""
    return wait_s(action, address=address_of(request), name=name)


def address_of(request: HttpRequest) -> str:
    """Return the address that a request comes from, as the outermost proxy of ours saw it.

    Each proxy puts who asked it behind what it was told; what stands before ours anybody
    can claim.
    """
    nearest = str(request.META.get("REMOTE_ADDR", ""))
    told = request.headers.get("X-Forwarded-For", "").split(",")
    count = settings.TRUSTED_PROXIES
    return told[-count].strip() if 0 < count <= len(told) else nearest


@never_cache
def sign_in_to_admin(request: HttpRequest) -> HttpResponse:
    """Lead to the one page where people sign in: the admin's own counts no tries."""
    page = request.GET.get("next", reverse("admin:index"))
    if not request.user.is_authenticated:
        return redirect_to_login(page, reverse("accounts:sign-in"))
    if not admin.site.has_permission(request):
        raise PermissionDenied
    return redirect("admin:index")


@sensitive_post_parameters("password")
@never_cache
@form_view
def sign_up(request: HttpRequest) -> HttpResponse:
    """Make an account and go straight to the music."""
    if request.user.is_authenticated:
        return redirect("chat:show-home")
    form = SignUpForm(request.POST or None)
    template = "accounts/sign_up.html"
    if request.method == "POST":
        name = request.POST.get("username", "")
        if seconds := tries_left(request, "sign-up", name):
            blank = SignUpForm(initial={"username": name})
            return too_many(request, template=template, form=blank, wait_s=seconds)
        user = _signed_up(form) if form.is_valid() else None
        if user is not None:
            login(request, user, backend=BY_NAME)
            if user.email:
                origin, language = origin_of(request), get_language() or ""
                confirmation_ask(user, origin=origin, language=language)
            return with_language(request, redirect(next_url(request)))
    return render(request, template, form_context(request, form))


def _signed_up(form: SignUpForm) -> User | None:
    """Make the account; None where somebody took the name a moment ago."""
    try:
        return user_sign_up(**form.cleaned_data)
    except ValidationError as error:
        form.add_error("username", error.messages)
    return None


@sensitive_post_parameters("password")
@never_cache
@form_view
def sign_in(request: HttpRequest) -> HttpResponse:
    """Begin a session."""
    if request.user.is_authenticated:
        return redirect("chat:show-home")
    form = SignInForm(request, request.POST or None)
    template = "accounts/sign_in.html"
    if request.method == "POST":
        name = request.POST.get("username", "")
        if seconds := tries_left(request, "sign-in", name):
            blank = SignInForm(request, initial={"username": name})
            return too_many(request, template=template, form=blank, wait_s=seconds)
        if form.is_valid():
            login(request, form.user)
            return with_language(request, redirect(next_url(request)))
    return render(request, template, form_context(request, form))


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Show pages in another language from now on: in this browser, and this account.

    Goes back to the page that asked.
    """
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        raise BadRequest
    if request.user.is_authenticated:
        language_remember(request.user, language)
    response: HttpResponse = set_language(request)
    return response


@require_POST
@login_required
def note_welcome(request: AuthedRequest) -> HttpResponse:
    """Remember that the listener needs no welcome any more."""
    request.user.is_welcomed = True
    request.user.save(update_fields=["is_welcomed"])
    return HttpResponse(status=204)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    messages.info(request, _("You have signed out. See you soon."))
    return redirect("accounts:sign-in")


@sensitive_post_parameters("current", "password")
@never_cache
@login_required
@form_view
def change_password(request: AuthedRequest) -> HttpResponse:
    """Set another password, or a first one; this session goes on, all others end."""
    has_one = request.user.has_usable_password()
    if not has_one and not is_confirmed(request):
        return to_confirm(request.path)
    form_class = ChangePasswordForm if has_one else NewPasswordForm
    form = form_class(request.user, request.POST or None)
    template = "accounts/change_password.html"
    if request.method == "POST":
        name = request.user.username
        if seconds := tries_left(request, "sign-in", name):
            blank = form_class(request.user)
            return too_many(request, template=template, form=blank, wait_s=seconds)
        if form.is_valid():
            update_session_auth_hash(request, form.save())
            messages.success(request, _("Your password has been changed."))
            return redirect("accounts:show-account")
    return render(request, template, {"form": form})


@never_cache
@login_required
@form_view
def list_keys(request: AuthedRequest) -> HttpResponse:
    """List the listener's keys for programs, and make a new one, shown only once."""
    if request.method == "POST" and not is_confirmed(request):
        return to_confirm(request.path)
    form = KeyForm(request.POST or None)
    key = ""
    if request.method == "POST" and form.is_valid():
        if keys_of(request.user).count() < MAX_KEYS:
            key = token_create(user=request.user, name=form.cleaned_data["name"])
            form = KeyForm()
        else:
            enough = _("%(count)s keys are enough. Revoke one first.")
            form.add_error(None, enough % {"count": MAX_KEYS})
    context = {"form": form, "keys": keys_of(request.user), "new_key": key}
    return render(request, "accounts/keys.html", context)


@require_POST
@login_required
def revoke_key(request: AuthedRequest, pk: int) -> HttpResponse:
    """Revoke one of the listener's keys."""
    token = get_object_or_404(keys_of(request.user), pk=pk)
    token_revoke(token)
    gone = _("The key “%(name)s” opens nothing any more.")
    messages.info(request, gone % {"name": token.name})
    return redirect("accounts:list-keys")


def keys_of(user: User) -> QuerySet[ApiToken]:
    """Return the keys of a user that hold, newest first."""
    return ApiToken.objects.filter(user=user, revoked_at=None)
