"""The tags that a demo track's file carries."""

from __future__ import annotations

from catalog.demo.library import DemoTrack


def tags_of(track: DemoTrack) -> dict[str, str]:
    """Return Vorbis comments for a track."""
    return {
        "title": track.title,
        "artist": "; ".join(track.artists),
        "album": track.album,
        "date": str(track.year),
        "genre": track.genre,
        "license": "CC0-1.0",
    }
