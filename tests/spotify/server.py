"""Spotify's two hosts at one address of loopback."""

from __future__ import annotations

from tests.loopback.answers import Answer, Call
from tests.loopback.faults import Fault
from tests.loopback.server import LoopbackServer
from tests.spotify import accounts, api
from tests.spotify.answers import Refusal, fault_answer
from tests.spotify.world import World


class SpotifyServer(LoopbackServer):
    """Serves a World."""

    def __init__(self, world: World | None = None) -> None:
        super().__init__()
        self.world = world or World()
        self.api_url = f"{self.url}/v1"

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a site that has an app here."""
        return {
            "SPOTIFY_CLIENT_ID": self.world.app.client_id,
            "SPOTIFY_CLIENT_SECRET": self.world.app.client_secret,
            "SPOTIFY_API_URL": self.api_url,
            "SPOTIFY_ACCOUNTS_URL": self.url,
        }

    def page(self, call: Call) -> Answer | None:
        """Show the page that asks for consent."""
        if call.path != "/authorize":
            return None
        return accounts.authorize(self.world, call)

    def answer(self, call: Call) -> Answer:
        """Give tokens, or answer for the Web API."""
        if call.path == "/api/token" and call.method == "POST":
            return accounts.token(self.world, call)
        return api.answer(self.world, call, api_url=self.api_url)

    def fault_answer(self, fault: Fault) -> Answer:
        return fault_answer(fault)

    def broken(self, error: Exception) -> Refusal:
        return Refusal(500, f"{type(error).__name__}: {error}")
