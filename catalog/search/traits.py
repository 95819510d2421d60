"""How much tracks have of what a listener leans to: artists, genres, and how they sound.

The part of a taste that needs no vector of a track.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from catalog.columns.postings import Rows
from catalog.columns.view import Mask, View
from catalog.models import Tag
from catalog.search.lists import first_ids
from catalog.search.query import Span, Traits
from catalog.search.tag_ids import rows_of_genres

# How a track sounds counts so much beside whose it is, and beside what it is: most tracks
# lie within somebody's ranges.
RANGES_SHARE = 0.5


def traits_of(
    view: View, rows: Rows, taste: Traits
) -> tuple[NDArray[np.float64], Mask]:
    """Return how much rows have of what is traits_of to, and of which anything is known: (n,).

    Above 0 where it speaks for a track, below where against it; 0 where nothing is known.
    """
    artists, is_of_artist = _by_keys(
        len(view.is_there),
        (
            (view.rows_with("artist", [artist]), weight)
            for artist, weight in taste.artists.items()
        ),
    )
    genres, _ = _by_keys(
        len(view.is_there),
        (
            (np.flatnonzero(rows_of_genres(view, [genre])), weight)
            for genre, weight in taste.genres.items()
        ),
    )
    found = artists[rows] + genres[rows]
    is_known = is_of_artist[rows]
    if taste.genres:
        is_known = is_known | view.derived("of any genre", _of_any_genre)[rows]
    if taste.ranges:
        within, is_measured = _within(view, rows, taste.ranges)
        found += RANGES_SHARE * within
        is_known = is_known | is_measured
    return found, is_known


def by_traits(view: View, mask: Mask, taste: Traits, *, limit: int) -> list[int]:
    """Rank by what a listener leans to; what says nothing for a track brings it not."""
    rows = np.flatnonzero(mask).astype(np.int32)
    found, _ = traits_of(view, rows, taste)
    is_for = found > 0
    return first_ids(view, rows[is_for], -found[is_for], limit=limit)


def _by_keys(
    count: int, held: Iterable[tuple[NDArray[np.integer], float]]
) -> tuple[NDArray[np.float64], Mask]:
    """Sum weights up by row, the heaviest being 1; and say which rows have any."""
    sums, has_any = np.zeros(count), np.zeros(count, bool)
    heaviest = 0.0
    for rows, weight in held:
        sums[rows] += weight
        has_any[rows] = True
        heaviest = max(heaviest, abs(weight))
    return (sums / (heaviest or 1.0)).clip(-1.0, 1.0), has_any


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
