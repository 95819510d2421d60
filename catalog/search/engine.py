"""The search: one query in, ranked hits with their reasons out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from django.db import connection, transaction
from django.db.models import QuerySet

from catalog.bridge import text_to_audio
from catalog.encoders.text import text_encoder
from catalog.models import Embedding, Space, Track, TrackArtist
from catalog.search import lists
from catalog.search.conditions import matching_tracks
from catalog.search.heard import heard_as
from catalog.search.levels import Levels, attribute_levels
from catalog.search.query import Hit, Query, Result, Wish
from catalog.search.ranking import diversified, fused
from catalog.search.reasons import track_reasons
from catalog.spaces import current_space

# How many candidates a list brings, and how many of the fused are compared with each
# other; HNSW's ef_search must not be below the first (pgvector, "Filtering").
LIST_LIMIT = 200
EF_SEARCH = 200
POOL_FACTOR = 6

# Weights of the lists, set by hand: what a person pointed at counts most, then what
# they said of mood and tempo, then the meaning of the remaining words.
SEED_WEIGHT = 1.5
ATTRIBUTE_WEIGHT = 1.0
TEXT_TO_AUDIO_WEIGHT = 0.5
TEXT_WEIGHT = 0.6
WORDS_WEIGHT = 0.4
TAGS_WEIGHT = 0.8


def search_tracks(query: Query) -> Result:
    """Find tracks. Hard filters hold without exception; no track comes twice.

    Wishes are let go, the lightest first, while fewer than `limit` tracks keep them.
    About ten queries; 10-30 ms on a thousand tracks, one text encoding included.
    """
    levels = attribute_levels()
    space = current_space(Space.Kind.AUDIO)
    with transaction.atomic():
        _tune_index()
        heard = heard_as(query.filters.genres, space) if space else frozenset()
        kept, relaxed = _affordable_wishes(query, heard)
        tracks = matching_tracks(query.filters, kept, heard)
        scores = _candidates(query, tracks, levels, space)
        pool = sorted(scores, key=lambda t: (-scores[t], t))
        pool = pool[: max(query.limit * POOL_FACTOR, 60)]
        seeds = (*query.liked, *query.disliked)
        vectors = vectors_of(space, (*pool, *seeds)) if space else {}
        chosen = diversified(
            {t: scores[t] for t in pool},
            vectors=vectors,
            artists=_artists_of(pool),
            limit=query.limit,
            diversity=query.diversity,
            artist_cap=query.artist_cap,
        )
        reasons = track_reasons(chosen, query, vectors)
        searched = Track.objects.count()
    hits = tuple(Hit(t, scores[t], reasons[t]) for t in chosen)
    return Result(hits, relaxed, searched)


def vectors_of(space: Space, track_ids: Iterable[int]) -> dict[int, np.ndarray]:
    """Return the tracks' unit vectors in a space. One query."""
    found = Embedding.objects.filter(space=space, track__in=set(track_ids))
    return {
        track: np.asarray(vector, np.float32)
        for track, vector in found.values_list("track_id", "vector")
    }


def _affordable_wishes(
    query: Query, heard: frozenset[int]
) -> tuple[tuple[Wish, ...], tuple[Wish, ...]]:
    """Return the wishes that enough tracks keep together, and those let go."""
    kept = list(query.wishes)
    relaxed: list[Wish] = []
    while kept:
        enough = matching_tracks(query.filters, tuple(kept), heard)[: query.limit]
        if len(enough.values_list("pk")) >= query.limit:
            break
        # Of equals the later-named goes first: people say what matters most first.
        lightest = min(reversed(kept), key=lambda wish: wish.weight)
        kept.remove(lightest)
        relaxed.append(lightest)
    return tuple(kept), tuple(relaxed)


def _candidates(
    query: Query, tracks: QuerySet[Track], levels: Levels, audio: Space | None
) -> dict[int, float]:
    found: list[tuple[float, list[int]]] = []
    text = current_space(Space.Kind.TEXT)
    if audio and query.liked:
        vectors = vectors_of(audio, (*query.liked, *query.disliked))
        wanted = lists.rocchio(query.liked, query.disliked, vectors)
        if wanted is not None:
            near = lists.nearest(tracks, audio, wanted, limit=LIST_LIMIT)
            found.append((SEED_WEIGHT, [t for t in near if t not in query.liked]))
    if query.wishes:
        ids = lists.by_attributes(tracks, query.wishes, levels, limit=LIST_LIMIT)
        found.append((ATTRIBUTE_WEIGHT, ids))
    if query.text:
        vector = text_encoder().encode_text([query.text])
        if text:
            ids = lists.nearest(tracks, text, vector[0], limit=LIST_LIMIT)
            found.append((TEXT_WEIGHT, ids))
        heard = text_to_audio(audio, vector, texts=[query.text]) if audio else None
        if audio and heard is not None:
            ids = lists.nearest(tracks, audio, heard[0], limit=LIST_LIMIT)
            found.append((TEXT_TO_AUDIO_WEIGHT, ids))
        ids = lists.by_tags(tracks, query.text, limit=LIST_LIMIT)
        found.append((TAGS_WEIGHT, ids))
        ids = lists.by_words(tracks, query.text, limit=LIST_LIMIT)
        found.append((WORDS_WEIGHT, ids))
    scores = fused(found)
    if len(scores) < query.limit:
        # Tracks that no list reached, the best known first: they keep the filters.
        rest = tracks.order_by("-popularity", "pk").values_list("pk", flat=True)
        spare = [t for t in rest[: LIST_LIMIT * 2] if t not in scores]
        found.append((0.1, [t for t in spare if t not in query.liked]))
        scores = fused(found)
    return {t: s for t, s in scores.items() if t not in query.liked}


def _artists_of(track_ids: Iterable[int]) -> Mapping[int, frozenset[int]]:
    artists: dict[int, set[int]] = {}
    rows = TrackArtist.objects.filter(track__in=list(track_ids))
    for track, artist in rows.values_list("track_id", "artist_id"):
        artists.setdefault(track, set()).add(artist)
    return {track: frozenset(ids) for track, ids in artists.items()}


def _tune_index() -> None:
    with connection.cursor() as cursor:
        # Keep walking the index while a filter refuses its rows, so that a list is
        # never starved (pgvector 0.8, "Iterative Index Scans").
        cursor.execute("SET LOCAL hnsw.iterative_scan = relaxed_order")
        cursor.execute(f"SET LOCAL hnsw.ef_search = {EF_SEARCH}")
