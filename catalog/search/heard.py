"""Tracks that nobody tagged, heard as a genre.

A folder of one's own music often has no genre tags. Such a track may still answer
"something orchestral": where it sounds, by the bridge from words to audio, at least as
much like the word as most tracks do that are tagged with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import numpy as np
from django.db.models import Exists, FloatField, OuterRef, QuerySet
from django.db.models.functions import Cast
from pgvector.django import CosineDistance, HalfVectorField

from catalog.bridge import text_to_audio
from catalog.encoders.protocol import Vectors
from catalog.encoders.text import text_encoder
from catalog.genres import genre_family, genre_name
from catalog.models import Embedding, Space, Tag, Track

# As near as three quarters of the tagged ones are.
TAGGED_QUANTILE = 0.25
# The cosine that is near enough where no track is tagged with the genre. Random
# pairs of standardised descriptors lie around 0.
UNTAGGED_FROM = 0.25
MOST_HEARD = 50


def heard_as(genres: Iterable[str], space: Space) -> frozenset[int]:
    """Return untagged tracks that sound like one of the genres.

    Empty where the space has no bridge. Two queries a genre, and a text encoding the
    first time.
    """
    found: set[int] = set()
    for genre in genres:
        words = f"{genre_name(genre)} music"
        meaning = _meaning(words, text_encoder().model_id)
        heard = text_to_audio(space, meaning, texts=[words])
        if heard is not None:
            found.update(_near(genre, space, heard[0]))
    return frozenset(found)


@lru_cache(maxsize=512)
def _meaning(words: str, model_id: str) -> Vectors:
    """Return the text vector of a genre, (1, d). Genres recur in search after search."""
    return text_encoder().encode_text([words])


def _near(genre: str, space: Space, vector: np.ndarray) -> list[int]:
    of_any_genre = Track.tags.through.objects.filter(
        track=OuterRef("track"), tag__kind=Tag.Kind.GENRE
    )
    of_this = of_any_genre.filter(tag__key__in=genre_family(genre))
    placed = _by_distance(space, vector)
    tagged = placed.filter(Exists(of_this)).values_list("distance", flat=True)
    distances = list(tagged[:1000])
    if distances:
        farthest = float(np.quantile(distances, 1 - TAGGED_QUANTILE))
    else:
        farthest = 1 - UNTAGGED_FROM
    untagged = placed.filter(~Exists(of_any_genre), distance__lte=farthest)
    return list(untagged.values_list("track_id", flat=True)[:MOST_HEARD])


def _by_distance(space: Space, vector: np.ndarray) -> QuerySet[Any]:
    placed = Cast("vector", HalfVectorField(dimensions=space.dimensions))
    distance = CosineDistance(placed, vector.astype(np.float32))
    return (
        Embedding.objects.filter(space=space.pk)
        .annotate(distance=Cast(distance, FloatField()))
        .order_by("distance")
    )
