"""Why a track was found, from stored facts alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from catalog.genres import genre_family
from catalog.models import Tag, Track
from catalog.names import name_key
from catalog.search.lists import STOP_WORDS
from catalog.search.query import HitReason, Query, Wish

# Below this cosine, calling two tracks alike would flatter.
ALIKE_FROM = 0.2


def track_reasons(
    track_ids: Sequence[int], query: Query, vectors: Mapping[int, np.ndarray]
) -> dict[int, tuple[HitReason, ...]]:
    """Say for each track what speaks for it. Three queries."""
    tracks = Track.objects.prefetch_related("tags", "credits__artist").in_bulk(
        [*track_ids, *query.liked]
    )
    return {
        track_id: tuple(_reasons(tracks[track_id], query, vectors, tracks))
        for track_id in track_ids
    }


def _reasons(
    track: Track,
    query: Query,
    vectors: Mapping[int, np.ndarray],
    tracks: Mapping[int, Track],
) -> list[HitReason]:
    reasons = []
    seed = _nearest_seed(track.pk, query, vectors)
    if seed is not None and seed in tracks:
        reasons.append(HitReason("seed", f"sounds like “{tracks[seed].title}”"))
    tags = list(track.tags.all())
    wanted = {g for key in query.filters.genres for g in genre_family(key)}
    genres = [t.name for t in tags if t.kind == Tag.Kind.GENRE]
    asked = [t.name for t in tags if t.kind == Tag.Kind.GENRE and t.key in wanted]
    if asked:
        reasons.append(HitReason("genre", asked[0]))
    if query.filters.artists:
        named = [
            credit.artist.name
            for credit in track.credits.all()
            if credit.artist_id in query.filters.artists
        ]
        reasons.extend(HitReason("artist", f"by {name}") for name in named[:1])
    if query.filters.year_from is not None or query.filters.year_to is not None:
        reasons.append(HitReason("year", f"from {track.year}"))
    reasons.extend(
        HitReason("attribute", f"{words}: {', '.join(facts)}")
        for words, facts in _attribute_facts(track, query.wishes).items()
    )
    said = {w for w in name_key(query.text).split() if w not in STOP_WORDS}
    reasons.extend(
        HitReason("mood", f"tagged {tag.name}")
        for tag in tags
        if tag.kind != Tag.Kind.GENRE and tag.key in said
    )
    if not reasons and genres:
        reasons.append(HitReason("genre", genres[0]))
    if not reasons:
        reasons.append(HitReason("words", "nearest to your words"))
    return reasons


def _nearest_seed(
    track: int, query: Query, vectors: Mapping[int, np.ndarray]
) -> int | None:
    if track not in vectors:
        return None
    near = [
        (float(vectors[track] @ vectors[seed]), seed)
        for seed in query.liked
        if seed in vectors
    ]
    best = max(near, default=(0.0, None))
    return best[1] if best[0] >= ALIKE_FROM else None


def _attribute_facts(track: Track, wishes: tuple[Wish, ...]) -> dict[str, list[str]]:
    """Return the stored values that keep wishes, by the words of the wish."""
    facts: dict[str, list[str]] = {}
    for wish in wishes:
        if fact := _attribute_fact(track, wish):
            facts.setdefault(wish.words, []).append(fact)
    return facts


def _attribute_fact(track: Track, wish: Wish) -> str:
    """Return the stored value that keeps a wish, or "" where it isn't kept."""
    value = getattr(track, wish.attribute)
    if value is None:
        return ""
    if wish.low is not None and value < wish.low:
        return ""
    if wish.high is not None and value > wish.high:
        return ""
    match wish.attribute:
        case "tempo_bpm":
            return f"{value:.0f} BPM"
        case "loudness_lufs":
            return f"{value:.0f} LUFS"
        case "popularity":
            return f"popularity {value}"
        case _:
            return f"{wish.attribute} {value:.2f}"
