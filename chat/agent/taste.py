"""What somebody's likes add up to, from stored facts alone. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from catalog.genres import genre_name
from chat.agent.changes import middle
from chat.agent.songs import Song

# Names that a sentence bears.
NAMED = 3
# What is said of many must hold of more than one.
COMMON_FROM = 2


@dataclass(frozen=True)
class Summary:
    """What songs have in common.

    genres, artists: by how many of the songs, the most common first, none that only one
    song has. years: the first and the last that are known. energy: the median.
    """

    count: int
    genres: tuple[tuple[str, int], ...]
    artists: tuple[tuple[str, int], ...]
    years: tuple[int, int] | None
    energy: float | None


def summary_of(songs: Sequence[Song]) -> Summary:
    """Sum songs up."""
    genres = Counter(genre_name(key) for song in songs for key in song.genres)
    artists = Counter(name for song in songs for name in song.artists)
    years = [song.year for song in songs if song.year is not None]
    return Summary(
        count=len(songs),
        genres=_common(genres),
        artists=_common(artists),
        years=(min(years), max(years)) if years else None,
        energy=middle(songs, "energy"),
    )


def _common(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    # By name where the counts are equal, so that the same likes read the same.
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(item for item in ranked if item[1] >= COMMON_FROM)[:NAMED]
