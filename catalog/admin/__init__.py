"""The catalog in the admin: to look things up, and to correct what tags got wrong.

What was measured, embedded or imported is read-only: it changes by importing again.
"""

from catalog.admin import artists, bridges, items, runs, spaces, tags, tracks

__all__ = ["artists", "bridges", "items", "runs", "spaces", "tags", "tracks"]
