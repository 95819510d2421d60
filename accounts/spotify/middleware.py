"""What went wrong on the way to Spotify and back, told in a sentence."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from social_core.exceptions import (
    AuthAssociationError,
    AuthCanceled,
    AuthPolicyError,
    AuthSessionError,
    SocialAuthBaseException,
)
from social_django.middleware import SocialAuthExceptionMiddleware

from accounts.spotify.pipeline import AnotherAccount

FORBIDDEN = 403


class SpotifyErrorMiddleware(SocialAuthExceptionMiddleware):
    """Leads back to the page where somebody began, with a message."""

    def raise_exception(self, request: HttpRequest, exception: Exception) -> bool:
        """Never raise what can be told."""
        return False

    def get_redirect_uri(self, request: HttpRequest, exception: Exception) -> str:
        """Return the page of services, or that of signing in."""
        is_in = request.user.is_authenticated
        return reverse("accounts:list-services" if is_in else "accounts:sign-in")

    def get_message(self, request: HttpRequest, exception: Exception) -> str:
        """Say what happened, without a word of Spotify's own."""
        match exception:
            case AuthCanceled():
                return _("You said no at Spotify, so nothing was connected.")
            case AnotherAccount():
                return _("Another Spotify account is connected. Disconnect it first.")
            case AuthAssociationError():
                return _("That Spotify account belongs to another account here.")
            case AuthSessionError():
                return _("That took too long, or began in another browser. Try again.")
            case AuthPolicyError() | SocialAuthBaseException(status_code=403):
                return _(
                    "Spotify doesn't let you use this site yet: whoever runs it has to "
                    "name you among its users there."
                )
        return _("Spotify didn't answer as it should. Try again in a while.")
