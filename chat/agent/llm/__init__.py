"""The planner with a language model behind it."""
