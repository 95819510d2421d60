"""Guests that a title names: "Song (feat. A & B)", whom many catalogs credit nowhere else."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

import numpy as np

from catalog.columns.current import current_columns
from catalog.columns.postings import Rows, text_key
from catalog.models import Artist, Track
from catalog.names import name_key

# In brackets "with" names a guest too, where what it names is an artist at all.
_GUESTS = re.compile(
    r"[(\[{]\s*(?:feat\.?|ft\.?|featuring|with|w/|duet with)\s+(?P<inside>[^)\]}]+)[)\]}]"
    r"|(?<=\S)\s+(?:feat\.?|ft\.|featuring)\s+(?P<open>[^()\[\]{}]+?)(?=\s+[-–—(\[{]|$)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*[,;&+/]\s*(?:and\s+)?|\s+(?:and|x|with)\s+", re.IGNORECASE)
# One of these stands in the document of every title that names guests.
_MARKS = ("feat", "ft", "featuring", "with", "w")


@lru_cache(maxsize=16384)
def guests_named(title: str) -> frozenset[str]:
    """Return the name keys of all that a title may name as guests.

    A row of names is given as a whole too, since "A & B" may be one act's name.
    """
    return frozenset(_keys_in(title))


def _keys_in(title: str) -> Iterator[str]:
    for match in _GUESTS.finditer(title):
        row = match["inside"] or match["open"]
        yield name_key(row)
        yield from map(name_key, _BETWEEN.split(row))


def tracks_with_guests(artists: Collection[int]) -> frozenset[int]:
    """Return the tracks whose titles name one of the artists as a guest.

    Two queries, and none where there are no artists.
    """
    if not artists:
        return frozenset()
    keys = set(Artist.objects.filter(pk__in=artists).values_list("key", flat=True))
    view = current_columns().view
    marked = view.rows_with("word", map(text_key, _MARKS))
    found: set[int] = set()
    for key in sorted(keys):
        rows: Rows = marked
        for word in key.split():
            having = view.rows_with("word", [text_key(word)])
            rows = np.intersect1d(rows, having, assume_unique=True)
        found.update(view.ids[rows].tolist())
    if not found:
        return frozenset()
    titles = Track.objects.filter(pk__in=found).values_list("pk", "title")
    return frozenset(pk for pk, title in titles if keys & guests_named(title))


def guests_of(title: str) -> frozenset[int]:
    """Return the artists that a title names as guests. One query, if it names any."""
    return guest_ids([title]).get(title, frozenset())


def guest_ids(titles: Collection[str]) -> dict[str, frozenset[int]]:
    """Return the artists that titles name as guests, by title. One query, if any does."""
    named = {title: keys for title in titles if (keys := guests_named(title))}
    if not named:
        return {}
    wanted = set().union(*named.values())
    known = dict(Artist.objects.filter(key__in=wanted).values_list("key", "pk"))
    return {
        title: frozenset(known[key] for key in keys if key in known)
        for title, keys in named.items()
    }
