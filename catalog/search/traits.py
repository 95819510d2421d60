"""How much tracks have of what a listener leans to: artists, genres, and how they sound.

The part of a taste that needs no vector of a track.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from catalog.columns.least import least
from catalog.columns.postings import Rows
from catalog.columns.view import Mask, View
from catalog.models import Tag
from catalog.search.lists import first_ids
from catalog.search.query import Span, Traits
from catalog.search.tag_ids import rows_of_genre

# How a track sounds counts so much beside whose it is, and beside what it is: most tracks
# lie within somebody's ranges.
RANGES_SHARE = 0.5
# Of equally liked ones, so many against how many are wanted tell how good the best are.
TRIED_FACTOR = 10


class Leanings:
    """What the rows of a view have of a taste's traits.

    Artists and genres are looked up once for the whole catalog; a query for a genre that
    the view wasn't asked for before. About 1 ms a genre on a million rows.
    """

    def __init__(self, view: View, taste: Traits) -> None:
        self._view, self._taste = view, taste
        size = len(view.is_there)
        self._keyed = np.zeros(size, np.float32)
        self._is_keyed = np.zeros(size, bool)
        self._add_genres()
        self._add_artists()

    def __bool__(self) -> bool:
        return bool(self._taste)

    def of(self, rows: Rows) -> tuple[NDArray[np.float64], Mask]:
        """Return how much rows have of it, and of which anything is known: (n,).

        Above 0 where it speaks for a track, below where against it; 0 where nothing is known.
        """
        found, is_known = self._keyed[rows].astype(float), self._is_keyed[rows]
        if self._taste.genres:
            is_known |= self._view.derived("of any genre", _of_any_genre)[rows]
        if self._taste.ranges:
            within, is_measured = _within(self._view, rows, self._taste.ranges)
            found += RANGES_SHARE * within
            is_known |= is_measured
        return found, is_known

    def best(self, mask: Mask, *, limit: int) -> list[int]:
        """Return the ids of those with most of it, of which anything speaks for them."""
        rows = self._may_be_best(mask, limit)
        found, _ = self.of(rows)
        is_for = found > 0
        return first_ids(self._view, rows[is_for], -found[is_for], limit=limit)

    def _may_be_best(self, mask: Mask, limit: int) -> Rows:
        """Return rows, ascending: none of the best is left out, few of the others come."""
        rows = np.flatnonzero(mask & (self._keyed > 0)).astype(np.int32)
        if not self._taste.ranges:
            return rows
        bound = self._bound(rows, limit)
        if bound <= RANGES_SHARE:
            # There, how one sounds may be all that speaks for it.
            rows = np.flatnonzero(mask).astype(np.int32)
        return rows[self._keyed[rows] + np.float32(RANGES_SHARE) >= bound]

    def _bound(self, rows: Rows, limit: int) -> float:
        """Return what `limit` of some rows have at least, 0 where they are fewer."""
        some = rows[least(-self._keyed[rows], limit)[: TRIED_FACTOR * limit]]
        if len(some) < limit:
            return 0.0
        found, _ = self.of(some)
        return max(0.0, float(np.partition(found, -limit)[-limit]))

    def _add_genres(self) -> None:
        genres = self._taste.genres
        for genre, share in zip(genres, _shares(genres.values()), strict=True):
            self._keyed[rows_of_genre(self._view, genre)] += share
        self._keyed.clip(-1.0, 1.0, out=self._keyed)

    def _add_artists(self) -> None:
        artists = self._taste.artists
        if not artists:
            return
        lists = [self._view.rows_with("artist", [artist]) for artist in artists]
        rows, place_of = np.unique(np.concatenate(lists), return_inverse=True)
        counts = [len(found) for found in lists]
        shares = np.repeat(_shares(artists.values()), counts)
        self._keyed[rows] += np.bincount(place_of, weights=shares).clip(-1.0, 1.0)
        self._is_keyed[rows] = True


def _shares(weights: Collection[float]) -> list[float]:
    """Return weights as shares of the heaviest."""
    heaviest = max(map(abs, weights), default=0.0) or 1.0
    return [weight / heaviest for weight in weights]


def _within(
    view: View, rows: Rows, ranges: tuple[Span, ...]
) -> tuple[NDArray[np.float64], Mask]:
    """Return how well rows lie in ranges, and which are measured: (n,).

    1 in the middle of each, 0 on its edge, -1 as far out again.
    """
    sums, counts = np.zeros(len(rows)), np.zeros(len(rows))
    for held in ranges:
        values = view.number(held.attribute)[rows]
        is_above = values > held.middle
        side = np.where(is_above, held.high - held.middle, held.middle - held.low)
        away = np.abs(values - held.middle) / np.maximum(side, 1e-6)
        is_known = ~np.isnan(values)
        sums[is_known] += (1 - away[is_known]).clip(-1.0, 1.0)
        counts += is_known
    return sums / np.maximum(counts, 1), counts > 0


def _of_any_genre(view: View) -> Mask:
    tags = Tag.objects.filter(kind=Tag.Kind.GENRE)
    return view.mask_with("tag", tags.values_list("pk", flat=True))
