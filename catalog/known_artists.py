"""What widely known artists are known for, as data that comes with the program.

The rule of this file: it is hearsay about a name, and never overrules a tag. It helps
to find tracks that nobody tagged, and whatever comes by it says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from catalog.genres import genre_family
from catalog.names import name_key

DATA = Path(__file__).parent / "data" / "known_artists.tsv"
ERAS = Path(__file__).parent / "data" / "artist_eras.tsv"
# What an artist is known for first says most; all of it would say next to nothing.
MOST_GENRES = 4
# Who was well known for longer tells nothing of when a song is from.
MOST_DECADES = 3


def known_genres(artists: Iterable[str]) -> tuple[str, ...]:
    """Return the genres that artists are known for, those of the first named first.

    artists: names as credited. Empty where none of them is known.
    """
    known = _genres_by_artist()
    found = (genre for name in artists for genre in known.get(name_key(name), ()))
    return tuple(dict.fromkeys(found))[:MOST_GENRES]


def known_decades(artists: Iterable[str]) -> tuple[int, ...]:
    """Return the first years of the decades that artists' best known songs are of.

    artists: names as credited. Ascending; empty where none is known, or too many are.
    """
    known = _decades_by_artist()
    found = {year for name in artists for year in known.get(name_key(name), ())}
    return tuple(sorted(found)) if len(found) <= MOST_DECADES else ()


def known_artist_keys() -> tuple[str, ...]:
    """Return the name keys of all artists that the lists know."""
    return tuple(_genres_by_artist().keys() | _decades_by_artist().keys())


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
    return _rows_by_artist(DATA)


@lru_cache(maxsize=1)
def _decades_by_artist() -> Mapping[str, tuple[int, ...]]:
    rows = _rows_by_artist(ERAS).items()
    return {name: tuple(int(said[:4]) for said in of) for name, of in rows}


def _rows_by_artist(path: Path) -> Mapping[str, tuple[str, ...]]:
    """Read which rows of a list an artist stands in, by what they are of."""
    found: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        of, names = line.split("\t")
        for name in names.split("; "):
            found.setdefault(name_key(name), []).append(of)
    return {name: tuple(dict.fromkeys(of)) for name, of in found.items()}
