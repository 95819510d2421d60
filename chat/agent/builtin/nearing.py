"""How near songs come to wishes that few or none of them keep.

A genre bounds what is reachable: no pop song of a catalog may be as sad as "sadder"
means in all of it, but some are sadder than others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from catalog.search.levels import Levels
from catalog.search.query import Wish
from chat.agent.songs import Song
from chat.agent.understanding.lexicon import Leaning


def gap_to(song: Song, wishes: Iterable[Wish], levels: Levels) -> float:
    """Return how far a song is from keeping wishes, in shares of the catalog.

    0 is all kept; each that nobody knows of the song counts as the whole catalog.
    """
    return sum(_gap(song, wish, levels) for wish in wishes)


def _gap(song: Song, wish: Wish, levels: Levels) -> float:
    value = song.facts.get(wish.attribute)
    if value is None:
        return 1.0
    edge = value
    if wish.low is not None and value < wish.low:
        edge = wish.low
    elif wish.high is not None and value > wish.high:
        edge = wish.high
    if edge == value:
        return 0.0
    now = levels.fraction_of(wish.attribute, value)
    there = levels.fraction_of(wish.attribute, edge)
    return 1.0 if now is None or there is None else abs(now - there)


@dataclass(frozen=True)
class Way:
    """Where a list is to move: from some songs, as leanings say, to wishes.

    keeps_subject: the songs are first of all to be what the list is of, like those that
    the way starts from or near to words, and among those the ones that go the way.
    """

    start: tuple[Song, ...]
    leanings: tuple[Leaning, ...]
    wishes: tuple[Wish, ...]
    keeps_subject: bool = False

    def rank(self, song: Song, levels: Levels) -> tuple[int, float]:
        """Rank a song: it keeps the wishes, or goes the way, or comes as near.

        Whoever asks for "a bit sadder" asks for no extreme: of the songs beyond the
        middle of the list none is better for being further off.
        """
        gap = gap_to(song, self.wishes, levels)
        if not gap:
            return 0, 0.0
        if leans(song, self.start, self.leanings):
            return 1, 0.0
        return 2, gap


def along(
    way: Way, tracks: Sequence[int], songs: dict[int, Song], levels: Levels
) -> list[int]:
    """Return tracks with those that go a way first, else as they were."""
    ranks = {t: way.rank(songs[t], levels) for t in tracks if t in songs}
    return sorted(ranks, key=ranks.__getitem__)


# As many songs of one artist come before another's turn.
SONGS_EACH = 2


def spread(
    tracks: Sequence[int], songs: dict[int, Song], held: Iterable[int]
) -> list[int]:
    """Return tracks with those behind that are an artist's third and more.

    held: the first artist of each song that stands already.
    """
    counts = Counter(held)
    head: list[int] = []
    tail: list[int] = []
    for track in tracks:
        first = songs[track].artist_ids[:1]
        counts.update(first)
        is_more = any(counts[artist] > SONGS_EACH for artist in first)
        (tail if is_more else head).append(track)
    return [*head, *tail]


def leans(song: Song, than: Sequence[Song], leanings: Iterable[Leaning]) -> bool:
    """Say whether a song goes a way, beyond the middle of some others."""
    for leaning in leanings:
        value = song.facts.get(leaning.attribute)
        known = [one.facts.get(leaning.attribute) for one in than]
        values = sorted(v for v in known if v is not None)
        if value is None or not values:
            return False
        middle = values[len(values) // 2]
        if (value - middle) * leaning.step <= 0:
            return False
    return True
