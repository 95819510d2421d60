"""Measurements: ./bin/bench NAME. Each module's docstring says what and how."""
