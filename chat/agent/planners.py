"""Which planner answers."""

from __future__ import annotations

from django.conf import settings

from chat.agent.builtin import BuiltinPlanner
from chat.agent.llm import LlmPlanner
from chat.agent.turn import Planner


def current_planner() -> Planner:
    """Return the planner that the settings choose."""
    return LlmPlanner() if settings.PLANNER == "llm" else BuiltinPlanner()


def who_answers() -> str:
    """Say for the page who answers, and where words go."""
    if settings.PLANNER != "llm":
        return "Answered on this site, by rules and without a language model."
    where = "OpenAI" if not settings.OPENAI_BASE_URL else "its server"
    return (
        f"Answered by the language model {settings.LLM_MODEL}: what you write and songs "
        f"of the catalog are sent to {where}."
    )
