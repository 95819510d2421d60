"""Reads what a list begins or ends with, where any one will do: "end with something slow"."""

from __future__ import annotations

import re
from dataclasses import replace

from catalog.search.query import Attribute
from chat.agent.understanding.pointing import Order, Utmost
from chat.agent.understanding.reading import MoveTo, Spot
from chat.agent.understanding.wish import Wanted

_ANY = re.compile(
    r"^(?:an?|one|something|some|anything)\b(?!.* (?:and|then) )|^(?:high|low)\b"
)
_LOUD = re.compile(r"\b(?:bang|bangers?|high(?: note)?|explosion|party|highlight)\b")
_ORDERS: dict[Attribute, Order] = {
    "tempo_bpm": "tempo_bpm",
    "energy": "energy",
    "valence": "valence",
    "danceability": "danceability",
    "acousticness": "acousticness",
    "popularity": "popularity",
}


def one_read(match: re.Match[str], wanted: Wanted) -> MoveTo | None:
    """Read which one song of the list comes first, or last; None where several do.

    match: with what is said of it as `what`, and `top` where it comes first.
    """
    if not _ANY.match(match["what"]):
        return None
    spot = Spot(1 if match["top"] else -1)
    rest = replace(wanted, words=(), moods=(), count=None)
    if not rest.is_empty:
        return MoveTo(replace(rest, moods=wanted.moods), (), spot, is_one=True)
    for mood in wanted.moods:
        for leaning in mood.leanings:
            order = _ORDERS.get(leaning.attribute)
            if order and leaning.step:
                utmost = Utmost(order, is_descending=leaning.step > 0)
                return MoveTo(Wanted(moods=wanted.moods), (utmost,), spot, is_one=True)
    if _LOUD.search(match["what"]):
        return MoveTo(Wanted(), (Utmost("energy", is_descending=True),), spot)
    return None
