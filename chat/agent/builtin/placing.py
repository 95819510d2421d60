"""Where songs stand in the list: at a place, along a path, and how long it all lasts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chat.agent.arcs import ordered_along, place_for
from chat.agent.builtin import phrases
from chat.agent.builtin.desk import Desk
from chat.agent.builtin.gathering import MAX_LASTING
from chat.agent.lasting import TOLERANCE
from chat.agent.state import Given
from chat.agent.understanding.reading import Spot
from playlists.edits import Add, places_of
from playlists.mixing import Sound, mixed, place_among


def in_order(desk: Desk, given: Given, tracks: Sequence[int]) -> list[int]:
    """Return tracks along the path that is given, or mixed, where either is asked for."""
    if given.arc is None:
        return list(mixed(tracks, _sounds(desk, tracks)) if given.is_mixed else tracks)
    facts = {t: song.facts for t, song in desk.tools.songs(tracks).items()}
    return list(ordered_along(given.arc, tracks, facts, desk.levels))


def insert(desk: Desk, tracks: Sequence[int], *, at: int | None = None) -> bool:
    """Put songs in at a place (from 0), where the order wants them, or at the end."""
    given = desk.state.given
    if at is not None or not is_ordered(given):
        return desk.edit([Add(tuple(tracks), at)], uses=tracks)
    edits = [Add((track,), place) for track, place in places_along(desk, given, tracks)]
    return desk.edit(edits, uses=tracks)


def is_ordered(given: Given) -> bool:
    """Say whether songs that come in have a place of their own."""
    return given.arc is not None or given.is_mixed


def places_along(
    desk: Desk,
    given: Given,
    tracks: Sequence[int],
    *,
    beside: Sequence[int] | None = None,
) -> list[tuple[int, int]]:
    """Return where songs go into the list as it is ordered, one after the other.

    Those that stand there stay in their order. beside: these, None for the list's.
    """
    held = list(desk.tools.tracks() if beside is None else beside)
    facts = {t: s.facts for t, s in desk.tools.songs((*held, *tracks)).items()}
    sounds = _sounds(desk, (*held, *tracks))
    places = []
    for track in tracks:
        if track not in held:
            place = (
                place_among(track, held, sounds)
                if given.arc is None
                else place_for(given.arc, track, held, facts, desk.levels)
            )
            held.insert(place, track)
            places.append((track, place))
    return places


def _sounds(desk: Desk, tracks: Sequence[int]) -> dict[int, Sound]:
    return {t: song.sound for t, song in desk.tools.songs(tracks).items()}


def spot_of(
    desk: Desk, spot: Spot | None, *, among: Sequence[int] | None = None
) -> int | None:
    """Return the place (from 0) that a spot means, None for none said.

    among: the songs that it counts in, None for the list's.
    """
    if spot is None:
        return None
    tracks = desk.tools.tracks() if among is None else tuple(among)
    if spot.reference is not None:
        pointed = desk.places((spot.reference,))
        if among is not None:
            songs = desk.resolve((spot.reference,))
            pointed = [p for song in songs for p in places_of(tracks, song)]
        if not pointed:
            return None
        return pointed[0] if spot.is_before else pointed[-1] + 1
    if spot.position < 0:
        return max(0, len(tracks) + spot.position + 1)
    return min(spot.position - 1, len(tracks))


def settle_size(desk: Desk) -> None:
    """Take the list's size, or time, as it was changed in words, as what is wanted."""
    given = desk.state.given
    size = len(desk.tools.tracks())
    if not size:
        return
    minutes = given.minutes
    if minutes is not None:
        minutes = max(1, round(desk.duration_ms() / 60_000))
    desk.give(replace(given, size=size, minutes=minutes))


def tell_number(desk: Desk, count: int | None, minutes: int | None) -> None:
    """Tell that of a number and a time the time is kept, where both can't be."""
    held = len(desk.tools.tracks())
    if count is None or minutes is None or not held or held == count:
        return
    lasts = phrases.minutes(minutes * 60_000)
    desk.say(
        f"{count} songs and {lasts} don't go together here: I kept to the time, "
        f"which makes {phrases.songs(held)}.",
        topic="number",
    )


def tell_length(desk: Desk, minutes: int) -> None:
    """Tell how long the list plays, where a time was asked for."""
    ms = desk.duration_ms()
    lasts = phrases.minutes(ms)
    if abs(ms - minutes * 60_000) <= TOLERANCE * minutes * 60_000:
        desk.say(f"It plays for {lasts}.", f"That is {lasts} of music.", topic="length")
        return
    asked = phrases.minutes(minutes * 60_000)
    why = "nothing else here fits"
    if len(desk.tools.tracks()) >= MAX_LASTING and ms < minutes * 60_000:
        why = f"I put {MAX_LASTING} songs into a list at most"
    desk.say(
        f"It plays for {lasts}, not the {asked} that you asked for: {why}.",
        topic="length",
    )
