"""Genres and words as ids of tags, known before the statement that filters by them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial

import numpy as np

from catalog.columns.postings import Rows
from catalog.columns.view import Mask, View
from catalog.genres import genre_family
from catalog.models import Tag
from catalog.search.query import TagWords


def tag_ids_of(genre_keys: Iterable[str]) -> list[int]:
    """Return the tags of these genres and of their children, ascending. One query.

    Columns know tags by id. In SQL too: a join on the tag's key hides from PostgreSQL's
    planner which tag it is, and with the ids it looks up how often they occur.
    """
    family = {member for key in genre_keys for member in genre_family(key)}
    tags = Tag.objects.filter(kind=Tag.Kind.GENRE, key__in=family).order_by("pk")
    return list(tags.values_list("pk", flat=True))


def tag_ids_with(wanted: TagWords) -> list[int]:
    """Return the tags whose key holds one of the words, ascending. One query."""
    if not wanted.words:
        return []
    tags = Tag.objects.filter(key__regex=_whole_words(wanted)).order_by("pk")
    if wanted.kinds:
        tags = tags.filter(kind__in=wanted.kinds)
    return list(tags.values_list("pk", flat=True))


def holds_words(wanted: TagWords, *, kind: str, key: str) -> bool:
    """Say of one tag whether it is among those."""
    is_of_kind = not wanted.kinds or kind in wanted.kinds
    padded = f" {key} "
    return is_of_kind and any(f" {word} " in padded for word in wanted.words)


def _whole_words(wanted: TagWords) -> str:
    return rf"(^| )({'|'.join(map(re.escape, sorted(wanted.words)))})( |$)"


def rows_of_genres(view: View, genre_keys: Iterable[str]) -> Mask:
    """Return which rows have one of these genres or a child of it: (n,).

    A query for a genre that the view wasn't asked for before. A tag that a track has
    keeps its name, and one that comes to a track changes the view.
    """
    mask = np.zeros(len(view.is_there), bool)
    for key in genre_keys:
        mask[rows_of_genre(view, key)] = True
    return mask


def rows_of_genre(view: View, genre_key: str) -> Rows:
    """Return the rows that have a genre or a child of it, ascending. Queries as above."""
    return view.derived(f"rows of {genre_key}", partial(_rows_of_genre, genre_key))


def _rows_of_genre(genre_key: str, view: View) -> Rows:
    mask = view.mask_with("tag", tag_ids_of([genre_key]))
    return np.flatnonzero(mask).astype(np.int32)
