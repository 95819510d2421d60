"""What liked and disliked tracks have in common, each with what says so. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from catalog.genres import genre_name
from catalog.search.query import Attribute
from catalog.stored import Stored
from feedback.taste.evidence import Evidence

# What one song alone says is said of the song, and of nothing that it has.
FEWEST = 2
MOST = 12
# An attribute's range leaves out what lies on its outer tenths, one on either side.
OUTER = 0.1
RANGE_FROM = 3
ATTRIBUTES: tuple[Attribute, ...] = get_args(Attribute)


@dataclass(frozen=True)
class Leaning:
    """An artist (by primary key) or a genre (by name key) that is liked or isn't.

    weight: the sum of its tracks', below 0 where it isn't liked. tracks: what says so.
    """

    key: int | str
    name: str
    weight: float
    tracks: tuple[int, ...]


@dataclass(frozen=True)
class Range:
    """Where an attribute of liked tracks lies, in its own unit, by their weights."""

    attribute: Attribute
    low: float
    middle: float
    high: float
    tracks: tuple[int, ...]


def artists_of(
    evidence: Iterable[Evidence], stored: Mapping[int, Stored]
) -> tuple[Leaning, ...]:
    """Return artists of several tracks that were spoken of, the clearest first."""
    return _leanings(
        (one, key, name)
        for one in evidence
        if one.track in stored
        for key, name in stored[one.track].artists.items()
    )


def genres_of(
    evidence: Iterable[Evidence], stored: Mapping[int, Stored]
) -> tuple[Leaning, ...]:
    """Return genres of several tracks that were spoken of, the clearest first."""
    return _leanings(
        (one, tag.key, genre_name(tag.key))
        for one in evidence
        if one.track in stored
        for tag in stored[one.track].tags
        if tag.is_genre
    )


def _leanings(
    said: Iterable[tuple[Evidence, int | str, str]],
) -> tuple[Leaning, ...]:
    names: dict[int | str, str] = {}
    by_key: dict[int | str, list[Evidence]] = {}
    for evidence, key, name in said:
        names.setdefault(key, name)
        by_key.setdefault(key, []).append(evidence)
    found = [
        Leaning(
            key,
            names[key],
            sum(one.weight for one in ones),
            tuple(one.track for one in ones),
        )
        for key, ones in by_key.items()
        if len(ones) >= FEWEST
    ]
    found.sort(key=lambda one: (-abs(one.weight), one.name))
    return tuple(one for one in found if one.weight)[:MOST]


def ranges_of(
    evidence: Sequence[Evidence],
    stored: Mapping[int, Stored],
    *,
    without: Mapping[str, frozenset[int]],
) -> tuple[Range, ...]:
    """Return the attributes of which enough liked tracks are known.

    without: by attribute, tracks that say nothing of it any more.
    """
    liked = [one for one in evidence if one.weight > 0 and one.track in stored]
    found = []
    for attribute in ATTRIBUTES:
        gone = without.get(attribute, frozenset())
        known = [
            (value, one.weight, one.track)
            for one in liked
            if one.track not in gone
            and (value := stored[one.track].attributes[attribute]) is not None
        ]
        if len(known) >= RANGE_FROM:
            low, middle, high = (_quantile(known, q) for q in (OUTER, 0.5, 1 - OUTER))
            tracks = tuple(track for _, _, track in known)
            found.append(Range(attribute, low, middle, high, tracks))
    return tuple(found)


def _quantile(known: Sequence[tuple[float, float, int]], share: float) -> float:
    """Return the value below which a share of the weights lies."""
    ranked = sorted(known)
    left = share * sum(weight for _, weight, _ in ranked)
    for value, weight, _ in ranked:
        left -= weight
        if left <= 0:
            return value
    return ranked[-1][0]
