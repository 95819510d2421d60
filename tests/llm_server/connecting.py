"""The site with a language model behind it: the stand-in on loopback."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from catalog.encoders.text import text_encoder
from tests.llm_server.server import LLMServer, Script


@pytest.fixture(scope="session")
def loaded_encoder():
    """Load the text model outside of any wait for a frame or a model: it takes a while."""
    text_encoder().load()


@pytest.fixture
def model(settings, loaded_encoder):
    """Start a model that answers as told; the site is pointed at it.

    Whatever a test scripts is answered in full, and nothing more is asked: what it
    should never be asked is an error.
    """
    servers = []

    def start(*replies, answers=None, silence_s=0.5):
        server = LLMServer(answers or Script(replies))
        server.__enter__()
        servers.append(server)
        settings.PLANNER = "llm"
        settings.OPENAI_BASE_URL = server.url
        settings.OPENAI_API_KEY = SecretStr("hush")
        settings.LLM_MODEL = "stand-in"
        settings.LLM_READ_TIMEOUT_S = silence_s
        return server

    yield start
    for server in servers:
        server.__exit__()
        assert server.errors == []
