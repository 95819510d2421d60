"""The search: fields, plain words, and at most ten at a time."""

from __future__ import annotations

import re

from tests.spotify.answers import Answer, Refusal
from tests.spotify.lists import Asking
from tests.spotify.shapes import page, song_view
from tests.spotify.world import Song

FIELD = re.compile(r"(track|artist|album|isrc):(?:\"([^\"]*)\"|(\S+))")
MOST, USUAL = 10, 5


def search(asking: Asking) -> Answer:
    """Find tracks."""
    query = asking.call.query
    words = query.get("q", "")
    if not words or len(words) > 250:
        raise Refusal(
            400, "No search query" if not words else "Query exceeds maximum length"
        )
    if query.get("type") != "track":
        raise Refusal(400, "Bad search type field")
    found = [
        song_view(song) for song in asking.world.songs.values() if _is_hit(song, words)
    ]
    return Answer({"tracks": page(asking, found, most=MOST, usual=USUAL)})


def _is_hit(song: Song, words: str) -> bool:
    for name, quoted, plain in FIELD.findall(words):
        wanted = quoted or plain
        if name == "isrc" and song.isrc.lower() != wanted.lower():
            return False
        if name == "track" and not _holds(song.name, wanted):
            return False
        if name == "artist" and not _holds(" ".join(song.artists), wanted):
            return False
        if name == "album" and not _holds(song.album, wanted):
            return False
    left = FIELD.sub(" ", words)
    return _holds(" ".join([song.name, *song.artists, song.album]), left)


def _holds(text: str, words: str) -> bool:
    held = set(re.findall(r"\w+", text.casefold()))
    return set(re.findall(r"\w+", words.casefold())) <= held
