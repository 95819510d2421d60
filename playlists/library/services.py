"""Whose libraries can be read."""

from __future__ import annotations

from accounts.models import ServiceAccount
from playlists.library.service import LibraryService
from playlists.library.spotify import SpotifyLibrary


class NoLibrary(Exception):
    """A service lets nothing of the kind be read."""


def library_of(account: ServiceAccount) -> LibraryService:
    """Return the library of a listener's account. Raises NoLibrary."""
    if account.service == ServiceAccount.Service.SPOTIFY:
        return SpotifyLibrary(account.pk)
    raise NoLibrary
