"""Which music services this site offers its listeners."""

from __future__ import annotations

from accounts import listenbrainz, spotify
from accounts.models import ServiceAccount

Service = ServiceAccount.Service


def is_on(service: Service) -> bool:
    """Say whether listeners may connect a service here."""
    match service:
        case Service.SPOTIFY:
            return spotify.is_on()
        case Service.LISTENBRAINZ:
            return listenbrainz.is_on()


def services_on() -> list[Service]:
    """Return the services that listeners may connect here."""
    return [service for service in Service if is_on(service)]
