"""Which planner answers."""

from __future__ import annotations

from functools import lru_cache

from chat.agent.builtin import BuiltinPlanner
from chat.agent.turn import Planner


@lru_cache(maxsize=1)
def current_planner() -> Planner:
    """Return the planner that the settings choose."""
    return BuiltinPlanner()
