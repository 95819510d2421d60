"""Conversations over a catalog of tens of thousands of real tracks, from a table."""
