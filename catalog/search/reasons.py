"""Why a track was found, from stored facts alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from catalog.genres import genre_family, genre_name
from catalog.known_artists import known_genres
from catalog.names import name_key
from catalog.search.candidates import Evidence
from catalog.search.query import Filters, Query, Traits, Wish
from catalog.search.ranking import ListName
from catalog.search.result import HitReason, Step
from catalog.search.tag_ids import holds_words
from catalog.search.words import content_words
from catalog.stored import Stored, tracks_stored

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
    """Say for each track what speaks for it, at least one thing. One query."""
    if not found:
        return {}
    ids = [hit.track_id for hit in found]
    near = _Nearest(evidence, ids)
    tracks = tracks_stored({*ids, *near.seeds()})
    reasons = {}
    for hit in found:
        if hit.track_id not in tracks:
            # Deleted since the search began.
            continue
        step = None if hit.step is None else ledger[hit.step]
        told = list(_reasons(hit, evidence, step, near, tracks))
        track = tracks[hit.track_id]
        reasons[hit.track_id] = tuple(told or [_last_resort(track, hit)])
    return reasons


class _Nearest:
    """Which of the seeds, and of the lasting likes, each hit sounds like."""

    def __init__(self, evidence: Evidence, ids: Sequence[int]) -> None:
        query, audio = evidence.query, evidence.audio
        taste = query.taste.liked if query.taste.strength else {}
        vectors: Mapping[int, np.ndarray] = {}
        if audio is not None and (query.liked or taste):
            vectors = evidence.view.vectors_of(audio.pk, ids)
        self.seed = _nearest_each(vectors, query.liked, evidence.vectors)
        self.taste = {
            track: near
            for track, near in _nearest_each(vectors, taste, evidence.vectors).items()
            if near[0] not in query.liked
        }

    def seeds(self) -> set[int]:
        """Return all that any hit sounds like."""
        near = (*self.seed.values(), *self.taste.values())
        return {seed for seed, _ in near}


def _nearest_each(
    vectors: Mapping[int, np.ndarray],
    seeds: Iterable[int],
    places: Mapping[int, np.ndarray],
) -> dict[int, tuple[int, float]]:
    """Return for each track the seed that it sounds like, if any, and their cosine."""
    known = sorted(seed for seed in seeds if seed in places)
    if not known or not vectors:
        return {}
    near = np.stack(list(vectors.values())) @ np.stack([places[s] for s in known]).T
    # No track is told to sound like itself.
    for place, track in enumerate(vectors):
        if track in known:
            near[place, known.index(track)] = -1.0
    best = near.argmax(axis=1)
    return {
        track: (known[best[place]], float(near[place, best[place]]))
        for place, track in enumerate(vectors)
        if near[place, best[place]] >= ALIKE_FROM
    }


def _reasons(
    hit: Found,
    evidence: Evidence,
    step: Step | None,
    near: _Nearest,
    tracks: Mapping[int, Stored],
) -> Iterator[HitReason]:
    query, track = evidence.query, tracks[hit.track_id]
    if "names" in hit.ranks:
        yield from _names(track, evidence)
    seed, likeness = near.seed.get(track.pk, (0, 0.0))
    if seed in query.nameless:
        yield HitReason("seed", "sounds like the songs it goes by", likeness=likeness)
    elif seed in tracks:
        words = f"sounds like “{tracks[seed].title}”"
        yield HitReason("seed", words, seed, likeness)
    yield from _genre(track, query.filters)
    yield from _artist(track, query)
    yield from _facts(track, query.filters)
    for words, facts in _attribute_facts(track, query.wishes).items():
        yield HitReason("attribute", f"{words}: {', '.join(facts)}")
    said = {*content_words(query.text), *content_words(query.sound)}
    for tag in track.tags:
        if not tag.is_genre and tag.key in said:
            yield HitReason("mood", f"tagged {tag.name}")
    liked, likeness = near.taste.get(track.pk, (0, 0.0))
    if liked in tracks:
        words = f"near “{tracks[liked].title}”, which you like"
        yield HitReason("taste", words, liked, likeness)
    elif "traits" in hit.ranks:
        yield from _leaning(track, query.taste.traits)
    yield from _fame(track, evidence, is_usual="usual" in hit.ranks)
    if track.pk in query.heard_lately:
        yield HitReason("heard", "you had it lately, but little else fits as well")
    if step is not None and (outside := _outside(track, query, step)):
        yield HitReason("relaxed", outside)


def _names(track: Stored, evidence: Evidence) -> Iterator[HitReason]:
    named = evidence.named
    by = [name for pk, name in track.artists.items() if pk in named.artists]
    if track.key in named.titles and (by or track.key not in named.lone):
        yield HitReason("name", f"called “{track.title}”")
    if by:
        yield HitReason("name", f"by {by[0]}")
    if track.album_id in named.albums:
        yield HitReason("name", f"on “{track.album}”")


def _genre(track: Stored, filters: Filters) -> Iterator[HitReason]:
    if not filters.genres:
        return
    wanted = {g for key in filters.genres for g in genre_family(key)}
    tags = [tag for tag in track.tags if tag.is_genre]
    asked = [t.name for t in tags if t.key in wanted]
    if asked:
        yield HitReason("genre", asked[0])
        return
    # Nobody tagged it so: it came in by who made it, or by its sound.
    known = [g for g in known_genres(track.artists.values()) if name_key(g) in wanted]
    untagged = "" if tags else "untagged, "
    if known:
        yield HitReason("genre", f"{untagged}by an artist known for {known[0]}")
    elif not tags:
        names = " or ".join(sorted(map(genre_name, filters.genres)))
        yield HitReason("genre", f"{untagged}sounds like {names}")


def _artist(track: Stored, query: Query) -> Iterator[HitReason]:
    names = [n for pk, n in track.artists.items() if pk in query.filters.artists]
    yield from (HitReason("artist", f"by {name}") for name in names[:1])


def _facts(track: Stored, filters: Filters) -> Iterator[HitReason]:
    """Yield the stored values that filters asked about, where they are known."""
    has_years = filters.year_from is not None or filters.year_to is not None
    if has_years and track.year is not None:
        yield HitReason("year", f"from {track.year}")
    has_tempo = filters.tempo_from_bpm is not None or filters.tempo_to_bpm is not None
    if has_tempo and (tempo := track.attributes["tempo_bpm"]) is not None:
        yield HitReason("filter", f"{tempo:.0f} BPM")
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
    for tagged in filters.tagged:
        known = [
            tag.name
            for tag in track.tags
            if holds_words(tagged, kind=tag.kind, key=tag.key)
        ]
        yield from (HitReason("filter", f"tagged “{name}”") for name in known[:1])
    voiceless = track.attributes["instrumentalness"]
    if filters.is_instrumental is not None and voiceless is not None:
        yield HitReason("filter", f"instrumentalness {voiceless:.2f}")


def _fame(track: Stored, evidence: Evidence, *, is_usual: bool) -> Iterator[HitReason]:
    dial, fame = evidence.query.popularity, track.attributes["popularity"]
    if fame is None or not (dial or is_usual):
        return
    place = evidence.levels.fraction_of("popularity", fame)
    if place is not None and dial >= 0 and place >= WELL_KNOWN_FROM:
        yield HitReason("popularity", f"well known: popularity {fame:.0f}")
    if place is not None and dial < 0 and place <= DEEP_CUT_TO:
        yield HitReason("popularity", f"a deep cut: popularity {fame:.0f}")


def _outside(track: Stored, query: Query, step: Step) -> str:
    """Say which asked constraint the track is outside of, by the step that let it in."""
    if step.constraint == "wish":
        wish = step.wish
        if wish is None or _attribute_fact(track, wish):
            return ""
        value = track.attributes[wish.attribute]
        return f"less {wish.words} than asked" if value is not None else ""
    return f"{step.constraint} asked: {step.was}"


def _leaning(track: Stored, traits: Traits) -> Iterator[HitReason]:
    """Tell whose or what a track is that the listener leans to."""
    for artist, name in track.artists.items():
        if traits.artists.get(artist, 0.0) > 0:
            yield HitReason("taste", f"by {name}, whom you like")
            return
    for tag in track.tags:
        if tag.is_genre and traits.genres.get(tag.key, 0.0) > 0:
            yield HitReason("taste", f"{tag.name}, which you like")
            return


def _last_resort(track: Stored, hit: Found) -> HitReason:
    """Return a fact for a track that nothing else speaks for."""
    words = {"text_to_text", "text_to_audio", "sound", "words"}
    ranks = [rank for name, rank in hit.ranks.items() if name in words]
    if min(ranks, default=NEAR_RANKS) < NEAR_RANKS:
        return HitReason("words", "near to your words")
    genres = [tag.name for tag in track.tags if tag.is_genre]
    if genres:
        return HitReason("genre", genres[0])
    return HitReason("fill", "it fills the list: nothing left fits better")


def _attribute_facts(track: Stored, wishes: tuple[Wish, ...]) -> dict[str, list[str]]:
    """Return the stored values that keep wishes, by the words of the wish."""
    facts: dict[str, list[str]] = {}
    for wish in wishes:
        if fact := _attribute_fact(track, wish):
            facts.setdefault(wish.words, []).append(fact)
    return facts


def _attribute_fact(track: Stored, wish: Wish) -> str:
    """Return the stored value that keeps a wish, or "" where it isn't kept."""
    value = track.attributes[wish.attribute]
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
            return f"popularity {value:.0f}"
        case _:
            return f"{wish.attribute} {value:.2f}"
