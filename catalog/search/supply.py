"""Where a selection's candidates come from: the fused lists, then whatever is left."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from catalog.columns.postings import Rows, text_key
from catalog.columns.reading import VERSIONS
from catalog.columns.view import Mask, View
from catalog.models import Track
from catalog.names import name_key
from catalog.search.candidates import Evidence, TasteIn, brought_by, judged_by, rankings
from catalog.search.fame import fame_of
from catalog.search.lists import first_ids
from catalog.search.ranking import Ids, ListName, Ranking, fused
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
# Songs of a season that wasn't spoken of come where the others fit a third as well.
SEASONAL_FACTOR = 0.35
_SEASONAL = frozenset(
    {"christmas", "xmas", "santa", "noel", "navidad", "jingle", "mistletoe", "rudolph"}
)
_SEASONS = _SEASONAL | {"holiday", "holidays", "winter", "december", "festive", "snow"}
# At full strength the dials double or halve a score about; ranks 1 and 25 of a list
# differ by as much.
DIAL_SPAN = 0.6
# The taste's dial reaches further: at its middle it is as strong as the others are in full
# (docs/decisions/taste.md).
TASTE_SPAN, TASTE_LEAST = 1.2, 0.1
# A taste is as near as its nearest interest: who likes metal and lullabies likes nothing
# in the middle. What is disliked has no middle either, and counts by its nearest few.
DISLIKED_NEIGHBOURS = 3
# What a track has of the listener's artists, genres and ranges counts so much beside
# nearness, and so much where there is no vector of it.
TRAITS_BESIDE, TRAITS_ALONE = 0.25, 0.7


ORIGINAL = VERSIONS.index(Track.Version.ORIGINAL)

Scores = NDArray[np.float64]


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
        rows = self._view.rows_of(found)
        songs = dict(
            zip(
                self._view.ids[rows].tolist(),
                self._view.flag("song")[rows].tolist(),
                strict=True,
            )
        )
        return self._candidates(
            [
                (track, FILL_SCORE / (place + 1), songs[track])
                for place, track in enumerate(found)
            ]
        )

    def _fame_order(self, rows: Rows) -> np.ndarray:
        """Return an order for tracks with nothing else to rank by: the best known first.

        Deep cuts first where the dial says so; what nobody knows the fame of comes last.
        """
        fame = fame_of(self._view, rows)
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

    def _scored(self) -> list[tuple[int, float, int]]:
        """Fuse the lists, turn the dials, and keep the best version of each song."""
        query, view = self._query, self._view
        rows = brought_by(view, self.rankings)
        if not len(rows):
            return []
        fusion = fused(self.rankings, judged_by(self._evidence, self.rankings, rows))
        ids = view.ids[rows]
        scores = np.array([fusion[track] for track in ids.tolist()])
        scores *= self._fame_factors(rows)
        scores *= self._taste_factors(rows)
        scores[np.isin(ids, list(query.heard_lately))] *= HEARD_LATELY_FACTOR
        scores[self._is_out_of_season(rows)] *= SEASONAL_FACTOR
        songs = view.flag("song")[rows]
        order = np.lexsort((ids, -scores))
        if not query.allow_kin:
            is_original = view.flag("version")[rows] == ORIGINAL
            worth = np.where(is_original, scores, scores * VERSION_FACTOR)
            order = order[_is_best_version(songs[order], worth[order])]
        return list(
            zip(
                ids[order].tolist(),
                scores[order].tolist(),
                songs[order].tolist(),
                strict=True,
            )
        )

    def _is_out_of_season(self, rows: Rows) -> Mask:
        """Return which rows are songs of a season that nobody spoke of or likes one of."""
        query = self._query
        said = set(name_key(" ".join((query.text, *query.said))).split())
        if not _SEASONS.isdisjoint(said):
            return np.zeros(len(rows), bool)
        seasonal = self._view.derived("songs of a season", _is_seasonal)
        if seasonal[self._view.rows_of(query.liked)].any():
            return np.zeros(len(rows), bool)
        return np.asarray(seasonal[rows])

    def _fame_factors(self, rows: Rows) -> Scores:
        """Return what the dial makes of each popularity; of an unknown one, nothing."""
        factors = np.ones(len(rows))
        if not self._query.popularity:
            return factors
        fame = fame_of(self._view, rows)
        places = self._evidence.levels.fractions_of("popularity", fame)
        if places is None:
            places = np.full(len(rows), 0.5)
        # Of a song that everybody knows nobody needs to have measured it.
        places[np.isnan(self._view.number("popularity")[rows])] = 1.0
        turned = factors + DIAL_SPAN * self._query.popularity * (2 * places - 1)
        return np.where(np.isnan(fame), factors, turned)

    def _taste_factors(self, rows: Rows) -> Scores:
        """Return what the dial makes of nearness to the taste; nothing is sent away."""
        strength = self._query.taste.strength
        if not strength:
            return np.ones(len(rows))
        turned = 1 + TASTE_SPAN * strength * self._taste_nearness(rows)
        return np.maximum(turned, TASTE_LEAST)

    def _taste_nearness(self, rows: Rows) -> Scores:
        """Return how near tracks are to the taste, from -1 to 1: by sound, else by words.

        What a track has of the listener's artists and genres adds to that, and stands for
        it where there is no vector. 0 where nothing is known of a track.
        """
        nearness, is_left = np.zeros(len(rows)), np.ones(len(rows), bool)
        for space in (self._evidence.audio, self._evidence.text):
            taste = self._evidence.tastes.get(space.pk) if space else None
            if space is None or taste is None:
                continue
            left = np.flatnonzero(is_left)
            has_vector, vectors = self._view.matrix(space.pk, rows[left])
            known = left[has_vector]
            nearness[known] = _nearness(vectors, taste)
            is_left[known] = False
        if self._query.taste.traits:
            found, is_known = self._evidence.leanings.of(rows)
            found[is_known] = _apart(found[is_known])
            nearness += np.where(is_left, TRAITS_ALONE, TRAITS_BESIDE) * found
        return nearness.clip(-1.0, 1.0)


def _is_best_version(songs: Ids, worth: Scores) -> Mask:
    """Return which tracks are the worthiest of their song; all of unknown songs (0).

    songs, worth: (n,) in the order of the tracks; of equals the first stays.
    """
    is_best: Mask = songs == 0
    by_song = np.lexsort((-worth, songs))
    _, firsts = np.unique(songs[by_song], return_index=True)
    is_best[by_song[firsts]] = True
    return is_best


def _nearness(vectors: np.ndarray, taste: TasteIn) -> Scores:
    """Return how near vectors are to a taste, beside each other: -1 to 1.

    In each space all cosines lie close together somewhere else, so that only what sets
    candidates apart counts.
    """
    near = _standing(vectors, taste.interests, nearest=1)
    near -= _standing(vectors, taste.disliked, nearest=DISLIKED_NEIGHBOURS)
    return near.clip(-1.0, 1.0)


def _standing(
    vectors: np.ndarray, places: Sequence[np.ndarray], *, nearest: int
) -> Scores:
    """Return how much nearer than usual vectors are to the nearest of some places.

    From -1 to 1, two spreads off the mean.
    """
    if not places or not len(vectors):
        return np.zeros(len(vectors))
    near = np.sort(vectors @ np.stack(places).T, axis=1)[:, -nearest:].mean(axis=1)
    return _apart(near)


def _apart(found: np.ndarray) -> Scores:
    """Return how far numbers are off their mean, -1 to 1 being two spreads."""
    if not len(found):
        return np.zeros(0)
    spread = max(float(found.std()), 1e-6)
    return np.asarray(((found - found.mean()) / (2 * spread)).clip(-1.0, 1.0), float)


def _is_seasonal(view: View) -> Mask:
    return view.mask_with("word", map(text_key, _SEASONAL))
