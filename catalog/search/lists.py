"""Candidate lists: each one SQL statement with the filters inside it.

Every function takes the tracks that may be found and returns ids, best first.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import add
from typing import Any

import numpy as np
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import (
    Case,
    Count,
    ExpressionWrapper,
    F,
    FloatField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Abs, Cast, Coalesce

from catalog.models import Tag, Track, TrackArtist
from catalog.search.levels import Levels
from catalog.search.query import Wish
from catalog.search.words import content_words

# Where an attribute is unknown, the track counts as this far (in spreads of the
# catalog) from every wish: behind those that keep it, before the far misses.
UNKNOWN_DISTANCE = 0.5

# How much a disliked song pushes the wanted place away, against 1.0 for liked ones.
# Rocchio's classic ratio of negative to positive feedback is 0.15 / 0.75
# (Manning et al., Introduction to Information Retrieval, 2008, section 9.1.1).
DISLIKE_WEIGHT = 0.2


def rocchio(
    liked: Mapping[int, float],
    disliked: Mapping[int, float],
    vectors: Mapping[int, np.ndarray],
) -> np.ndarray | None:
    """Return the unit vector towards liked and away from disliked tracks.

    vectors: (d,) float32 of unit length by track id. None where no liked track has a
    vector. Source: Rocchio, "Relevance feedback in information retrieval", 1971.
    """
    known = {t: w for t, w in liked.items() if t in vectors}
    if not known:
        return None
    wanted = sum(w * vectors[t] for t, w in known.items()) / sum(known.values())
    unwanted = {t: w for t, w in disliked.items() if t in vectors}
    if unwanted:
        away = sum(w * vectors[t] for t, w in unwanted.items())
        wanted = wanted - DISLIKE_WEIGHT * away / sum(unwanted.values())
    length = float(np.linalg.norm(wanted))
    return np.asarray(wanted / length, np.float32) if length > 1e-6 else None


def by_words(tracks: QuerySet[Track], text: str, *, limit: int) -> list[int]:
    """Rank by full text over what is known of each track: any word may match."""
    words = list(content_words(text))
    if not words:
        return []
    query = SearchQuery(words[0], config="simple")
    for word in words[1:]:
        query = query | SearchQuery(word, config="simple")
    found = (
        tracks.filter(document_vector=query)
        .annotate(rank=SearchRank(F("document_vector"), query, normalization=Value(1)))
        .order_by("-rank", "pk")
    )
    return list(found.values_list("pk", flat=True)[:limit])


def by_artists(
    tracks: QuerySet[Track], artists: Mapping[int, float], *, limit: int
) -> list[int]:
    """Rank the tracks of artists: by the artist's weight, then the best known first."""
    weight = Case(
        *(When(artist=pk, then=Value(weight)) for pk, weight in artists.items()),
        output_field=FloatField(),
    )
    theirs = TrackArtist.objects.filter(track=OuterRef("pk"), artist__in=artists)
    heaviest = theirs.annotate(weight=weight).order_by("-weight").values("weight")[:1]
    found = (
        tracks.filter(
            pk__in=TrackArtist.objects.filter(artist__in=artists).values("track")
        )
        .annotate(weight=Subquery(heaviest))
        .order_by("-weight", F("popularity").desc(nulls_last=True), "pk")
    )
    return list(found.values_list("pk", flat=True)[:limit])


def by_tags(tracks: QuerySet[Track], text: str, *, limit: int) -> list[int]:
    """Rank by how many of the words are tags: moods, themes, instruments."""
    words = content_words(text)
    if not words:
        return []
    other_than_genre = Q(tags__key__in=words) & ~Q(tags__kind=Tag.Kind.GENRE)
    found = (
        tracks.annotate(matches=Count("tags", filter=other_than_genre, distinct=True))
        .filter(matches__gt=0)
        .order_by("-matches", "pk")
    )
    return list(found.values_list("pk", flat=True)[:limit])


def by_attributes(
    tracks: QuerySet[Track], wishes: tuple[Wish, ...], levels: Levels, *, limit: int
) -> list[int]:
    """Rank by how well the wished ranges are kept, and by how clearly.

    A track within a range is nearer the further in it lies, up to the catalog's last
    tenth, so that "calm" brings the calmest and not the nearly lively.
    """
    terms = [t for t in (_distance(wish, levels) for wish in wishes) if t is not None]
    if not terms:
        return []
    total = reduce(add, terms)
    found = tracks.annotate(distance=total).order_by("distance", "pk")
    return list(found.values_list("pk", flat=True)[:limit])


def _distance(wish: Wish, levels: Levels) -> ExpressionWrapper[Any] | None:
    low, high = levels.at(wish.attribute, 0.1), levels.at(wish.attribute, 0.9)
    if low is None or high is None:
        return None
    spread = max(high - low, 1e-6)
    aim = _aim(wish, low, high)
    value = Cast(F(wish.attribute), FloatField())
    away = Case(
        When(**{f"{wish.attribute}__isnull": True}, then=Value(None)),
        default=Abs(value - Value(aim)) / Value(spread),
        output_field=FloatField(),
    )
    return ExpressionWrapper(
        Value(wish.weight) * Coalesce(away, Value(UNKNOWN_DISTANCE)),
        output_field=FloatField(),
    )


def _aim(wish: Wish, tenth: float, ninetieth: float) -> float:
    """Return the best value of a wish: the middle of its range, ends taken as given."""
    low = wish.low if wish.low is not None else min(tenth, wish.high or tenth)
    high = wish.high if wish.high is not None else max(ninetieth, wish.low or ninetieth)
    if wish.low is None:
        return low + 0.25 * (high - low)
    if wish.high is None:
        return high - 0.25 * (high - low)
    return (low + high) / 2
