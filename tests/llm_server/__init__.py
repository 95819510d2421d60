"""A stand-in for servers that speak Chat Completions: real HTTP on loopback."""

from tests.llm_server.faults import FAULTS, Faulty
from tests.llm_server.reasonable import Reasonable
from tests.llm_server.replies import (
    OLLAMA,
    OPENAI,
    Called,
    Ends,
    Refused,
    Reply,
    Style,
    call,
    say,
)
from tests.llm_server.server import LLMServer, Script

__all__ = [
    "FAULTS",
    "OLLAMA",
    "OPENAI",
    "Called",
    "Ends",
    "Faulty",
    "LLMServer",
    "Reasonable",
    "Refused",
    "Reply",
    "Script",
    "Style",
    "call",
    "say",
]
