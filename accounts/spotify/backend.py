"""Spotify for social-auth, as the Web API is since 2026."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from social_core.backends.oauth import BaseOAuth2PKCE
from social_core.backends.spotify import SpotifyOAuth2

from accounts.models import ServiceAccount
from accounts.spotify import NAME

# To read and change playlists, and to see whether one is still kept. Nothing of what
# somebody hears.
SCOPES = [
    "playlist-read-private",
    "playlist-modify-private",
    "playlist-modify-public",
    "user-library-read",
    "user-library-modify",
]
# Asked for only where somebody has chosen it (playlists/library).
TOP_SCOPE, RECENT_SCOPE = "user-top-read", "user-read-recently-played"


class SpotifyBackend(BaseOAuth2PKCE, SpotifyOAuth2):  # type: ignore[type-arg]
    """PKCE, people told apart by `account_id`, and addresses from the settings.

    social_core's own asks api.spotify.com for the person whatever the settings say, and
    knows them by an id that Spotify advises against.
    """

    name = NAME
    ID_KEY = "account_id"
    REDIRECT_STATE = False

    def get_key_and_secret(self) -> tuple[str, str]:
        """Return the app's id and secret."""
        secret: str = settings.SPOTIFY_CLIENT_SECRET.get_secret_value()
        return settings.SPOTIFY_CLIENT_ID, secret

    def get_scope(self) -> list[str]:
        """Return what people are asked to agree to.

        Beside what the site needs, that is what they have just chosen in the form, and
        what they agreed to before: whoever connects again loses nothing.
        """
        strategy: Any = self.strategy
        held = ServiceAccount.objects.filter(
            user=strategy.request.user.pk, service=NAME
        )
        chosen = str(self.data.get("also") or "").split()
        wanted = {*chosen, *(scope for one in held for scope in one.scopes)}
        return [*SCOPES, *sorted(wanted & {TOP_SCOPE, RECENT_SCOPE})]

    def authorization_url(self) -> str:
        """Return the page that asks them."""
        return f"{settings.SPOTIFY_ACCOUNTS_URL}/authorize"

    def access_token_url(self) -> str:
        """Return the endpoint of tokens, for refreshing as well."""
        return f"{settings.SPOTIFY_ACCOUNTS_URL}/api/token"

    def get_user_details(self, response: dict[str, Any]) -> dict[str, Any]:
        """Return nothing for the account here: it has a name of its own."""
        return {}

    def user_data(
        self, access_token: str, *args: Any, **kwargs: Any
    ) -> dict[str, Any] | None:
        """Ask who it is."""
        headers = {"Authorization": f"Bearer {access_token}"}
        found: dict[str, Any] = self.get_json(
            f"{settings.SPOTIFY_API_URL}/me", headers=headers, stage="user_info"
        )
        return found
