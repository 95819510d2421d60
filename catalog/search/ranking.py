"""Fusing ranked lists, and choosing a varied few of the best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

# Cormack, Clarke, Buettcher, "Reciprocal rank fusion outperforms Condorcet and
# individual rank learning methods", SIGIR 2009: k = 60, insensitive around it. Ours is
# smaller, since our lists are short and their tops mean more.
RRF_K = 20


def fused(lists: Sequence[tuple[float, Sequence[int]]]) -> dict[int, float]:
    """Fuse ranked lists by weighted reciprocal ranks.

    lists: (weight, ids best first). Returns scores by id, the best possible being 1.
    """
    scores: dict[int, float] = {}
    for weight, ids in lists:
        for rank, track in enumerate(ids):
            scores[track] = scores.get(track, 0.0) + weight / (RRF_K + rank)
    best = sum(weight for weight, ids in lists if ids) / RRF_K
    return {track: score / best for track, score in scores.items()}


def diversified(
    scores: Mapping[int, float],
    *,
    vectors: Mapping[int, np.ndarray],
    artists: Mapping[int, frozenset[int]],
    limit: int,
    diversity: float,
    artist_cap: int,
) -> list[int]:
    """Choose tracks that fit and differ: maximal marginal relevance, artists capped.

    vectors: unit length by track id; a track without one counts as unlike all others.
    The cap gives way only when nothing else is left, so that a wish for one artist
    still fills the list. Source: Carbonell & Goldstein, SIGIR 1998.
    """
    left = sorted(scores, key=lambda t: (-scores[t], t))
    nearness = dict.fromkeys(left, 0.0)
    chosen: list[int] = []
    credits: dict[int, int] = {}

    def is_capped(track: int) -> bool:
        return any(credits.get(a, 0) >= artist_cap for a in artists.get(track, ()))

    def worth(track: int) -> float:
        return (1 - diversity) * scores[track] - diversity * nearness[track]

    while left and len(chosen) < limit:
        free = [t for t in left if not is_capped(t)] or left
        best = max(free, key=lambda t: (worth(t), -t))
        left.remove(best)
        chosen.append(best)
        for artist in artists.get(best, ()):
            credits[artist] = credits.get(artist, 0) + 1
        if (vector := vectors.get(best)) is not None:
            for track in left:
                if (other := vectors.get(track)) is not None:
                    near = max(0.0, float(vector @ other))
                    nearness[track] = max(nearness[track], near)
    return chosen
