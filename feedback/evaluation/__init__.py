"""Evaluations of `manage.py evaluate` that measure this room."""
