"""Which services there are."""

from __future__ import annotations

from accounts.models import ServiceAccount
from playlists.saving.listenbrainz import ListenBrainzService
from playlists.saving.service import MusicService
from playlists.saving.spotify import SpotifyService


def service_of(account: ServiceAccount) -> MusicService:
    """Return the service of a listener's account."""
    match ServiceAccount.Service(account.service):
        case ServiceAccount.Service.SPOTIFY:
            return SpotifyService(account.pk)
        case ServiceAccount.Service.LISTENBRAINZ:
            return ListenBrainzService(account.pk)
