"""The site with a language model behind it: a stand-in on loopback."""

import pytest
from pydantic import SecretStr

from catalog.encoders.text import text_encoder
from tests.llm_server import LLMServer, Script


@pytest.fixture(autouse=True, scope="session")
def loaded_encoder():
    """Load the text model outside of any wait for a frame: it may take a while."""
    text_encoder().load()


@pytest.fixture
def model(settings, request):
    """Start a model that answers as told; the site is pointed at it.

    Whatever a test scripts is answered in full, and nothing more is asked.
    """
    servers = []

    def start(*replies, answers=None):
        server = LLMServer(answers or Script(replies))
        server.__enter__()
        servers.append(server)
        settings.PLANNER = "llm"
        settings.OPENAI_BASE_URL = server.url
        settings.OPENAI_API_KEY = SecretStr("hush")
        settings.LLM_MODEL = "stand-in"
        settings.LLM_READ_TIMEOUT_S = 0.5
        return server

    yield start
    for server in servers:
        server.__exit__()
        assert server.errors == []
