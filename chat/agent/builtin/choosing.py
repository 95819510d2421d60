"""What was chosen on the page: a chip set, a mood at a place of the plane, a path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catalog.search.levels import Levels
from catalog.search.query import Attribute, Wish
from chat.agent.arcs import Arc, Waypoint
from chat.agent.asking import fits, keeps_wish
from chat.agent.builtin import phrases
from chat.agent.builtin.desk import Desk
from chat.agent.builtin.finding import TITLE_CHARS, make_list
from chat.agent.builtin.gathering import fitting
from chat.agent.chips import Chip, changed, chip_id, chips_of
from chat.agent.choices import MoodPoint, SetConstraint, SetMood
from chat.agent.labels import mood_words
from chat.agent.state import DEFAULT_SIZE, Given
from chat.agent.understanding.moods import PLANE

# How far around a place a mood reaches: in shares of the catalog, as a mood word's
# does, and at least so far in the attribute itself, where songs are far between.
_REACH_SHARE = 0.12
_REACH = 0.08
# Where one pointed is meant more than where a word leans, and less than "more of that".
_PLACE_WEIGHT = 1.5


def set_constraint(desk: Desk, act: SetConstraint) -> None:
    """Make what is given a must or a wish, or let go of it, and search again."""
    before = desk.state.given
    chip = next((c for c in given_chips(desk, before) if c.id == act.chip), None)
    if chip is None:
        desk.say("That isn't asked for any more, so nothing has changed.")
        return
    given = changed(before, act.chip, act.value)
    desk.say(*_SAID[act.value](chip.label))
    is_made = not _is_open(given) and _search_again(desk, given, act)
    if act.value == "hard" and not is_made:
        desk.say(f"So “{chip.label}” stays a wish.")
        return
    desk.give(given)
    note_unlisted(desk, before)


_SAID = {
    "hard": lambda label: (f"I make “{label}” a must.",),
    "soft": lambda label: (
        f"“{label}” is a wish now: others may come in where too few are like that.",
    ),
    "off": lambda label: (f"“{label}” isn't asked for any more.",),
}


def given_chips(desk: Desk, given: Given) -> tuple[Chip, ...]:
    """Return the chips of what is given. Two queries."""
    songs = desk.tools.songs(given.seeds[:1])
    return chips_of(
        given,
        artists=desk.tools.artist_names((*given.artists, *given.without_artists)),
        songs={pk: song.credit for pk, song in songs.items()},
    )


def _is_open(given: Given) -> bool:
    """Say whether nothing is left to search by."""
    nearby = given.seeds or given.library
    return not (given.constraints or given.words or given.parts or nearby or given.arc)


def _search_again(desk: Desk, given: Given, act: SetConstraint) -> bool:
    """Make the list anew for what is given now; say whether there is one.

    What doesn't keep a new must goes; a wish lets others in where there was no more. What
    is let go of made all of the list, so all is searched anew but what the listener has
    chosen: songs that they like, or put in by hand.
    """
    tracks = desk.tools.tracks()
    keep = fitting(desk, given, tracks)
    is_of_songs = act.chip not in ("size", "length")
    if act.value == "off" and is_of_songs:
        liked = set(desk.tools.opinions().liked)
        by_hand = set(tracks) - set(desk.state.reasons)
        keep = [t for t in keep if t in liked | by_hand]
    has_number = given.minutes is not None or given.size != DEFAULT_SIZE
    return make_list(desk, given, keep, has_number=has_number)


def set_mood(desk: Desk, act: SetMood) -> None:
    """Make the list of the mood at a place, or along a path; other wishes stay."""
    words = mood_words(act)
    given = _without_mood(desk.state.given)
    tracks = desk.tools.tracks()
    songs = desk.tools.songs(tracks)
    if act.end is None:
        wishes = wishes_at(act.start, words, desk.levels)
        given = given.wishing(wishes)
        keep = [
            t
            for t in tracks
            if t in songs
            and fits(songs[t], given)
            and all(keeps_wish(songs[t], wish) for wish in wishes)
        ]
    else:
        path = path_of(act.start, act.end, words, desk.levels)
        given = replace(given, arc=path, is_mixed=False)
        liked = set(desk.tools.opinions().liked)
        keep = [t for t in tracks if t in liked and fits(songs[t], given)]
    title = f"{words[:1].upper()}{words[1:]}"[:TITLE_CHARS]
    before = desk.state.given
    make_list(desk, given, keep, title="" if tracks else title)
    note_unlisted(desk, before)


def note_unlisted(desk: Desk, before: Given) -> None:
    """Where a choice left the list as it was, undo has no version of it to go back to.

    It takes the choice back instead: said, by its button, or by the offer to say it.
    """
    if desk.moves or desk.state.given == before:
        return
    desk.state = replace(desk.state, given_unlisted=before)
    desk.say("The list stays as it is.", topic="list")
    desk.offers.append("undo")


def wishes_at(point: MoodPoint, words: str, levels: Levels) -> tuple[Wish, ...]:
    """Return the wishes for songs around a place of the plane."""
    return tuple(
        Wish(axis, *_around(axis, value, levels), words, _PLACE_WEIGHT)
        for axis, value in _on_axes(point)
    )


def path_of(start: MoodPoint, end: MoodPoint, words: str, levels: Levels) -> Arc:
    """Return the path from a place of the plane to another one."""
    return Arc(words, tuple(_waypoint(point, levels) for point in (start, end)))


def take_back(desk: Desk) -> bool:
    """Undo a choice that left the list as it was; say whether there was one."""
    before = desk.state.given_unlisted
    if before is None or desk.moves:
        return False
    desk.give(before)
    desk.state = replace(desk.state, given_unlisted=None)
    held = phrases.listed(f"“{chip.label}”" for chip in given_chips(desk, before))
    desk.say(f"Undone: asked for is {held}." if held else "Undone.")
    return True


def _without_mood(given: Given) -> Given:
    """Return what is given without its place in the plane, and a path through it."""
    for held in given.of("attribute"):
        if held.key in PLANE:
            given = changed(given, chip_id(held), "off")
    is_path = given.arc is not None and bool(set(given.arc.axes()).intersection(PLANE))
    return replace(given, arc=None if is_path else given.arc)


def _on_axes(point: MoodPoint) -> Sequence[tuple[Attribute, float]]:
    return ("valence", point.valence), ("energy", point.energy)


def _around(
    axis: Attribute, value: float, levels: Levels
) -> tuple[float | None, float | None]:
    """Return the range around a value; a side that holds all the rest is open."""
    low, high = value - _REACH, value + _REACH
    share = levels.fraction_of(axis, value)
    if share is not None:
        low = min(low, levels.at(axis, max(0.0, share - _REACH_SHARE)) or low)
        high = max(high, levels.at(axis, min(1.0, share + _REACH_SHARE)) or high)
    return (low if low > 0 else None), (high if high < 1 else None)


def _waypoint(point: MoodPoint, levels: Levels) -> Waypoint:
    shares = {axis: levels.fraction_of(axis, value) for axis, value in _on_axes(point)}
    return Waypoint(energy=shares["energy"], valence=shares["valence"])
