"""Why a track was found, from stored facts alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import Prefetch

from catalog.genres import genre_family, genre_name
from catalog.models import Tag, Track, TrackArtist
from catalog.search.candidates import Evidence
from catalog.search.query import Filters, Query, Wish
from catalog.search.ranking import ListName
from catalog.search.result import HitReason, Step
from catalog.search.words import content_words

# Below this cosine, calling two tracks alike would flatter.
ALIKE_FROM = 0.2
# A dial explains itself where it mattered: in the catalog's outer quarters.
WELL_KNOWN_FROM, DEEP_CUT_TO = 0.75, 0.25
# Beyond these ranks, calling a track near to the words would flatter.
NEAR_RANKS = 50


@dataclass(frozen=True)
class Found:
    """A chosen track: its score, its step in the ledger, its ranks in the lists."""

    track_id: int
    score: float
    step: int | None
    ranks: Mapping[ListName, int]


def track_reasons(
    found: Sequence[Found], evidence: Evidence, ledger: Sequence[Step]
) -> dict[int, tuple[HitReason, ...]]:
    """Say for each track what speaks for it, at least one thing. Three queries."""
    if not found:
        return {}
    query = evidence.query
    ids = [hit.track_id for hit in found]
    seeds = {*query.liked, *query.taste.liked}
    tracks = (
        Track.objects.defer("document", "document_vector", "attribute_sources")
        .select_related("album")
        .prefetch_related(
            "tags",
            Prefetch("credits", TrackArtist.objects.select_related("artist")),
        )
        .in_bulk([*ids, *seeds])
    )
    vectors = {**evidence.vectors}
    if evidence.audio is not None and seeds:
        vectors |= evidence.view.vectors_of(evidence.audio.pk, ids)
    reasons = {}
    for hit in found:
        if hit.track_id not in tracks:
            # Deleted since the search began.
            continue
        step = None if hit.step is None else ledger[hit.step]
        told = list(_reasons(hit, evidence, step, vectors, tracks))
        track = tracks[hit.track_id]
        reasons[hit.track_id] = tuple(told or [_last_resort(track, hit)])
    return reasons


def _reasons(
    hit: Found,
    evidence: Evidence,
    step: Step | None,
    vectors: Mapping[int, np.ndarray],
    tracks: Mapping[int, Track],
) -> Iterator[HitReason]:
    query, track = evidence.query, tracks[hit.track_id]
    if "names" in hit.ranks:
        yield from _names(track, evidence)
    seed, likeness = _nearest(track.pk, query.liked, vectors)
    if seed in tracks:
        words = f"sounds like “{tracks[seed].title}”"
        yield HitReason("seed", words, seed, likeness)
    yield from _genre(track, query.filters)
    yield from _artist(track, query)
    yield from _facts(track, query.filters)
    for words, facts in _attribute_facts(track, query.wishes).items():
        yield HitReason("attribute", f"{words}: {', '.join(facts)}")
    said = {*content_words(query.text), *content_words(query.sound)}
    for tag in track.tags.all():
        if tag.kind != Tag.Kind.GENRE and tag.key in said:
            yield HitReason("mood", f"tagged {tag.name}")
    near, likeness = _nearest(track.pk, query.taste.liked, vectors)
    if query.taste.strength and near in tracks and near not in query.liked:
        words = f"near “{tracks[near].title}”, which you like"
        yield HitReason("taste", words, near, likeness)
    yield from _fame(track, evidence)
    if track.pk in query.heard_lately:
        yield HitReason("heard", "you had it lately, but little else fits as well")
    if step is not None and (outside := _outside(track, query, step)):
        yield HitReason("relaxed", outside)


def _names(track: Track, evidence: Evidence) -> Iterator[HitReason]:
    named = evidence.named
    by = [c.artist.name for c in track.credits.all() if c.artist_id in named.artists]
    if track.key in named.titles and (by or track.key not in named.lone):
        yield HitReason("name", f"called “{track.title}”")
    if by:
        yield HitReason("name", f"by {by[0]}")
    if track.album is not None and track.album_id in named.albums:
        yield HitReason("name", f"on “{track.album.title}”")


def _genre(track: Track, filters: Filters) -> Iterator[HitReason]:
    if not filters.genres:
        return
    wanted = {g for key in filters.genres for g in genre_family(key)}
    tags = [t for t in track.tags.all() if t.kind == Tag.Kind.GENRE]
    asked = [t.name for t in tags if t.key in wanted]
    if asked:
        yield HitReason("genre", asked[0])
    elif not tags:
        # Nobody tagged it: it came in by its sound.
        names = " or ".join(sorted(map(genre_name, filters.genres)))
        yield HitReason("genre", f"untagged, sounds like {names}")


def _artist(track: Track, query: Query) -> Iterator[HitReason]:
    names = [
        credit.artist.name
        for credit in track.credits.all()
        if credit.artist_id in query.filters.artists
    ]
    yield from (HitReason("artist", f"by {name}") for name in names[:1])


def _facts(track: Track, filters: Filters) -> Iterator[HitReason]:
    """Yield the stored values that filters asked about, where they are known."""
    has_years = filters.year_from is not None or filters.year_to is not None
    if has_years and track.year is not None:
        yield HitReason("year", f"from {track.year}")
    has_tempo = filters.tempo_from_bpm is not None or filters.tempo_to_bpm is not None
    if has_tempo and track.tempo_bpm is not None:
        yield HitReason("filter", f"{track.tempo_bpm:.0f} BPM")
    has_length = (
        filters.duration_from_ms is not None or filters.duration_to_ms is not None
    )
    if has_length and track.duration_ms is not None:
        minutes, seconds = divmod(track.duration_ms // 1000, 60)
        yield HitReason("filter", f"{minutes}:{seconds:02d} long")
    if filters.languages and track.language:
        yield HitReason("filter", f"language: {track.language}")
    if filters.versions and track.version in filters.versions and track.version:
        yield HitReason("filter", f"{track.version} version")
    if filters.is_instrumental is not None and track.instrumentalness is not None:
        yield HitReason("filter", f"instrumentalness {track.instrumentalness:.2f}")


def _fame(track: Track, evidence: Evidence) -> Iterator[HitReason]:
    dial = evidence.query.popularity
    if not dial or track.popularity is None:
        return
    place = evidence.levels.fraction_of("popularity", track.popularity)
    if place is not None and dial > 0 and place >= WELL_KNOWN_FROM:
        yield HitReason("popularity", f"well known: popularity {track.popularity}")
    if place is not None and dial < 0 and place <= DEEP_CUT_TO:
        yield HitReason("popularity", f"a deep cut: popularity {track.popularity}")


def _outside(track: Track, query: Query, step: Step) -> str:
    """Say which asked constraint the track is outside of, by the step that let it in."""
    if step.constraint == "wish":
        wish = step.wish
        if wish is None or _attribute_fact(track, wish):
            return ""
        value = getattr(track, wish.attribute)
        return f"less {wish.words} than asked" if value is not None else ""
    return f"{step.constraint} asked: {step.was}"


def _last_resort(track: Track, hit: Found) -> HitReason:
    """Return a fact for a track that nothing else speaks for."""
    words = {"text_to_text", "text_to_audio", "sound", "words"}
    ranks = [rank for name, rank in hit.ranks.items() if name in words]
    if min(ranks, default=NEAR_RANKS) < NEAR_RANKS:
        return HitReason("words", "near to your words")
    genres = [t.name for t in track.tags.all() if t.kind == Tag.Kind.GENRE]
    if genres:
        return HitReason("genre", genres[0])
    return HitReason("fill", "it fills the list: nothing left fits better")


def _nearest(
    track: int, seeds: Mapping[int, float], vectors: Mapping[int, np.ndarray]
) -> tuple[int, float]:
    """Return the seed that a track sounds like, 0 for none, and how much (cosine)."""
    if track not in vectors:
        return 0, 0.0
    near = [
        (float(vectors[track] @ vectors[seed]), seed)
        for seed in seeds
        if seed in vectors and seed != track
    ]
    likeness, seed = max(near, default=(0.0, 0))
    return (seed, likeness) if likeness >= ALIKE_FROM else (0, 0.0)


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
