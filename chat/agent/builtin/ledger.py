"""What is told of a search that let something go, or found too little."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.search.query import Constraint
from catalog.search.result import Hit, Result
from chat.agent.asking import fits, keeps
from chat.agent.builtin import phrases
from chat.agent.builtin.desk import Desk
from chat.agent.constraints import TAGGED, Kind
from chat.agent.parts import places_for
from chat.agent.state import Given

# What gives way only where next to nothing keeps it, beside the years.
_RANGES: dict[Constraint, Kind] = {"tempo": "tempo", "duration": "duration"}


def tell_relaxed(
    desk: Desk, result: Result, given: Given, *, asked: Given | None = None
) -> None:
    """Tell what was let go to find enough, and what came instead.

    asked: what was asked for just now, where that isn't all that was given: of what
    stood before nothing is claimed.
    """
    told = given if asked is None else asked
    wishes = {wish.words for wish in told.wishes}
    relaxed = [wish for wish in result.relaxed if wish.words in wishes]
    if relaxed:
        desk.say(*phrases.relaxed(relaxed), topic="relaxed")
    _tell_untagged(desk, result, told)
    outside = _outside(result.hits, result.kept_all)
    let_go = {step.constraint for step in result.ledger_of(outside)}
    if outside and let_go == {"years"}:
        songs = desk.tools.songs(hit.track_id for hit in outside)
        years = [song.year for song in songs.values() if song.year is not None]
        asked_years = given.years
        kept = len(result.kept_all)
        desk.say(*phrases.years_relaxed(asked_years, kept, years), topic="years")
        return
    for name, kind in _RANGES.items():
        held = [c for c in given.of(kind) if c.words]
        if name in let_go and held:
            kept = len(result.kept_all)
            desk.say(*phrases.range_relaxed(held[0].words, kept), topic=kind)


def _tell_untagged(desk: Desk, result: Result, told: Given) -> None:
    """Tell how many songs are known to have the instruments or be from the places."""
    asked = [held for kind in TAGGED for held in told.of(kind)]
    steps = result.ledger_of(result.hits)
    if not asked or not any(step.constraint == "tags" for step in steps):
        return
    songs = desk.tools.songs(hit.track_id for hit in result.hits).values()
    kept = sum(all(keeps(song, held) for held in asked) for song in songs)
    desk.say(*phrases.tags_relaxed([held.words for held in asked], kept), topic="tags")


def _outside(hits: Sequence[Hit], kept: Sequence[Hit]) -> list[Hit]:
    inside = {hit.track_id for hit in kept}
    return [hit for hit in hits if hit.track_id not in inside]


def tell_shortage(desk: Desk, asked: int, found: int, kind: str) -> None:
    """Tell that the catalog holds no more than was found."""
    if 0 < found < asked:
        desk.say(f"That is all the catalog has{f' of {kind}' if kind else ''}.")


def tell_parts(desk: Desk, given: Given, tracks: Sequence[int]) -> None:
    """Tell of which kinds there are fewer songs than their share of the list."""
    places = places_for([part.share for part in given.parts], given.size)
    songs = desk.tools.songs(tracks).values()
    for part, wanted in zip(given.parts, places, strict=True):
        held = sum(fits(song, given.for_part(part)) for song in songs)
        if held == 0 and wanted:
            desk.say(f"I found nothing for “{part.text}”.", topic=part.text)
        elif held < wanted and given.minutes is None:
            desk.say(
                f"For “{part.text}” the catalog has only {phrases.songs(held)}.",
                topic=part.text,
            )
