"""What is given as the page shows it, one chip each, and what becomes of it there.

A chip is a constraint, all that one mood word leans on, or what else tells the search
what to bring: words, songs to be near to, a number, a length, an order. Nothing here
looks anything up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from chat.agent.builtin import phrases
from chat.agent.choices import Value
from chat.agent.constraints import Constraint
from chat.agent.labels import FOR_MIXING, arc_label, label_of, library_words, shortened
from chat.agent.state import DEFAULT_SIZE, Given, Part

Strength = Literal["hard", "soft"]

# As many as the protocol takes.
MAX_ID_CHARS = 200

_PART = "part:"
_ALL: tuple[Value, ...] = ("hard", "soft", "off")
_HARD: tuple[Value, ...] = ("hard", "off")
_SOFT: tuple[Value, ...] = ("soft", "off")


@dataclass(frozen=True)
class Chip:
    """One thing that is taken as given, and what it can be set to."""

    id: str
    kind: str
    label: str
    strength: Strength
    can: tuple[Value, ...]
    is_refused: bool = False


def chips_of(
    given: Given, *, artists: Mapping[int, str], songs: Mapping[int, str]
) -> tuple[Chip, ...]:
    """Return the chips of what is given, each id once.

    artists: names by primary key, of those that the constraints speak of; songs: titles
    by primary key, of the seeds.
    """
    return (*_of_constraints(given, artists), *_of_the_rest(given, songs))


def chip_id(held: Constraint) -> str:
    """Return the id of the chip that a constraint is on: a mood's wishes share one."""
    if held.kind == "attribute":
        return f"mood:{held.words or held.key}"[:MAX_ID_CHARS]
    return held.id


def changed(given: Given, chip: str, value: Value) -> Given:
    """Return what is given once a chip is set; a chip that isn't there changes nothing."""
    held = tuple(c for c in given.constraints if chip_id(c) == chip)
    if held and value == "off":
        gone = given.lacking(c.id for c in held)
        said = _words_of(held) - _words_of(gone.constraints)
        return replace(gone, words=tuple(w for w in given.words if w not in said))
    if held:
        kept = (
            replace(c, is_hard=value == "hard") if c in held else c
            for c in given.constraints
        )
        return replace(given, constraints=tuple(kept))
    if value != "off":
        return given
    if chip.startswith(_PART):
        return given.without_parts(p for p in given.parts if _part_id(p) == chip)
    match chip:
        case "words":
            covered = _words_of(given.constraints)
            return replace(given, words=tuple(w for w in given.words if w in covered))
        case "seeds":
            return replace(given, seeds=())
        case "library":
            return replace(given, library=None)
        case "size":
            return replace(given, size=DEFAULT_SIZE, is_counted=False)
        case "length":
            size = given.size if given.is_counted else DEFAULT_SIZE
            return replace(given, minutes=None, is_counted=False, size=size)
        case "order":
            return replace(given, arc=None, is_mixed=False)
    return given


def words_uncovered(given: Given) -> list[str]:
    """Return the words that no constraint stands for: what a list is about beside."""
    covered = _words_of(given.constraints)
    return [word for word in given.words if word not in covered]


def _of_constraints(given: Given, artists: Mapping[int, str]) -> Iterator[Chip]:
    seen: set[str] = set()
    for held in given.constraints:
        name = chip_id(held)
        if name in seen:
            continue
        seen.add(name)
        yield Chip(
            name,
            "mood" if held.kind == "attribute" else held.kind,
            label_of(held, artist=artists.get(held.artist or 0, "")),
            "hard" if held.is_hard else "soft",
            _can(held),
            held.is_refused,
        )


def _can(held: Constraint) -> tuple[Value, ...]:
    """Return what the search tells apart: some refusals it never lets go."""
    is_switch = held.kind in ("instrumental", "explicit") and held.is_refused
    return _HARD if held.kind == "unheard" or is_switch else _ALL


def _of_the_rest(given: Given, songs: Mapping[int, str]) -> Iterator[Chip]:
    words = words_uncovered(given)
    if words:
        yield Chip("words", "words", _about(words), "soft", _SOFT)
    for part in given.parts:
        label = shortened(f"{round(100 * part.share)} % {part.text}")
        yield Chip(_part_id(part), "part", label, "soft", _SOFT)
    if given.seeds:
        yield Chip("seeds", "seeds", _near(given.seeds, songs), "soft", _SOFT)
    elif given.library is not None:
        label = f"near {library_words(given.library)}"
        yield Chip("library", "library", label, "soft", _SOFT)
    has_count = given.is_counted if given.minutes else given.size != DEFAULT_SIZE
    if has_count:
        yield Chip("size", "size", phrases.songs(given.size), "hard", _HARD)
    if given.minutes:
        lasts = phrases.minutes(given.minutes * 60_000)
        yield Chip("length", "length", f"{lasts} long", "hard", _HARD)
    if given.arc is not None:
        yield Chip("order", "order", arc_label(given.arc), "soft", _SOFT)
    elif given.is_mixed:
        yield Chip("order", "order", FOR_MIXING, "soft", _SOFT)


def _part_id(part: Part) -> str:
    return f"{_PART}{part.text}"[:MAX_ID_CHARS]


def _about(words: list[str]) -> str:
    return shortened(f"about “{' '.join(words)}”")


def _near(seeds: tuple[int, ...], songs: Mapping[int, str]) -> str:
    if len(seeds) == 1 and seeds[0] in songs:
        return shortened(f"near {songs[seeds[0]]}")
    return f"near {phrases.songs(len(seeds))}"


def _words_of(constraints: Iterable[Constraint]) -> set[str]:
    """Return the words that constraints stand for: they say nothing more."""
    texts = (f"{held.words} {held.key}" for held in constraints)
    return {word for text in texts for word in re.findall(r"\w+", text.lower())}
