"""Which planner answers."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from chat.agent.builtin.planner import BuiltinPlanner
from chat.agent.llm.planner import LlmPlanner
from chat.agent.turn import Planner


def current_planner() -> Planner:
    """Return the planner that the settings choose."""
    return LlmPlanner() if settings.PLANNER == "llm" else BuiltinPlanner()


def who_answers() -> str:
    """Say for the page who answers, and where words go."""
    if settings.PLANNER != "llm":
        return _("Answered on this site, by rules and without a language model.")
    told = _(
        "Answered by the language model %(model)s: what you write and songs of the "
        "catalog are sent to its server."
    )
    if not settings.OPENAI_BASE_URL:
        told = _(
            "Answered by the language model %(model)s: what you write and songs of the "
            "catalog are sent to OpenAI."
        )
    return told % {"model": settings.LLM_MODEL}
