"""Saving the list at a music service, and saying how that stands."""

from __future__ import annotations

from accounts.models import ServiceAccount
from chat.agent.builtin.desk import Desk
from chat.agent.understanding.reading import SaveTo


def save_to(desk: Desk, act: SaveTo) -> None:
    """Have the list saved. It goes on behind the talk; the page tells of its end."""
    name = ServiceAccount.Service(act.service).label
    match desk.tools.save_playlist(act.service):
        case "asked":
            desk.say(
                f"It's on its way to {name}. The page says when it's there, and which "
                "songs weren't found.",
                f"I'm sending it to {name}; you'll see here when it has arrived.",
            )
        case "off":
            desk.say(
                f"This site isn't connected with {name}. The button beside the playlist "
                "downloads it as M3U8, which most players open, or for other services.",
            )
        case "unconnected":
            desk.say(
                f"{name} isn't connected to your account yet. The Save button beside the "
                "playlist leads there; then say it again.",
            )
        case "lost":
            desk.say(
                f"{name} wants to be connected again first. The Save button beside the "
                "playlist leads there.",
            )
        case "empty":
            desk.say("There is no song in the list yet, so there is nothing to save.")
