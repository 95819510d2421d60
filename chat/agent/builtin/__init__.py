"""The built-in planner: understanding and templates, no language model."""

from chat.agent.builtin.planner import BuiltinPlanner

__all__ = ["BuiltinPlanner"]
