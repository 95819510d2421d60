"""Filters of a wanted width, as people ask: years alone, or a genre with years."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.searching.generate import Generated
from catalog.genres import genre_family
from catalog.search.query import Filters

YEARS = (1930, 2026)


@dataclass(frozen=True)
class Cut:
    """A filter, and the rows of the generated catalog that it keeps.

    width: as asked for, 0 to 1. rows: ascending row indexes; the id is one more.
    """

    name: str
    width: float
    filters: Filters
    rows: NDArray[np.int64]


def cuts_of(generated: Generated, width: float) -> list[Cut]:
    """Return the filters nearest to a width: by years, and by a genre with years.

    A genre's songs lie together, so that a query from elsewhere has to go far: that is
    the hard one. Years are spread more evenly.
    """
    everything = np.arange(len(generated.year))
    if width >= 1:
        return [Cut("all", width, Filters(), everything)]
    found = []
    by_years = _nearest_years(generated.year, width * len(everything))
    if by_years is not None:
        found.append(_cut(generated, width, None, *by_years))
    best: tuple[float, str, int, int] | None = None
    for key in generated.genre_keys[:20]:
        years = generated.year[_of_genre(generated, key)]
        span = _nearest_years(years, width * len(everything))
        if span is None:
            continue
        kept = int(((years >= span[0]) & (years <= span[1])).sum())
        miss = abs(np.log(max(kept, 1) / (width * len(everything))))
        if best is None or miss < best[0]:
            best = (float(miss), key, *span)
    if best is not None:
        found.append(_cut(generated, width, *best[1:]))
    return found


def _cut(
    generated: Generated, width: float, genre: str | None, first: int, last: int
) -> Cut:
    kept = (generated.year >= first) & (generated.year <= last)
    if genre:
        kept &= _of_genre(generated, genre)
    filters = Filters(
        genres=frozenset({genre} if genre else ()), year_from=first, year_to=last
    )
    name = f"{genre or 'any genre'} {first}-{last}"
    return Cut(name, width, filters, np.flatnonzero(kept))


def _of_genre(generated: Generated, key: str) -> NDArray[np.bool_]:
    family = genre_family(key)
    wanted = [i for i, k in enumerate(generated.genre_keys) if k in family]
    return np.asarray(np.isin(generated.genre, wanted).any(axis=1))


def _nearest_years(years: NDArray[np.int64], wanted: float) -> tuple[int, int] | None:
    """Return the span whose number of songs is nearest to the wanted, if one is near.

    Near: within a factor of two.
    """
    first, last = YEARS
    counts = np.bincount(
        np.clip(years - first, 0, last - first), minlength=last - first + 1
    )
    sums = np.concatenate([[0], np.cumsum(counts)])
    kept = sums[None, 1:] - sums[:-1, None]
    miss = np.abs(np.log(np.maximum(kept, 1e-9) / wanted))
    start, end = np.unravel_index(
        np.argmin(np.triu(miss) + np.tri(len(miss), k=-1) * 1e9), miss.shape
    )
    if miss[start, end] > np.log(2):
        return None
    return first + int(start), first + int(end)
