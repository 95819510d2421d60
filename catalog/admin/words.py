"""Values as a curator reads them."""

from __future__ import annotations

from datetime import timedelta


def duration_words(duration_ms: int | None) -> str:
    """Return a track's length as minutes and seconds, "" where it isn't known."""
    if duration_ms is None:
        return ""
    minutes, seconds = divmod(round(duration_ms / 1000), 60)
    return f"{minutes}:{seconds:02}"


def span_words(span: timedelta) -> str:
    """Return how long something took: "40 s", "3 min 20 s", "2 h 5 min"."""
    seconds = max(0, round(span.total_seconds()))
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"
