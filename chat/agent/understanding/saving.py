"""Asking to have the list at a music service: "save it to Spotify"."""

from __future__ import annotations

import re

from chat.agent.understanding.reading import Act, SaveTo, SmallTalk

_SPOTIFY = re.compile(r"\bspotify\b", re.IGNORECASE)


def talk_act(talk: SmallTalk, text: str) -> Act:
    """Return what a piece of talk asks for: a save, where it names a service that can
    be saved to, or the talk itself."""
    if talk.kind == "saving" and names_spotify(text):
        return SaveTo("spotify")
    return talk


def names_spotify(text: str) -> bool:
    """Say whether a message names Spotify at all."""
    return _SPOTIFY.search(text) is not None
