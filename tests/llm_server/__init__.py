"""A stand-in for servers that speak Chat Completions: real HTTP on loopback."""

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
    "OLLAMA",
    "OPENAI",
    "Called",
    "Ends",
    "LLMServer",
    "Refused",
    "Reply",
    "Script",
    "Style",
    "call",
    "say",
]
