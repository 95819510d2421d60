"""What a song's dot tells by its colour: a family of genres, and how it feels.

A legend that people can read holds a dozen names. So a genre counts as its oldest
ancestors in the taxonomy ("deep house" as electronic), the commonest of these get names
of their own, and the others share one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from catalog.genres import genre_name, genre_spellings, genres
from catalog.maps.packing import UNKNOWN
from catalog.models import Tag, Track

NAMED = 10
OTHER = "other genres"


@lru_cache(maxsize=4096)
def genre_roots(key: str) -> tuple[str, ...]:
    """Return the oldest ancestors of a genre by key; itself if it isn't known."""
    known = genres().get(genre_spellings().get(key, key))
    if known is None:
        return (key,)
    if not known.parents:
        return (known.key,)
    roots = (root for parent in known.parents for root in genre_roots(parent))
    return tuple(dict.fromkeys(roots))


def families_of(track_ids: Sequence[int], keys: Mapping[int, str]) -> list[str]:
    """Return each track's family of genres: the one most of its tags belong to.

    keys: of all genre tags by id. "" where a track has none. One query.
    """
    rows = Track.tags.through.objects.filter(track__in=track_ids, tag__in=list(keys))
    votes: dict[int, Counter[str]] = {}
    for track, tag in rows.order_by("tag_id").values_list("track_id", "tag_id"):
        votes.setdefault(track, Counter()).update(genre_roots(keys[tag]))
    first = {track: found.most_common(1)[0][0] for track, found in votes.items()}
    return [first.get(track, "") for track in track_ids]


def genre_keys() -> dict[int, str]:
    """Return the keys of all genre tags by id. One query."""
    tags = Tag.objects.filter(kind=Tag.Kind.GENRE)
    return dict(tags.order_by().values_list("pk", "key"))


def legend_of(families: Sequence[str]) -> tuple[NDArray[np.uint8], tuple[str, ...]]:
    """Return each song's place in the legend, UNKNOWN for none, and the legend."""
    counts = Counter(family for family in families if family)
    named = [family for family, _ in counts.most_common(NAMED)]
    legend = [genre_name(family) for family in named]
    places = {family: place for place, family in enumerate(named)} | {"": UNKNOWN}
    if len(counts) > len(named):
        legend.append(OTHER)
    drawn = (places.get(family, len(named)) for family in families)
    return np.fromiter(drawn, np.uint8, len(families)), tuple(legend)


def feelings_of(track_ids: Sequence[int]) -> NDArray[np.float64]:
    """Return (n, 2): valence and energy, NaN where nobody knows. One query."""
    rows = Track.objects.filter(pk__in=track_ids)
    known = {pk: rest for pk, *rest in rows.values_list("pk", "valence", "energy")}
    unknown = (None, None)
    found = [known.get(track, unknown) for track in track_ids]
    return np.array(found, np.float64).reshape(len(track_ids), 2)
