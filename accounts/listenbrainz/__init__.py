"""A listener's account at ListenBrainz: the user token that they lend, and the calls that
it opens (docs/listenbrainz.md).

The site needs no app there: whoever has an account copies the token from their settings.
"""

from django.conf import settings

NAME = "listenbrainz"


def is_on() -> bool:
    """Say whether listeners may connect it here."""
    return bool(settings.LISTENBRAINZ)
