"""What widely known artists are known for, as data that comes with the program.

The rule of this file: it is hearsay about a name, and never overrules a tag. It helps
to find tracks that nobody tagged, and whatever comes by it says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from catalog.genres import genre_family
from catalog.names import name_key

DATA = Path(__file__).parent / "data" / "known_artists.tsv"
# What an artist is known for first says most; all of it would say next to nothing.
MOST_GENRES = 4


def known_genres(artists: Iterable[str]) -> tuple[str, ...]:
    """Return the genres that artists are known for, those of the first named first.

    artists: names as credited. Empty where none of them is known.
    """
    known = _genres_by_artist()
    found = (genre for name in artists for genre in known.get(name_key(name), ()))
    return tuple(dict.fromkeys(found))[:MOST_GENRES]


def known_artist_keys() -> tuple[str, ...]:
    """Return the name keys of all artists that the list knows."""
    return tuple(_genres_by_artist())


@lru_cache(maxsize=1)
def known_artists_version() -> str:
    """Return a version of the list, by its content: 16 hexadecimal digits."""
    return hashlib.sha256(DATA.read_bytes()).hexdigest()[:16]


@lru_cache(maxsize=256)
def artists_known_for(genre: str) -> frozenset[str]:
    """Return the name keys of artists known for a genre or a kind of it, by its key."""
    family = genre_family(genre)
    return frozenset(
        name
        for name, known in _genres_by_artist().items()
        if not family.isdisjoint(map(name_key, known[:MOST_GENRES]))
    )


@lru_cache(maxsize=1)
def _genres_by_artist() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for line in DATA.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        genre, names = line.split("\t")
        for name in names.split("; "):
            found.setdefault(name_key(name), []).append(genre)
    return {name: tuple(dict.fromkeys(of)) for name, of in found.items()}
