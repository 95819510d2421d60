"""Where a selection's candidates come from: the fused lists, then whatever is left."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from catalog.columns.postings import Rows
from catalog.columns.reading import VERSIONS
from catalog.columns.view import Mask
from catalog.models import Track
from catalog.search.candidates import Evidence, judged_by, rankings
from catalog.search.lists import first_ids
from catalog.search.ranking import ListName, Ranking, fused
from catalog.search.selection import Candidate

# How many of the fused are compared with each other, against the limit.
POOL_FACTOR = 6
POOL_LEAST = 60
# The score of tracks that keep what was asked and that no list brought: behind all.
FILL_SCORE = 0.001
# Of versions of one song, another than the original stands for it only when it fits
# clearly better.
VERSION_FACTOR = 0.9
# A track that was heard lately comes where the others fit a third as well.
HEARD_LATELY_FACTOR = 0.35
# At full strength the dials double or halve a score about; ranks 1 and 25 of a list
# differ by as much.
DIAL_SPAN = 0.6
# Nearness to a taste is to its nearest few: who likes metal and lullabies likes nothing
# in the middle.
TASTE_NEIGHBOURS = 3


@dataclass(frozen=True)
class _Facts:
    song: int
    version: str
    popularity: float


class Supply:
    """The candidates of one stage, the best first, then what no list brought.

    mask: the rows that may come at this stage, without what came before. songs_taken:
    songs of which none may come.
    """

    def __init__(
        self, evidence: Evidence, mask: Mask, *, songs_taken: frozenset[int]
    ) -> None:
        self._evidence = evidence
        self._query = evidence.query
        self._view = evidence.view
        self._songs_taken = songs_taken
        self._left = mask.copy()
        self.rankings: list[Ranking] = rankings(evidence, mask)
        self._batch = max(self._query.limit * POOL_FACTOR, POOL_LEAST)
        self._ranked = self._scored()

    def more(self, without_artists: frozenset[int]) -> Sequence[Candidate]:
        """Bring the next best; none of these artists once the lists are used up."""
        if self._ranked:
            batch = self._ranked[: self._batch]
            self._ranked = self._ranked[self._batch :]
            self._left[self._view.rows_of([track for track, _, _ in batch])] = False
            return self._candidates(batch)
        rest = self._left & ~self._view.mask_with("artist", without_artists)
        if self._songs_taken and not self._query.allow_kin:
            taken = np.array(sorted(self._songs_taken), np.int64)
            rest &= ~np.isin(self._view.flag("song"), taken)
        rows = np.flatnonzero(rest).astype(np.int32)
        found = first_ids(self._view, rows, self._fame_order(rows), limit=self._batch)
        self._left[self._view.rows_of(found)] = False
        facts = self._facts_of(found)
        return self._candidates(
            [
                (track, FILL_SCORE / (place + 1), facts[track].song)
                for place, track in enumerate(found)
            ]
        )

    def _fame_order(self, rows: Rows) -> np.ndarray:
        """Return an order for tracks with nothing else to rank by: the best known first.

        Deep cuts first where the dial says so; what nobody knows the fame of comes last.
        """
        fame = self._view.number("popularity")[rows]
        order = fame if self._query.popularity < 0 else -fame
        return np.nan_to_num(order, nan=np.inf, posinf=np.inf)

    def ranks_of(self, track_ids: Iterable[int]) -> dict[int, dict[ListName, int]]:
        """Return for tracks where the lists that brought them have them, from 0."""
        found: dict[int, dict[ListName, int]] = {track: {} for track in track_ids}
        for ranking in self.rankings:
            for rank, track in enumerate(ranking.ids):
                if track in found:
                    found[track][ranking.name] = rank
        return found

    def _candidates(self, ranked: Sequence[tuple[int, float, int]]) -> list[Candidate]:
        ids = [track for track, _, _ in ranked]
        artists = self._artists_of(ids)
        vectors = self._vectors_of(ids)
        return [
            Candidate(
                track,
                score,
                artists.get(track, frozenset()),
                0 if self._query.allow_kin else song,
                vectors.get(track),
            )
            for track, score, song in ranked
        ]

    def _vectors_of(self, track_ids: Collection[int]) -> dict[int, np.ndarray]:
        """Return the vectors of tracks in the space of sound, by id."""
        audio = self._evidence.audio
        return {} if audio is None else self._view.vectors_of(audio.pk, track_ids)

    def _artists_of(self, track_ids: Collection[int]) -> dict[int, frozenset[int]]:
        view = self._view
        found = view.artists_of(view.rows_of(track_ids))
        return {int(view.ids[row]): frozenset(ids) for row, ids in found.items()}

    def _facts_of(self, track_ids: Collection[int]) -> dict[int, _Facts]:
        view = self._view
        rows = view.rows_of(track_ids)
        return {
            track: _Facts(song, VERSIONS[version], fame)
            for track, song, version, fame in zip(
                view.ids[rows].tolist(),
                view.flag("song")[rows].tolist(),
                view.flag("version")[rows].tolist(),
                view.number("popularity")[rows].tolist(),
                strict=True,
            )
        }

    def _scored(self) -> list[tuple[int, float, int]]:
        """Fuse the lists, turn the dials, and keep the best version of each song."""
        scores = fused(self.rankings, judged_by(self._evidence, self.rankings))
        if not scores:
            return []
        facts = self._facts_of(scores)
        query = self._query
        nearness = self._taste_nearness(scores)
        for track in scores:
            scores[track] *= self._fame_factor(facts[track].popularity)
            scores[track] *= 1 + DIAL_SPAN * query.taste.strength * nearness.get(
                track, 0.0
            )
            if track in query.heard_lately:
                scores[track] *= HEARD_LATELY_FACTOR
        order = sorted(scores, key=lambda t: (-scores[t], t))
        if not query.allow_kin:
            order = _one_version_each(order, scores, facts)
        return [(t, scores[t], facts[t].song) for t in order]

    def _fame_factor(self, popularity: float) -> float:
        """Return what the dial makes of a popularity; of an unknown one, nothing."""
        if not self._query.popularity or np.isnan(popularity):
            return 1.0
        place = self._evidence.levels.fraction_of("popularity", popularity)
        if place is None:
            return 1.0
        return 1 + DIAL_SPAN * self._query.popularity * (2 * place - 1)

    def _taste_nearness(self, track_ids: Collection[int]) -> dict[int, float]:
        """Return how near tracks with audio are to the taste, from -1 to 1."""
        taste, audio = self._query.taste, self._evidence.audio
        if audio is None or not taste.strength:
            return {}
        liked = _stacked(taste.liked, self._evidence.vectors)
        disliked = _stacked(taste.disliked, self._evidence.vectors)
        if liked is None and disliked is None:
            return {}
        return {
            track: _nearness(vector, liked) - _nearness(vector, disliked)
            for track, vector in self._vectors_of(track_ids).items()
        }


def _one_version_each(
    order: Sequence[int], scores: Mapping[int, float], facts: Mapping[int, _Facts]
) -> list[int]:
    """Drop all but one track of each song; songs that aren't known are all kept."""

    def worth(track: int) -> float:
        is_original = facts[track].version == Track.Version.ORIGINAL
        return scores[track] * (1.0 if is_original else VERSION_FACTOR)

    best: dict[int, int] = {}
    for track in order:
        song = facts[track].song
        if song and (song not in best or worth(track) > worth(best[song])):
            best[song] = track
    return [t for t in order if not facts[t].song or best[facts[t].song] == t]


def _stacked(
    weights: Mapping[int, float], vectors: Mapping[int, np.ndarray]
) -> np.ndarray | None:
    known = [vectors[track] for track in weights if track in vectors]
    return np.stack(known) if known else None


def _nearness(vector: np.ndarray, places: np.ndarray | None) -> float:
    if places is None:
        return 0.0
    near = np.sort(places @ vector)[-TASTE_NEIGHBOURS:]
    return float(near.mean().clip(0.0, 1.0))
