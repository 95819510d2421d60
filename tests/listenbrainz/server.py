"""ListenBrainz's API at an address of loopback."""

from __future__ import annotations

from tests.listenbrainz import api
from tests.listenbrainz.answers import Refusal, fault_answer
from tests.listenbrainz.world import World
from tests.loopback.answers import Answer, Call
from tests.loopback.faults import Fault
from tests.loopback.server import LoopbackServer


class ListenBrainzServer(LoopbackServer):
    """Serves a World."""

    def __init__(self, world: World | None = None) -> None:
        super().__init__()
        self.world = world or World()

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a site that knows this one."""
        return {"LISTENBRAINZ": "true", "LISTENBRAINZ_API_URL": self.url}

    def answer(self, call: Call) -> Answer:
        return api.answer(self.world, call)

    def fault_answer(self, fault: Fault) -> Answer:
        return fault_answer(fault)

    def broken(self, error: Exception) -> Refusal:
        return Refusal(500, f"{type(error).__name__}: {error}")
