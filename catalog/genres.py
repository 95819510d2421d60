"""The genre taxonomy: names, other spellings, parents and children, as data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from catalog.names import name_key

DATA = Path(__file__).parent / "data" / "genres.tsv"


@dataclass(frozen=True)
class Genre:
    """One genre. `key` is its name key; `parents` and `spellings` are keys too.

    everyday: those of its spellings that are ordinary words as well ("house").
    """

    name: str
    key: str
    parents: tuple[str, ...]
    spellings: tuple[str, ...]
    everyday: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def genres() -> dict[str, Genre]:
    """Read the taxonomy, by key."""
    return {genre.key: genre for genre in _rows()}


def _rows() -> Iterator[Genre]:
    for line in DATA.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        name, parents, written = line.split("\t")
        spellings = [s for s in written.split(", ") if s]
        yield Genre(
            name=name.lstrip("~"),
            key=name_key(name),
            parents=tuple(name_key(p) for p in parents.split(", ") if p != "-"),
            spellings=tuple(name_key(s) for s in spellings),
            everyday=tuple(name_key(s) for s in (name, *spellings) if s[:1] == "~"),
        )


@lru_cache(maxsize=1)
def genre_spellings() -> dict[str, str]:
    """Return the genre's key for each way of writing it; own names win."""
    found = {s: genre.key for genre in genres().values() for s in genre.spellings}
    return found | {key: key for key in genres()}


@lru_cache(maxsize=1)
def everyday_spellings() -> frozenset[str]:
    """Return the spellings that also mean something else: "house", "the club"."""
    return frozenset(s for genre in genres().values() for s in genre.everyday)


@lru_cache(maxsize=1024)
def genre_family(key: str) -> frozenset[str]:
    """Return the tag keys that a genre covers: itself, its children, all spellings.

    A genre that the taxonomy doesn't know covers itself.
    """
    known = genres()
    home = genre_spellings().get(key, key)
    if home not in known:
        return frozenset({key})
    family = {home}
    grown = True
    while grown:
        children = {
            genre.key
            for genre in known.values()
            if genre.key not in family and family.intersection(genre.parents)
        }
        family |= children
        grown = bool(children)
    spellings = {s for member in family for s in known[member].spellings}
    return frozenset(family | spellings)


def genre_parents(key: str) -> tuple[str, ...]:
    """Return the keys of what a genre is a kind of; () at the top, or where unknown."""
    found = genres().get(genre_spellings().get(key, key))
    return tuple(found.parents) if found else ()


def genre_name(key: str) -> str:
    """Return how a genre is written."""
    genre = genres().get(genre_spellings().get(key, key))
    return genre.name if genre else key
