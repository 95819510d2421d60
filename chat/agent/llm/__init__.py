"""The planner with a language model behind it."""

from chat.agent.llm.planner import LlmPlanner

__all__ = ["LlmPlanner"]
