"""Whom a message is for: this companion, or an assistant for weather, tables and lights."""
