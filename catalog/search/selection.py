"""Choosing a varied few of the best: unlike each other, artists capped, no kin twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

# As many as a list holds unless more are asked for.
CAP_PER = 12


@dataclass(frozen=True)
class Candidate:
    """A track that may be chosen.

    song: what versions of one song share, 0 where that isn't known. vector: (d,) of
    unit length; a track without one counts as unlike all others.
    """

    track_id: int
    score: float
    artists: frozenset[int]
    song: int
    vector: np.ndarray | None


class Source(Protocol):
    """Brings candidates, batch by batch."""

    def more(self, without_artists: frozenset[int]) -> Sequence[Candidate]:
        """Return candidates that it hasn't brought yet and none of these artists made.

        Empty only when there are none.
        """
        ...


class Selection:
    """A list in the making.

    Each choice is the best by maximal marginal relevance [1] among those whose artists
    are below the cap. The cap counts for each `CAP_PER` songs, so that the first songs of
    a long list are as varied as a short list, and its rest isn't starved of what fits
    best. It gives way only when the source has nothing else, so that a wish for one
    artist still fills the list, and it doesn't count for artists that were named.

    [1] Carbonell & Goldstein, SIGIR 1998.
    """

    def __init__(
        self,
        *,
        limit: int,
        diversity: float,
        artist_cap: int,
        songs_taken: frozenset[int] = frozenset(),
        uncapped: frozenset[int] = frozenset(),
    ) -> None:
        """songs_taken: songs of which no version can come, 0 not among them.

        uncapped: artists for whom the cap doesn't count.
        """
        self._limit = limit
        self._diversity = diversity
        self._artist_cap = artist_cap
        self._songs = set(songs_taken)
        self._uncapped = uncapped
        self._credits: dict[int, int] = {}
        self.chosen: list[Candidate] = []

    @property
    def songs(self) -> frozenset[int]:
        """Songs of which no further version can come."""
        return frozenset(self._songs)

    def fill_from(self, source: Source, *, up_to: int | None = None) -> int:
        """Choose from a source until the list is full; return how many came.

        up_to: how long the list may get by this, where that is less than its limit.
        """
        size = self._limit if up_to is None else min(self._limit, up_to)
        pool = _Pool(self.chosen)
        before = len(self.chosen)
        is_used_up = False
        while len(self.chosen) < size:
            best = pool.best(self._diversity)
            if best is None and not is_used_up:
                found = source.more(self._capped())
                pool.add(found, self._songs, self._capped())
                is_used_up = not found
                continue
            if best is None:
                best = pool.best(self._diversity, is_cap_kept=False)
            if best is None:
                found = source.more(frozenset())
                if not found:
                    break
                pool.add(found, self._songs, self._capped())
                continue
            self._choose(best)
            pool.settle(best, self._capped())
            if len(self.chosen) % CAP_PER == 0:
                # The cap has risen: the source may have songs of artists that it
                # was to leave out so far.
                pool.cap(self._capped())
                is_used_up = False
        return len(self.chosen) - before

    def _capped(self) -> frozenset[int]:
        cap = self._artist_cap * (1 + len(self.chosen) // CAP_PER)
        return frozenset(a for a, n in self._credits.items() if n >= cap)

    def _choose(self, candidate: Candidate) -> None:
        self.chosen.append(candidate)
        if candidate.song:
            self._songs.add(candidate.song)
        for artist in candidate.artists - self._uncapped:
            self._credits[artist] = self._credits.get(artist, 0) + 1


class _Pool:
    """Candidates that are compared with each other, as arrays row by row."""

    def __init__(self, chosen: Sequence[Candidate]) -> None:
        self._chosen_vectors = [c.vector for c in chosen if c.vector is not None]
        self._rows: list[Candidate] = []
        self._songs = np.zeros(0, np.int64)
        self._places: dict[int, int] = {}
        self._by_artist: dict[int, list[int]] = {}
        self._scores = np.zeros(0)
        self._nearness = np.zeros(0)
        self._is_left = np.zeros(0, bool)
        self._is_capped = np.zeros(0, bool)
        self._vectors: np.ndarray | None = None

    def add(
        self,
        found: Sequence[Candidate],
        songs_taken: set[int],
        capped: frozenset[int],
    ) -> None:
        """Put candidates in; those of a song that is taken can't be chosen."""
        if not found:
            return
        for place, one in enumerate(found, start=len(self._rows)):
            self._places[one.track_id] = place
            for artist in one.artists:
                self._by_artist.setdefault(artist, []).append(place)
        self._rows.extend(found)
        songs = np.fromiter((c.song for c in found), np.int64, len(found))
        self._songs = np.append(self._songs, songs)
        self._scores = np.append(self._scores, [c.score for c in found])
        is_left = [c.song not in songs_taken for c in found]
        self._is_left = np.append(self._is_left, is_left)
        is_capped = [not capped.isdisjoint(c.artists) for c in found]
        self._is_capped = np.append(self._is_capped, is_capped)
        self._nearness = np.append(self._nearness, np.zeros(len(found)))
        self._vectors = _stacked(self._rows)
        for vector in self._chosen_vectors:
            self._come_near(vector)

    def best(self, diversity: float, *, is_cap_kept: bool = True) -> Candidate | None:
        """Return the one with the most worth that is left, if any."""
        may_come = self._is_left & ~self._is_capped if is_cap_kept else self._is_left
        if not may_come.any():
            return None
        worth = (1 - diversity) * self._scores - diversity * self._nearness
        return self._rows[int(np.argmax(np.where(may_come, worth, -np.inf)))]

    def settle(self, chosen: Candidate, capped: frozenset[int]) -> None:
        """Take account of a choice: it goes, with its kin, and others are near it."""
        self._is_left[self._places[chosen.track_id]] = False
        if chosen.song:
            self._is_left[self._songs == chosen.song] = False
        for artist in chosen.artists & capped:
            self._is_capped[self._by_artist[artist]] = True
        if chosen.vector is not None:
            self._chosen_vectors.append(chosen.vector)
            self._come_near(chosen.vector)

    def cap(self, capped: frozenset[int]) -> None:
        """Take account of a cap that has risen."""
        self._is_capped = np.array(
            [not capped.isdisjoint(row.artists) for row in self._rows], bool
        )

    def _come_near(self, vector: np.ndarray) -> None:
        if self._vectors is not None:
            near = (self._vectors @ vector).clip(min=0.0)
            self._nearness = np.maximum(self._nearness, near)


def _stacked(rows: Sequence[Candidate]) -> np.ndarray | None:
    """Return the rows' vectors, (n, d); zeros, near nothing, for one without."""
    size = next((len(r.vector) for r in rows if r.vector is not None), None)
    if size is None:
        return None
    none = np.zeros(size, np.float32)
    return np.stack([none if r.vector is None else r.vector for r in rows])
