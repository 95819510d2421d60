"""A listener's account at Spotify: signing in with it, connecting it, its tokens.

What Spotify gives may be stored only as long as it is needed, and never goes to a model
(docs/spotify.md). Playlists leave by `playlists/saving`.
"""

from django.conf import settings

NAME = "spotify"


def is_on() -> bool:
    """Say whether this site has an app at Spotify."""
    secret: str = settings.SPOTIFY_CLIENT_SECRET.get_secret_value()
    return bool(settings.SPOTIFY_CLIENT_ID and secret)
