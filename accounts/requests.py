"""The type of a request whose sender has signed in."""

from django.http import HttpRequest

from accounts.models import User


class AuthedRequest(HttpRequest):
    """A request behind `@login_required`; for annotations only."""

    user: User
