"""Asking to have the list at a music service: "save it to Spotify"."""

from __future__ import annotations

import re

from chat.agent.understanding.reading import Act, SaveTo, SmallTalk

# Services that a list can be saved at, by how people write them.
_SERVICES = {
    "spotify": re.compile(r"\bspotify\b", re.IGNORECASE),
    "listenbrainz": re.compile(r"\blisten[ -]?brainz\b", re.IGNORECASE),
}


def talk_acts(talk: SmallTalk, text: str) -> tuple[Act, ...]:
    """Return what a piece of talk asks for: a save at each service that it names, where
    lists can be saved there, or the talk itself."""
    if talk.kind == "saving" and (named := services_named(text)):
        return tuple(map(SaveTo, named))
    return (talk,)


def services_named(text: str) -> list[str]:
    """Return the services that a message names, in its order."""
    found = {name: form.search(text) for name, form in _SERVICES.items()}
    places = {name: hit.start() for name, hit in found.items() if hit}
    return sorted(places, key=lambda name: places[name])
