"""A new password for who forgot theirs, by mail: Django's views, with our words.

Off where the site sends no mail. No answer tells whether an address is known. The link
carries its secret behind the question mark, which no log keeps, and Django moves it into
the session before the page is shown.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.views import PasswordResetConfirmView, PasswordResetView
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts.forms import NewPasswordForm
from accounts.mail import mail_is_on, reset_ask
from accounts.views import form_view, origin_of, too_many, tries_left

# Where the account of an opened link waits in the session, beside Django's token.
RESET_USER = "reset_user"


class ForgottenForm(forms.Form):
    """The address that was confirmed."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True}),
    )

    def save(self, *, request: HttpRequest, **_: Any) -> None:
        """Have links sent, if there is somebody to send them to."""
        reset_ask(self.cleaned_data["email"], origin=origin_of(request))


class ForgottenView(PasswordResetView):
    """Asks for the address."""

    form_class = ForgottenForm  # type: ignore[assignment]
    template_name = "accounts/forgotten.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Ask for links, and say the same whoever it was."""
        form.save(request=self.request)
        return render(self.request, "accounts/forgotten_sent.html")


class SetPasswordView(PasswordResetConfirmView):
    """Asks for the new password, once the link has shown to hold."""

    form_class = NewPasswordForm  # type: ignore[assignment]
    template_name = "accounts/set_password.html"
    success_url = reverse_lazy("accounts:sign-in")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """Return what the page shows, with whose password it is."""
        return {**super().get_context_data(**context), "account": self.user}

    def form_valid(self, form: Any) -> HttpResponse:
        """Set it, which ends every session, and lead to signing in with it."""
        response = super().form_valid(form)
        self.request.session.pop(RESET_USER, None)
        messages.success(self.request, _("Your new password holds. Sign in with it."))
        return response


@never_cache
@form_view
def ask_reset(request: HttpRequest) -> HttpResponseBase:
    """Send a link to whoever has confirmed the address that is given."""
    _need_mail()
    email = request.POST.get("email", "")
    if request.method == "POST" and (seconds := tries_left(request, "reset", email)):
        template = "accounts/forgotten.html"
        return too_many(
            request, template=template, form=ForgottenForm(), wait_s=seconds
        )
    return ForgottenView.as_view()(request)


@sensitive_post_parameters("password")
@never_cache
@form_view
def set_password(request: HttpRequest) -> HttpResponseBase:
    """Set a new password by a link that was sent."""
    _need_mail()
    view = SetPasswordView.as_view()
    if token := request.GET.get("token"):
        request.session[RESET_USER] = request.GET.get("user", "")
        return view(request, uidb64=request.session[RESET_USER], token=token)
    shown = SetPasswordView.reset_url_token
    return view(request, uidb64=request.session.get(RESET_USER, ""), token=shown)


def _need_mail() -> None:
    if not mail_is_on():
        raise Http404
