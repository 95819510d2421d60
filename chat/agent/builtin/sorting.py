"""What songs are sorted by."""

from __future__ import annotations

from catalog.names import name_key
from chat.agent.songs import Song
from chat.agent.understanding.pointing import (
    Order,
)


def sort_key(song: Song, order: Order) -> tuple[float, str] | None:
    """Return what a song is sorted by: a number, or words; None where it isn't known."""
    if order == "title":
        return 0.0, name_key(song.title)
    if order == "artist":
        return 0.0, name_key(" ".join(song.artists))
    if order == "genre":
        return (0.0, min(song.genres)) if song.genres else None
    facts = {"year": song.year, "duration": song.duration_ms}
    value = facts[order] if order in facts else song.facts.get(order)
    return None if value is None else (float(value), "")
