"""Genres as ids of their tags, known before the statement that filters by them."""

from __future__ import annotations

from collections.abc import Iterable

from catalog.genres import genre_family
from catalog.models import Tag


def tag_ids_of(genre_keys: Iterable[str]) -> list[int]:
    """Return the tags of these genres and of their children, ascending. One query.

    Columns know tags by id. In SQL too: a join on the tag's key hides from PostgreSQL's
    planner which tag it is, and with the ids it looks up how often they occur.
    """
    family = {member for key in genre_keys for member in genre_family(key)}
    tags = Tag.objects.filter(kind=Tag.Kind.GENRE, key__in=family).order_by("pk")
    return list(tags.values_list("pk", flat=True))
