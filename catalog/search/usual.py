"""What one expects of a kind of music that is asked for by its name and nothing more.

"10 pop songs" says the same of every pop song, so that no list of words or meanings can
tell them apart: by nearness to such words come those whose documents are shortest. What
is expected are the best known ones, and of these such as sound like most of the kind.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from catalog.columns.least import least
from catalog.columns.postings import Rows
from catalog.columns.view import Mask, View
from catalog.genres import genre_family, genre_spellings
from catalog.genres import genres as known_genres
from catalog.models import Tag
from catalog.search.levels import Levels
from catalog.search.lists import first_ids
from catalog.search.query import Attribute, Query, Wish
from catalog.search.words import content_words

# So many of the best known are compared with the kind, against how many are wanted.
KNOWN_FACTOR = 5
# The middle of a kind is measured on so many of its songs, evenly drawn.
MIDDLE_ROWS = 2000
# A song that is one spread of the catalog off the middle of its kind, in all that is
# compared, stands behind one that is less known by this much popularity (0 to 100).
ODD_COSTS = 50.0
# So does one all of whose genres are others, of no kin: a song that is on the lists of
# many kinds is typical of none.
STRAY_COSTS = 40.0
_HEARD: tuple[Attribute, ...] = (
    "energy",
    "valence",
    "danceability",
    "acousticness",
    "tempo_bpm",
)


def asks_for_a_kind(query: Query) -> bool:
    """Say whether a query says nothing of songs but what its filters hold to.

    What was said before may tell the kind, where now only a time is: "from the 60s".
    """
    filters = query.filters
    wishes = [wish for wish in query.wishes if not _asks_for_hits(wish)]
    has_more = query.liked or wishes or query.sound or filters.tagged
    if len(query.said) > 1 and not (filters.genres or filters.artists):
        return False
    said = set(content_words(query.text)).difference(
        *(content_words(wish.words) for wish in query.wishes)
    )
    return not has_more and said <= _genre_words(query)


def _asks_for_hits(wish: Wish) -> bool:
    return wish.attribute == "popularity" and wish.high is None


def _genre_words(query: Query) -> set[str]:
    families: Iterable[str] = (
        spelling for key in query.filters.genres for spelling in genre_family(key)
    )
    return {word for spelling in families for word in spelling.split()}


def by_usual(
    view: View, mask: Mask, genres: Iterable[str], levels: Levels, *, limit: int
) -> list[int]:
    """Rank by how well known tracks are, those unlike others of their kind behind.

    genres: the kind that is asked for. Empty where nobody knows how well known any is.
    A query for a view that wasn't asked before.
    """
    rows = np.flatnonzero(mask).astype(np.int32)
    fame = view.number("popularity")[rows]
    is_known = ~np.isnan(fame)
    known, fame = rows[is_known], fame[is_known]
    if not len(known):
        return []
    best = least(-fame, limit * KNOWN_FACTOR)
    known, fame = known[best], fame[best]
    sample = rows[:: max(1, len(rows) // MIDDLE_ROWS)]
    worth = fame - ODD_COSTS * _oddness(view, known, sample, levels)
    if kin := _kin(genres):
        worth -= STRAY_COSTS * _strayness(view, known, kin)
    return first_ids(view, known, -worth, limit=limit)


def _kin(genres: Iterable[str]) -> frozenset[str]:
    """Return the tag keys of genres, of all their kinds and of all they are a kind of."""
    known, spellings = known_genres(), genre_spellings()
    found: set[str] = set()
    above = [spellings.get(key, key) for key in genres]
    for key in above:
        found |= genre_family(key)
    while above:
        key = above.pop()
        if key in known:
            found |= {key, *known[key].spellings}
            above += known[key].parents
    return frozenset(found)


def _strayness(view: View, rows: Rows, kin: frozenset[str]) -> NDArray[np.float64]:
    """Return what share of the genres of rows are no kin: (n,), 0 to 1."""
    whole = view.derived("count of genres", partial(_count_tagged, kin=None))[rows]
    own = view.derived(
        f"count of {' '.join(sorted(kin))}", partial(_count_tagged, kin=kin)
    )[rows]
    return np.asarray(1 - own / np.maximum(whole, 1), np.float64)


def _count_tagged(view: View, *, kin: frozenset[str] | None) -> NDArray[np.int16]:
    counts = np.zeros(len(view.is_there), np.int16)
    tags = Tag.objects.filter(kind=Tag.Kind.GENRE)
    if kin is not None:
        tags = tags.filter(key__in=kin)
    for tag in tags.values_list("pk", flat=True):
        counts[view.rows_with("tag", [tag])] += 1
    return counts


def _oddness(
    view: View, rows: Rows, sample: Rows, levels: Levels
) -> NDArray[np.float64]:
    """Return how far rows are from the middle of a sample, in spreads: (n,), 0 and up."""
    terms = [np.zeros(len(rows))]
    for name in _HEARD:
        low, high = levels.at(name, 0.1), levels.at(name, 0.9)
        numbers = view.number(name)
        here = numbers[sample]
        here = here[~np.isnan(here)]
        if low is None or high is None or high <= low or not len(here):
            continue
        away = np.abs(numbers[rows] - np.median(here)) / (high - low)
        terms.append(np.nan_to_num(away))
    return np.asarray(np.sum(terms, axis=0) / max(1, len(terms) - 1), np.float64)
