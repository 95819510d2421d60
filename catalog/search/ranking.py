"""Fusing ranked lists into one score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]

# Cormack, Clarke, Buettcher, "Reciprocal rank fusion outperforms Condorcet and
# individual rank learning methods", SIGIR 2009: k = 60, insensitive around it. Ours is
# smaller, since our lists are short and their tops mean more.
RRF_K = 20

# What a list that can't judge a track is taken to say of it, as a share of what the
# other lists say on average. At 0, a track without audio would stand as if every list
# of sound had it last; at 1, a track that one list knows would beat those that several
# agree on. See docs/decisions/search.md for how it was chosen.
UNJUDGED_SHARE = 0.6

ListName = Literal[
    "seeds",
    "seed_words",
    "seed_artists",
    "seed_terms",
    "taste",
    "traits",
    "attributes",
    "text_to_audio",
    "sound",
    "text_to_text",
    "names",
    "names_before",
    "tags",
    "words",
    "usual",
]


@dataclass(frozen=True)
class Ranking:
    """One list of candidates: its name, its weight, and ids, the best first."""

    name: ListName
    weight: float
    ids: tuple[int, ...]


def fused(
    rankings: Sequence[Ranking],
    judged: Mapping[ListName, Ids] | None = None,
    *,
    unjudged_share: float = UNJUDGED_SHARE,
) -> dict[int, float]:
    """Fuse ranked lists by weighted reciprocal ranks.

    judged: for lists that know only some tracks, which of the candidates they know, each
    once (a list of sound knows those with a vector); a list that isn't named knows all. A track
    that a list knows and doesn't bring gets nothing from it; one that it doesn't know
    gets a share of what the others say. Returns scores by id, the best possible being 1.
    """
    rankings = [ranking for ranking in rankings if ranking.ids]
    if not rankings:
        return {}
    whole = sum(ranking.weight for ranking in rankings) or 1.0
    lists = [np.array(ranking.ids, np.int64) for ranking in rankings]
    ids, place_of = np.unique(np.concatenate(lists), return_inverse=True)
    says = [
        ranking.weight / (RRF_K + np.arange(len(ranking.ids))) for ranking in rankings
    ]
    said = np.bincount(place_of, weights=np.concatenate(says), minlength=len(ids))
    unknown = np.zeros(len(ids))
    for ranking in rankings:
        if judged is not None and ranking.name in judged:
            known = judged[ranking.name]
            is_known = np.isin(ids, known, assume_unique=True, kind="sort")
            unknown[~is_known] += ranking.weight
    # Where no list can judge a track but those that brought it by chance.
    unknown[unknown >= whole] = 0.0
    made_up = unjudged_share * said * unknown / (whole - unknown)
    scores = (said + made_up) * RRF_K / whole
    return dict(zip(ids.tolist(), scores.tolist(), strict=True))
