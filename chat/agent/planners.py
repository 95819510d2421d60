"""Which planner answers."""

from __future__ import annotations

from django.conf import settings

from chat.agent.builtin import BuiltinPlanner
from chat.agent.llm import LlmPlanner
from chat.agent.turn import Planner


def current_planner() -> Planner:
    """Return the planner that the settings choose."""
    return LlmPlanner() if settings.PLANNER == "llm" else BuiltinPlanner()
