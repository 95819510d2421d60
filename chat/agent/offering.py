"""Taking up what the last answer offered: "yes", "sure, go ahead"."""

from __future__ import annotations

import re
from dataclasses import replace

from chat.agent.turn import Turn

_ASSENT = re.compile(
    r"^\W*(?:yes|yeah|yep|yup|ya|sure|of course|ok|okay|okey|alright|all right|please|go ahead|go for it"
    r"|do (?:it|that|so)|why not|sounds good|good idea|(?:ok|yes|sure),? let's (?:hear|do|try) (?:it|that)"
    r"|let's (?:hear|do|try) (?:it|that)|absolutely|definitely|fine)"
    r"(?:[\s,!.]+(?:please|thanks|thank you|sure|do|do it|do that|go ahead|go for it|then|ok|okay|why not"
    r"|sounds good|that works|play it|play that))*\W*$",
    re.IGNORECASE,
)


def taking_offer(turn: Turn) -> Turn:
    """Return the turn as if the offer had been said, where the message says yes to it."""
    offered = turn.state.offered
    if not offered or turn.choice is not None or not _ASSENT.match(turn.text):
        return turn
    return replace(turn, text=offered)
