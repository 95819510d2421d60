"""Short requests that a listener may make next: each one that the understanding reads.

Pure and deterministic under the turn's chance. They hold no name from the catalog but
what an answer offers of itself, and promise nothing: they are words to click.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from random import Random

from catalog.genres import everyday_spellings, genre_name, genre_spellings, genres
from catalog.search.levels import Levels
from catalog.search.query import Attribute
from chat.agent.changes import middle
from chat.agent.songs import Song
from chat.agent.state import Given
from chat.agent.understanding.reading import AddSome, Ask, Reading, SmallTalk

COUNT = 3
SHORT_BELOW, LONG_FROM = 8, 25

BEGINNINGS = (
    "something slow and warm",
    "upbeat songs for cooking",
    "a calm hour of piano",
    "90s hip-hop",
    "surprise me",
)
# Ways to move a list: the attribute, the words that lower and that raise it.
_WAYS: tuple[tuple[Attribute, str, str], ...] = (
    ("energy", "calmer", "more energetic"),
    ("valence", "sadder", "happier"),
    ("tempo_bpm", "slower", "faster"),
)


def suggested(
    songs: Sequence[Song],
    *,
    given: Given,
    levels: Levels,
    offers: Iterable[str] = (),
    can_undo: bool = False,
    chance: Random,
) -> tuple[str, ...]:
    """Return two to four requests that fit the list as it is.

    offers: what an answer of this turn offers itself; they come first.
    """
    offered = tuple(dict.fromkeys(offers))[:1]
    if not songs:
        return (*offered, *chance.sample(BEGINNINGS, COUNT))
    pool = [_way(songs, levels, chance), chance.choice(_ABOUT_SONGS)]
    if genre := _genre_beside(songs, given):
        pool.append(f"add some {genre}")
    if len(songs) < SHORT_BELOW:
        pool.append("make it longer")
    elif len(songs) >= LONG_FROM:
        pool.append("make it shorter")
    if can_undo:
        pool.append("undo")
    pool = [words for words in pool if words]
    chance.shuffle(pool)
    return (*offered, *pool[:COUNT])


def is_understood(reading: Reading) -> bool:
    """Say whether a reading asks for something that can be done."""
    return bool(reading.acts) and not any(
        isinstance(act, SmallTalk)
        or (isinstance(act, Ask | AddSome) and act.wanted.unknown_names)
        for act in reading.acts
    )


_ABOUT_SONGS = (
    "why the first one?",
    "more like the first one",
    "more like the last one",
)


def _way(songs: Sequence[Song], levels: Levels, chance: Random) -> str:
    """Return the way in which the list has most room to go."""
    ways = []
    for attribute, lower, higher in _WAYS:
        value = middle(songs, attribute)
        place = None if value is None else levels.fraction_of(attribute, value)
        if place is not None:
            ways.append((abs(place - 0.5), lower if place > 0.5 else higher))
    if not ways:
        return ""
    ways.sort(reverse=True)
    return chance.choice(ways[:2])[1]


def _genre_beside(songs: Sequence[Song], given: Given) -> str:
    """Return a neighbour of the list's commonest genre that nobody refused; "" for none."""
    known, homes = genres(), genre_spellings()
    held = Counter(homes.get(key, key) for song in songs for key in song.genres)
    common = sorted(held, key=lambda key: (-held[key], key))
    refused = {homes.get(key, key) for key in given.without_genres}
    for key in common:
        if key not in known:
            continue
        near = [*known[key].parents, *reversed(common)]
        for other in near:
            is_plain = other in known and other not in everyday_spellings()
            if is_plain and other not in refused and other != key:
                return genre_name(other)
    return ""
