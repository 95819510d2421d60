"""The built-in planner: understanding and templates, no language model."""
