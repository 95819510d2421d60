"""Try a listener's token at the real ListenBrainz, without changing anything there."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts import listenbrainz
from accounts.listenbrainz.client import Failed, ListenBrainz
from accounts.models import ServiceAccount
from catalog.recordings.songs import Song
from playlists.saving.listenbrainz import ListenBrainzService
from playlists.saving.service import Trouble

# A song that MusicBrainz has.
KNOWN = Song("Bohemian Rhapsody", ("Queen",))
NOWHERE = "pai-no-such-playlist"


class Broken(Exception):
    """A step didn't go as it should; the message says how, without any secret."""


class Command(BaseCommand):
    """Each step prints a line; the first that fails says what to do."""

    help = (
        "Try ListenBrainz's API, and the token of a listener who has connected it, by "
        "reading only. Says what works."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--user", help="whose connection is tried; the newest one if left out"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError where something doesn't work."""
        account = self._account(options["user"])
        steps: list[tuple[str, Callable[[], str]]] = [("settings", check_settings)]
        if account is None:
            steps.append(("search", check_lookup))
        else:
            service = ListenBrainzService(account.pk)
            steps += [
                (f"token of {account.user}", lambda: check_lists(service)),
                ("search", lambda: check_search(service)),
            ]
        for name, check in steps:
            try:
                self.stdout.write(f"ok      {name}: {check()}")
            except Broken as error:
                raise CommandError(f"{name}: {error}") from None
        if account is None:
            self.stdout.write(
                "Nobody has connected ListenBrainz yet, so no token could be tried."
            )
        self.stdout.write("Nothing was changed at ListenBrainz.")

    def _account(self, username: str | None) -> ServiceAccount | None:
        accounts = ServiceAccount.objects.filter(service=listenbrainz.NAME)
        if username is None:
            return accounts.order_by("-agreed_at").first()
        found = accounts.filter(user__username=username).first()
        if found is None:
            raise CommandError(f"{username!r} has no ListenBrainz connected.")
        return found


def check_settings() -> str:
    """Say which API is asked. Raises Broken."""
    if not listenbrainz.is_on():
        raise Broken("LISTENBRAINZ is off")
    return f"asks {settings.LISTENBRAINZ_API_URL}"


def check_lookup() -> str:
    """Look a song up without a token. Raises Broken."""
    try:
        hit = ListenBrainz("").lookup(artist=KNOWN.artists[0], title=KNOWN.title)
    except Failed as failed:
        raise Broken(f"it doesn't answer as it should ({failed})") from None
    return _hit_words(is_known=hit is not None)


def check_lists(service: ListenBrainzService) -> str:
    """Read a listener's playlists. Raises Broken."""
    _tried(lambda: service.find_marked(NOWHERE))
    return "playlists can be read"


def check_search(service: ListenBrainzService) -> str:
    """Look a song up by its names. Raises Broken."""
    found = _tried(lambda: service.look_up(KNOWN))
    return _hit_words(is_known=bool(found.ref))


def _hit_words(*, is_known: bool) -> str:
    return (
        f"it answers, {'and knows' if is_known else 'but doesn’t know'} “{KNOWN.title}”"
    )


def _tried(call: Callable[[], Any]) -> Any:
    try:
        return call()
    except Trouble as trouble:
        raise Broken(ADVICE.get(trouble.reason, trouble.reason)) from None


ADVICE = {
    "reconnect": "ListenBrainz doesn't know the token any more: the listener must give "
    "the new one on the page of services",
    "not_allowed": "ListenBrainz forbids it to this account",
    "busy": "too many requests for now: try again later",
    "down": "ListenBrainz doesn't answer as it should: try again later",
}
