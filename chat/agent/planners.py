"""Which planner answers whom."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import User
from chat.agent.builtin.planner import BuiltinPlanner
from chat.agent.llm.planner import LlmPlanner
from chat.agent.turn import Planner
from chat.threads import in_thread


async def planner_for(user: User) -> Planner:
    """Return the planner that answers a listener, as they chose a moment ago.

    One query where there is a choice, since sockets stay open for days.
    """
    if settings.PLANNER != "llm":
        return BuiltinPlanner()
    chosen = User.objects.filter(pk=user.pk, planner=User.Planner.BUILTIN)
    return BuiltinPlanner() if await in_thread(chosen.exists)() else LlmPlanner()


def who_answers(user: User) -> str:
    """Say for the page who answers, and where words go."""
    if settings.PLANNER != "llm" or user.planner == User.Planner.BUILTIN:
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
