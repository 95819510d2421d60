"""Try the site's real app at Spotify, without changing anything there."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

import requests
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from accounts import spotify
from accounts.models import ServiceAccount
from catalog.recordings.songs import Song
from playlists.saving.service import Trouble
from playlists.saving.spotify import SpotifyService

OK = 200
# A song that any Spotify has.
KNOWN = Song("Bohemian Rhapsody", ("Queen",), isrc="GBUM71029604")
NOWHERE = "pai-no-such-playlist"


class Broken(Exception):
    """A step didn't go as it should; the message says how, without any secret."""


class Command(BaseCommand):
    """Each step prints a line; the first that fails says what to do."""

    help = (
        "Try the app's id and secret at Spotify, and a connected listener's permission, "
        "by reading only. Says what works."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--user", help="whose connection is tried; the newest one if left out"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError where something doesn't work."""
        steps: list[tuple[str, Callable[[], str]]] = [
            ("settings", check_settings),
            ("id and secret", check_app),
        ]
        account = self._account(options["user"])
        if account is not None:
            service = SpotifyService(account.pk)
            steps += [
                (f"permission of {account.user}", lambda: check_lists(service)),
                ("search", lambda: check_search(service)),
            ]
        for name, check in steps:
            try:
                self.stdout.write(f"ok      {name}: {check()}")
            except Broken as error:
                raise CommandError(f"{name}: {error}") from None
        if account is None:
            self.stdout.write(
                "Nobody has connected Spotify yet, so no permission could be tried."
            )
        self.stdout.write("Nothing was changed at Spotify.")

    def _account(self, username: str | None) -> ServiceAccount | None:
        accounts = ServiceAccount.objects.filter(service=ServiceAccount.Service.SPOTIFY)
        if username is None:
            return accounts.order_by("-agreed_at").first()
        found = accounts.filter(user__username=username).first()
        if found is None:
            raise CommandError(f"{username!r} has no Spotify connected.")
        return found


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
    return _tried(lambda: service.find_marked(NOWHERE), "playlists can be read")


def check_search(service: SpotifyService) -> str:
    """Look a song up by its ISRC. Raises Broken."""
    found = []
    told = _tried(lambda: found.append(service.look_up(KNOWN)), "it answers")
    hit = "and knows" if found[0].ref else "but doesn't know"
    return f"{told}, {hit} “{KNOWN.title}”"


def _tried(call: Callable[[], object], told: str) -> str:
    try:
        call()
    except Trouble as trouble:
        raise Broken(ADVICE.get(trouble.reason, trouble.reason)) from None
    return told


ADVICE = {
    "reconnect": "the permission has ended: the listener must connect again",
    "not_allowed": "Spotify forbids it: name the listener under User Management of the "
    "app, and see that its owner has Premium",
    "busy": "too many requests for now: try again later",
    "quota": "the developer's quota is used up: try again later",
    "down": "Spotify doesn't answer as it should: try again later",
}
