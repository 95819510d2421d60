"""Try the site's real app at Spotify, without changing anything there."""

from __future__ import annotations

from collections.abc import Iterator

import requests
from django.conf import settings
from django.urls import reverse

from accounts import spotify
from accounts.models import ServiceAccount
from catalog.recordings.songs import Song
from playlists.saving.checking import Broken, ServiceCheck, Step, tried
from playlists.saving.spotify import SpotifyService

OK = 200
# A song that any Spotify has.
KNOWN = Song("Bohemian Rhapsody", ("Queen",), isrc="GBUM71029604")
NOWHERE = "pai-no-such-playlist"


ADVICE = {
    "reconnect": "the permission has ended: the listener must connect again",
    "not_allowed": "Spotify forbids it: name the listener under User Management of the "
    "app, and see that its owner has Premium",
    "busy": "too many requests for now: try again later",
    "quota": "the developer's quota is used up: try again later",
    "down": "Spotify doesn't answer as it should: try again later",
}


class Command(ServiceCheck):
    """The app itself is tried as well."""

    help = (
        "Try the app's id and secret at Spotify, and a connected listener's permission, "
        "by reading only. Says what works."
    )
    service = ServiceAccount.Service.SPOTIFY
    lent = "permission"

    def steps(self, account: ServiceAccount | None) -> Iterator[Step]:
        """Yield the settings, the app, a listener's lists, and a search."""
        yield "settings", check_settings
        yield "id and secret", check_app
        if account is not None:
            service = SpotifyService(account.pk)
            yield f"permission of {account.user}", lambda: check_lists(service)
            yield "search", lambda: check_search(service)


def check_settings() -> str:
    """Say which redirect URI must be registered. Raises Broken."""
    if not spotify.is_on():
        raise Broken("SPOTIFY_CLIENT_ID and SPOTIFY_CLIENT_SECRET are not both set")
    path = reverse("social:complete", args=["spotify"])
    hosts = [host for host in settings.ALLOWED_HOSTS if host != "localhost"]
    is_secure = settings.SESSION_COOKIE_SECURE
    uris = [
        f"https://{host}{path}" if is_secure else f"http://{host}:8000{path}"
        for host in hosts
    ]
    return f"register one of {', '.join(uris)} (your own port) at the app"


def check_app() -> str:
    """Ask for a token of the app itself. Raises Broken."""
    pair = (
        settings.SPOTIFY_CLIENT_ID,
        settings.SPOTIFY_CLIENT_SECRET.get_secret_value(),
    )
    try:
        answer = requests.post(
            f"{settings.SPOTIFY_ACCOUNTS_URL}/api/token",
            {"grant_type": "client_credentials"},
            auth=pair,
            timeout=settings.SPOTIFY_TIMEOUT_S,
        )
    except requests.RequestException as error:
        raise Broken(f"Spotify can't be reached ({type(error).__name__})") from None
    if answer.status_code != OK:
        raise Broken(f"Spotify refuses them (status {answer.status_code})")
    return "Spotify knows them"


def check_lists(service: SpotifyService) -> str:
    """Read a listener's playlists. Raises Broken."""
    tried(lambda: service.find_marked(NOWHERE), ADVICE)
    return "playlists can be read"


def check_search(service: SpotifyService) -> str:
    """Look a song up by its ISRC. Raises Broken."""
    found = tried(lambda: service.look_up(KNOWN), ADVICE)
    hit = "and knows" if found.ref else "but doesn't know"
    return f"it answers, {hit} “{KNOWN.title}”"
