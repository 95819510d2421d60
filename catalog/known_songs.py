"""What songs that nearly everybody knows are played for, as data of the program.

The rule of this file: it is hearsay about a song, like `known_artists` of a name. It
helps to find a song for an occasion or a feeling that nobody tagged it with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from catalog.names import name_key
from catalog.versions import song_key

DATA = Path(__file__).parent / "data" / "known_songs.tsv"
# What a song is played for first says most; all of it would say next to nothing.
MOST_ROWS = 2
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")


def played_for(title: str, artists: Iterable[str]) -> tuple[str, ...]:
    """Return the occasions and feelings that a song is played for, the first first.

    artists: names as credited; any of them may be the one it is known by. Empty for a
    song that not everybody knows.
    """
    known = _words_by_song()
    keys = [name_key(artist) for artist in artists]
    for said in dict.fromkeys((title, _BRACKETS.sub("", title) or title)):
        for key in keys:
            if found := known.get(song_key(said, [key])):
                return found
    return ()


def known_song_keys() -> tuple[str, ...]:
    """Return the song keys of all songs that the list knows."""
    return tuple(_words_by_song())


@lru_cache(maxsize=1)
def _words_by_song() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for words, artist, title in _rows():
        row = found.setdefault(song_key(title, [name_key(artist)]), [])
        if words not in row:
            row.append(words)
    return {
        key: tuple(dict.fromkeys(", ".join(rows[:MOST_ROWS]).split(", ")))
        for key, rows in found.items()
    }


def _rows() -> Iterator[tuple[str, str, str]]:
    """Yield what for, artist and title of each song of the list."""
    for line in DATA.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        words, songs = line.split("\t")
        for by_artist in songs.split("; "):
            artist, titles = by_artist.split(": ", 1)
            for title in titles.split(" / "):
                yield words, artist, title
