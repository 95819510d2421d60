"""Conversations with a language model, sound or broken, in place of the rules.

The model is a stand-in on loopback, spoken to over real HTTP. It plays a sensible one,
so that how well it understands is no subject here: what is held are the promises that no
model can break (`promises.py`, `talk.py`), in each turn of each script.
"""

import zlib

import pytest
from pydantic import SecretStr

from catalog.encoders.text import text_encoder
from chat.agent.llm import LlmPlanner
from tests.conversations.scripts import SCRIPTS
from tests.conversations.talk import run_script
from tests.llm_server import Faulty, LLMServer, Reasonable

pytestmark = pytest.mark.django_db
# All of them would take minutes.
PARTS = 5
FAILED_ONCE = frozenset({"Greek without a word that is known"})


@pytest.fixture(scope="module", autouse=True)
def loaded_encoder():
    """Load the text model outside of the model's time-outs."""
    text_encoder().load()


@pytest.fixture
def connected(settings):
    """Point the site at a stand-in; what it should never be asked is an error."""
    servers = []

    def connect(answers):
        server = LLMServer(answers)
        server.__enter__()
        servers.append(server)
        settings.PLANNER = "llm"
        settings.OPENAI_BASE_URL = server.url
        settings.OPENAI_API_KEY = SecretStr("hush")
        settings.LLM_MODEL = "stand-in"
        settings.LLM_READ_TIMEOUT_S = 0.3
        return server

    yield connect
    for server in servers:
        server.__exit__()
        assert server.errors == []


def part(number):
    """Return a part of the scripts, always the same, and those that failed once."""
    return [
        s
        for s in SCRIPTS
        if s.name in FAILED_ONCE or zlib.crc32(s.name.encode()) % PARTS == number
    ]


@pytest.mark.parametrize("script", part(0), ids=lambda script: script.name)
async def test_a_sound_model_breaks_no_promise(script, talks, connected):
    connected(Reasonable())

    await run_script(script, talks, LlmPlanner(), are_effects_checked=False)


@pytest.mark.parametrize("script", part(1), ids=lambda script: script.name)
async def test_no_turn_is_lost_to_a_broken_model(script, talks, connected):
    seed = zlib.crc32(script.name.encode())
    connected(Faulty(Reasonable(), seed=seed, rate=0.4))

    await run_script(script, talks, LlmPlanner(), are_effects_checked=False)
