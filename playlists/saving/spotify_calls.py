"""One listener's calls of Spotify's Web API, and what its refusals mean.

spotipy gets a session of ours, which tries nothing again: its own would sleep through
any Retry-After within the call, and would repeat a POST.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import requests
import spotipy
from django.conf import settings
from spotipy.exceptions import SpotifyException

from accounts.services import ConnectionLost
from accounts.spotify.tokens import TokensUnavailable, access_token, token_refused
from playlists.saving.service import AccessLost, NotAllowed, Refused, TryLater

logger = logging.getLogger(__name__)

# What one page of the API holds at most.
PAGE = 50
UNAUTHORISED, FORBIDDEN, NOT_FOUND, TOO_MANY, FAILING = 401, 403, 404, 429, 500
QUOTA = "QUOTA_EXCEEDED"


class NoSuchThing(Refused):
    """The answer was 404."""


class SpotifyCalls:
    """Calls with a token that is refreshed where it must be. Each may raise a Trouble."""

    def __init__(self, account_id: int) -> None:
        self._account_id = account_id
        self._token = ""
        self._client = spotipy.Spotify(
            requests_session=requests.Session(),
            requests_timeout=settings.SPOTIFY_TIMEOUT_S,
        )
        self._client.prefix = f"{settings.SPOTIFY_API_URL}/"

    def _call(self, ask: Callable[[spotipy.Spotify], Any]) -> Any:
        """Ask once, and once more with another token where the first was too old."""
        self._token = self._token or self._fresh("")
        try:
            return self._asked(ask)
        except SpotifyException as error:
            if error.http_status != UNAUTHORISED:
                raise _trouble(error) from error
        # A refused token had no effect, so that even a POST may be made again.
        self._token = self._fresh(self._token)
        try:
            return self._asked(ask)
        except SpotifyException as error:
            if error.http_status == UNAUTHORISED:
                token_refused(self._account_id, refused=self._token)
            raise _trouble(error) from error

    def _asked(self, ask: Callable[[spotipy.Spotify], Any]) -> Any:
        self._client.set_auth(self._token)
        try:
            return ask(self._client)
        except requests.RequestException as error:
            raise TryLater("down") from error

    def _fresh(self, refused: str) -> str:
        try:
            return access_token(self._account_id, refused=refused)
        except ConnectionLost as error:
            raise AccessLost from error
        except TokensUnavailable as error:
            raise TryLater("down") from error


def field(answer: Any, name: str) -> Any:
    """Return what an answer must hold; one that doesn't is a proxy's, say. Raises TryLater."""
    if not isinstance(answer, dict) or answer.get(name) is None:
        raise TryLater("down")
    return answer[name]


def _trouble(error: SpotifyException) -> Exception:
    """Say what an answer means for the work."""
    status = error.http_status
    logger.info("Spotify answered %s %s", status, error.reason or "")
    if status == TOO_MANY:
        reason = "quota" if error.reason == QUOTA else "busy"
        return TryLater(reason, _seconds(error.headers.get("Retry-After")))
    if status >= FAILING:
        return TryLater("down")
    if status == UNAUTHORISED:
        return AccessLost()
    if status == FORBIDDEN:
        return NotAllowed()
    return NoSuchThing() if status == NOT_FOUND else Refused(str(status))


def _seconds(header: str | None) -> float | None:
    return float(header) if header and header.isdigit() else None
