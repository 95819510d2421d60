"""A listener's taste, read from what they said and did, for search and for its page."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from django.utils import timezone

from accounts.models import User
from catalog.columns.current import current_columns
from catalog.search import query as search
from catalog.search.seeds import Seeds
from catalog.stored import Stored, tracks_stored
from feedback.models import Reaction, TasteAside, TasteSetting
from feedback.services import said_of
from feedback.taste.evidence import (
    Evidence,
    Mood,
    disliked_among,
    evidence_of,
    liked_among,
)
from feedback.taste.interests import interests_of
from feedback.taste.leanings import (
    Leaning,
    Range,
    artists_of,
    genres_of,
    ranges_of,
)
from feedback.taste.weights import STRENGTH

# A taste is made of the newest reactions, and search is given its clearest tracks.
REACTIONS_READ = 1000
TRACKS_SEARCHED = 120


@dataclass(frozen=True)
class Interest:
    """Liked tracks that lie close together, and what most of them are."""

    tracks: tuple[int, ...]
    share: float
    genres: tuple[Leaning, ...]
    artists: tuple[Leaning, ...]


@dataclass(frozen=True)
class Taste:
    """What a listener's reactions add up to. Tracks and artists by primary key."""

    evidence: tuple[Evidence, ...]
    interests: tuple[Interest, ...]
    artists: tuple[Leaning, ...]
    genres: tuple[Leaning, ...]
    ranges: tuple[Range, ...]
    stored: Mapping[int, Stored]


def taste_strength(user: User) -> float:
    """Return how much a listener's taste counts, 0 to 1. One query."""
    return _strength_of(TasteSetting.objects.filter(user=user).first())


def _strength_of(setting: TasteSetting | None) -> float:
    told = None if setting is None else setting.strength
    return STRENGTH if told is None else told


def taste_searched(user: User, *, mood: Mood | None = None) -> search.Taste:
    """Return what search needs of a listener's lasting taste. Seven queries, 30 ms.

    Two for whoever has said nothing yet. mood: what is asked for now, where both sides
    of it are.
    """
    setting = TasteSetting.objects.filter(user=user).first()
    strength = _strength_of(setting)
    if not strength:
        return search.Taste(strength=0.0)
    evidence = _evidence_since(user, setting, mood)
    if not evidence:
        return search.Taste(strength=strength)
    liked, disliked = liked_among(evidence), disliked_among(evidence)
    liked, disliked = _clearest(liked), _clearest(disliked)
    stored = tracks_stored([*liked, *disliked])
    known = [one for one in evidence if one.track in stored]
    ranges = ranges_of(known, stored, without=_without(user))
    traits = search.Traits(
        artists={int(one.key): one.weight for one in artists_of(known, stored)},
        genres={str(one.key): one.weight for one in genres_of(known, stored)},
        ranges=tuple(search.Span(r.attribute, r.low, r.middle, r.high) for r in ranges),
    )
    interests = interests_read(liked)
    return search.Taste(liked, disliked, interests, strength, traits)


def taste_of(user: User) -> Taste:
    """Return all that a listener's taste holds, for them to see. Six queries."""
    evidence = evidence_read(user)
    liked = liked_among(evidence)
    stored = tracks_stored([one.track for one in evidence])
    whole = sum(liked.values()) or 1.0
    groups = interests_read(liked)
    return Taste(
        evidence=evidence,
        interests=tuple(_interest(group, evidence, stored, whole) for group in groups),
        artists=artists_of(evidence, stored),
        genres=genres_of(evidence, stored),
        ranges=ranges_of(evidence, stored, without=_without(user)),
        stored=stored,
    )


def _without(user: User) -> Mapping[str, frozenset[int]]:
    """Return by attribute the tracks that say nothing of it any more. One query."""
    without: dict[str, frozenset[int]] = {}
    rows = TasteAside.objects.filter(user=user).exclude(attribute="")
    for attribute, track in rows.values_list("attribute", "reaction__track"):
        without[attribute] = without.get(attribute, frozenset()) | {track}
    return without


def evidence_read(user: User, *, mood: Mood | None = None) -> tuple[Evidence, ...]:
    """Return what a listener's reactions come to, as far as they count. Two queries."""
    setting = TasteSetting.objects.filter(user=user).first()
    return _evidence_since(user, setting, mood)


def _evidence_since(
    user: User, setting: TasteSetting | None, mood: Mood | None
) -> tuple[Evidence, ...]:
    """Return what reactions since the listener began anew come to. One query."""
    aside = TasteAside.objects.filter(user=user, attribute="").values("reaction")
    rows = Reaction.objects.filter(user=user).exclude(pk__in=aside)
    if setting is not None and setting.reset_at is not None:
        rows = rows.filter(created_at__gt=setting.reset_at)
    said = said_of(rows[:REACTIONS_READ])
    return evidence_of(said, now=timezone.now(), mood=mood)


def interests_read(liked: Mapping[int, float]) -> tuple[frozenset[int], ...]:
    """Return liked tracks in groups that lie apart: by sound, by words what has none."""
    columns = current_columns()
    seeds = Seeds(columns.view, liked.keys())
    left = dict(liked)
    found: list[frozenset[int]] = []
    for space in (columns.audio, columns.text):
        if space is not None and left:
            vectors = _unit(seeds.vectors(space))
            groups = interests_of(vectors, left)
            found.extend(groups)
            left = {t: w for t, w in left.items() if t not in vectors}
    return tuple(sorted(found, key=lambda group: -sum(liked[t] for t in group)))


def _unit(vectors: Mapping[int, np.ndarray]) -> dict[int, np.ndarray]:
    return {t: v / max(float(np.linalg.norm(v)), 1e-6) for t, v in vectors.items()}


def _clearest(weights: Mapping[int, float]) -> dict[int, float]:
    tracks = sorted(weights, key=lambda track: (-weights[track], track))
    return {track: weights[track] for track in tracks[:TRACKS_SEARCHED]}


def _interest(
    group: Collection[int],
    evidence: tuple[Evidence, ...],
    stored: Mapping[int, Stored],
    whole: float,
) -> Interest:
    here = sorted(
        (one for one in evidence if one.track in group), key=lambda one: -one.weight
    )
    return Interest(
        tracks=tuple(one.track for one in here),
        share=sum(one.weight for one in here) / whole,
        genres=genres_of(here, stored)[:3],
        artists=artists_of(here, stored)[:3],
    )
