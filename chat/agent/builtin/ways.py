"""Ways that a request leads: from songs to what differs from them, or to others' like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

from catalog.search.query import Attribute
from chat.agent.arcs import Arc, Waypoint
from chat.agent.builtin import phrases
from chat.agent.builtin.desk import Desk
from chat.agent.builtin.nearing import Way
from chat.agent.songs import Song
from chat.agent.state import Given
from chat.agent.understanding.moods import is_compared
from chat.agent.understanding.wish import Wanted


def way_beside(desk: Desk, given: Given, wanted: Wanted) -> Way | None:
    """Return the way from songs that others are to be like: "like X, but slower"."""
    if not (wanted.like_tracks or wanted.like_artists):
        return None
    moods = [mood for mood in wanted.moods if is_compared(mood)]
    said = {mood.phrase for mood in moods}
    wishes = tuple(wish for wish in given.wishes if wish.words in said)
    start = tuple(desk.tools.songs(given.seeds).values())
    leanings = tuple(leaning for mood in moods for leaning in mood.leanings)
    return Way(start, leanings, wishes, keeps_subject=True) if wishes else None


def way_between(desk: Desk, ends: tuple[Sequence[int], Sequence[int]]) -> Arc | None:
    """Return the path from how some artists' songs are to how others' are."""
    points = []
    for artists in ends:
        tracks = desk.tools.tracks_by_artists(artists)
        songs = desk.tools.songs(tracks).values()
        places = {axis: _place_of(desk, axis, songs) for axis in ("energy", "valence")}
        points.append(Waypoint(**places))
    if all(point.energy is None and point.valence is None for point in points):
        return None
    names = [
        phrases.listed(desk.tools.artist_names(artists).values()) for artists in ends
    ]
    return Arc(f"from {names[0]} to {names[1]}", tuple(points))


def _place_of(desk: Desk, axis: Attribute, songs: Iterable[Song]) -> float | None:
    """Return where songs lie on an axis, as a share of the catalog; None if unknown."""
    known = [value for song in songs if (value := song.facts.get(axis)) is not None]
    return desk.levels.fraction_of(axis, median(known)) if known else None
