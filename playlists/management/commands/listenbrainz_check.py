"""Try a listener's token at the real ListenBrainz, without changing anything there."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from accounts import listenbrainz
from accounts.listenbrainz.client import Failed, ListenBrainz
from accounts.models import ServiceAccount
from catalog.recordings.songs import Song
from playlists.saving.checking import Broken, ServiceCheck, Step, tried
from playlists.saving.listenbrainz import ListenBrainzService

# A song that MusicBrainz has.
KNOWN = Song("Bohemian Rhapsody", ("Queen",))
NOWHERE = "pai-no-such-playlist"
ADVICE = {
    "reconnect": "ListenBrainz doesn't know the token any more: the listener must give "
    "the new one on the page of services",
    "not_allowed": "ListenBrainz forbids it to this account",
    "busy": "too many requests for now: try again later",
    "down": "ListenBrainz doesn't answer as it should: try again later",
}


class Command(ServiceCheck):
    """Without anybody connected, a song is looked up all the same."""

    help = (
        "Try ListenBrainz's API, and the token of a listener who has connected it, by "
        "reading only. Says what works."
    )
    service = ServiceAccount.Service.LISTENBRAINZ
    lent = "token"

    def steps(self, account: ServiceAccount | None) -> Iterator[Step]:
        """Yield the settings, a listener's lists, and a search."""
        yield "settings", check_settings
        if account is None:
            yield "search", check_lookup
            return
        service = ListenBrainzService(account.pk)
        yield f"token of {account.user}", lambda: check_lists(service)
        yield "search", lambda: check_search(service)


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
    tried(lambda: service.find_marked(NOWHERE), ADVICE)
    return "playlists can be read"


def check_search(service: ListenBrainzService) -> str:
    """Look a song up by its names. Raises Broken."""
    found = tried(lambda: service.look_up(KNOWN), ADVICE)
    return _hit_words(is_known=bool(found.ref))


def _hit_words(*, is_known: bool) -> str:
    hit = "and knows" if is_known else "but doesn't know"
    return f"it answers, {hit} “{KNOWN.title}”"
