"""What is told of a search that let something go, or found too little."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.search.result import Hit, Result
from chat.agent.builtin import phrases
from chat.agent.builtin.desk import Desk
from chat.agent.state import Given


def tell_relaxed(desk: Desk, result: Result, given: Given) -> None:
    """Tell what was let go to find enough, and what came instead."""
    if result.relaxed:
        desk.say(*phrases.relaxed(result.relaxed), topic="relaxed")
    outside = _outside(result.hits, result.kept_all)
    if outside and {"years"} == {step.constraint for step in result.ledger_of(outside)}:
        songs = desk.tools.songs(hit.track_id for hit in outside)
        years = [song.year for song in songs.values() if song.year is not None]
        asked = given.years
        kept = len(result.kept_all)
        desk.say(*phrases.years_relaxed(asked, kept, years), topic="years")


def _outside(hits: Sequence[Hit], kept: Sequence[Hit]) -> list[Hit]:
    inside = {hit.track_id for hit in kept}
    return [hit for hit in hits if hit.track_id not in inside]


def tell_shortage(desk: Desk, asked: int, found: int, kind: str) -> None:
    if 0 < found < asked:
        desk.say(f"That is all the catalog has{f' of {kind}' if kind else ''}.")
