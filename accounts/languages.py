"""The language that a listener chose: in the browser, and in the account."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts.models import User


def language_remember(user: User, language: str) -> None:
    """Keep the choice, one of settings.LANGUAGES, for wherever they sign in next."""
    user.language = language
    user.save(update_fields=["language"])


def with_language(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let the browser of somebody who has just signed in follow their account.

    One that has no language yet takes the browser's choice, if one was made.
    """
    user = request.user
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if not isinstance(user, User):
        return response
    if not user.language and chosen in dict(settings.LANGUAGES):
        language_remember(user, chosen)
    if user.language and user.language != chosen:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            user.language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
    return response
