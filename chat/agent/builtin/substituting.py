"""What stands in for a genre that the catalog has no song of.

Who asks for slow sad ballads is better served with slow sad pop than with nothing. Who
asks for a genre and for nothing else wants that one, and is asked first.
"""

from __future__ import annotations

from dataclasses import replace

from catalog.genres import genre_name, genre_parents
from chat.agent.builtin import phrases
from chat.agent.builtin.desk import Desk
from chat.agent.constraints import TAGGED, Constraint, genre
from chat.agent.state import Given
from chat.agent.understanding.lexicon import mood_words
from chat.agent.understanding.moods import Mood
from chat.agent.wishes import mood_wishes


def standing_in(desk: Desk, given: Given) -> Given:
    """Put the nearest genres in the place of those asked for, where none is here.

    What is nearest is a genre's parent, as far up as there are songs; what its name says
    beside the parent's holds as a mood, "instrumental" in "instrumental hip hop". Only
    where that, or what else is asked for, tells more than the genre alone. Tells so.
    A count for each genre, and for each on the way up from one that isn't here.
    """
    asked = [held for held in given.of("genre") if held.is_hard]
    if not asked or any(desk.tools.has_genre(held.key) for held in asked):
        return given
    # "Jazz ballads" are jazz ballads, and ballads as well.
    told = [
        h for h in asked if not any(_is_named_in(h.key, o) for o in asked if o != h)
    ]
    near = {held: nearest_above(desk, held.key) for held in told}
    found = {held: key for held, key in near.items() if key is not None}
    is_told_more = any(
        held.kind in ("attribute", "years", *TAGGED) and not held.is_refused
        for held in given.constraints
    )
    if not found or not (is_told_more or all(map(_is_named_in, found.values(), found))):
        return given
    moods = [mood for held, key in found.items() for mood in _moods_beside(held, key)]
    names = phrases.listed([genre_name(held.key) for held in told])
    nearest = phrases.listed(dict.fromkeys(map(genre_name, found.values())))
    desk.say(
        f"There is no {names} in this catalog, so I went by {nearest}, which is nearest.",
        f"No song here is marked as {names}; nearest to it is {nearest}, so I took that.",
        topic="nearest genre",
    )
    rest = given.lacking(held.id for held in asked)
    parents = tuple(genre(key) for key in dict.fromkeys(found.values()))
    after = rest.wishing(
        (*given.wishes, *mood_wishes(moods, desk.levels)) if moods else given.wishes
    )
    # A list of several kinds stays one: a genre that stands in asks for no other.
    return replace(after.having(parents), parts=given.parts)


def nearest_above(desk: Desk, key: str) -> str | None:
    """Return the nearest genre that one is a kind of, and that songs are of, by its key."""
    seen: set[str] = set()
    above = genre_parents(key)
    while above:
        for parent in above:
            if desk.tools.has_genre(parent):
                return parent
        seen.update(above)
        above = tuple(
            further
            for parent in above
            for further in genre_parents(parent)
            if further not in seen
        )
    return None


def _is_named_in(parent: str, held: Constraint) -> bool:
    return f" {held.key} ".endswith(f" {parent} ")


def _moods_beside(held: Constraint, parent: str) -> list[Mood]:
    """Return the moods that a genre's name speaks of beside its parent's."""
    if not _is_named_in(parent, held):
        return []
    known = mood_words()
    words = held.key.removesuffix(parent).split()
    return [Mood(word, known[word]) for word in words if known.get(word)]
