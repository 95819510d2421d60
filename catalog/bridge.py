"""A bridge from words to sound, for audio encoders that know no words.

Learned on this very catalog: ridge regression from text vectors of short descriptions
of each track (how it sounds, never what it's called) to its audio vector [1]. How good
it is gets measured each time on tracks by artists that it didn't learn from, and kept
beside the weights.

[1] Hoerl and Kennard, "Ridge regression", Technometrics 12 (1970); the linear map
between two frozen encoders as in Merullo et al., "Linearly mapping from image to text
space", ICLR 2023.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from catalog.documents import known_tracks, sound_phrases
from catalog.encoders.protocol import TextEncoder, Vectors
from catalog.fitted import fitted_arrays, fitted_save
from catalog.models import Embedding, Space, TrackArtist

logger = logging.getLogger(__name__)

MIN_TRACKS = 24
# While a catalog grows a fit takes a second or so each: at every half more tracks.
REFIT_GROWTH = 1.5
FOLDS = 5
# Ridge weights tried, relative to the mean variance of the text vectors' axes.
RIDGES = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0)
# More tracks than this add little to 384 x d weights, and much memory.
MAX_TRACKS = 50_000
# Phrases recur from fit to fit; this many vectors take 30 MB.
MAX_PHRASES_KEPT = 20_000
WEIGHTS, CENTRE = "bridge_weights", "bridge_text_mean"


@dataclass(frozen=True)
class Pairs:
    """Descriptions and what they describe, row by row.

    text: (m, t); audio: (n, d) unit; track: (m,) index into audio; group: (n,) artist.
    """

    text: NDArray[np.float64]
    audio: NDArray[np.float64]
    track: NDArray[np.intp]
    group: NDArray[np.intp]


@dataclass(frozen=True)
class BridgeFigures:
    """How well held-out descriptions find their track among all tracks.

    Ranks count from 1. `chance_recall_at_10` is 10 / tracks; the chance of the median
    rank is half the tracks.
    """

    tracks: int
    phrases: int
    ridge: float
    median_rank: float
    recall_at_10: float
    chance_recall_at_10: float


def text_to_audio(space: Space, text_vectors: Vectors) -> Vectors | None:
    """Return where in an audio space the words point, or None where nothing is fitted.

    text_vectors: (n, t). Returns (n, d) float32 of unit length. None as well where the
    bridge was learned from another text model's vectors.
    """
    arrays = fitted_arrays(space)
    weights = arrays.get(WEIGHTS)
    if weights is None or weights.shape[0] != text_vectors.shape[1]:
        return None
    return _unit((text_vectors - arrays[CENTRE]) @ weights).astype(np.float32)


def bridge_figures(space: Space) -> dict[str, Any] | None:
    """Return the held-out figures of a space's bridge, as stored; None without one."""
    fitted = Space.objects.values_list("fitted__bridge", flat=True).get(pk=space.pk)
    return fitted if isinstance(fitted, dict) else None


def bridge_fit_if_due(
    space: Space, encoder: TextEncoder, *, is_final: bool = False
) -> BridgeFigures | None:
    """Fit the bridge where the space has enough tracks and grew by half.

    is_final: at the end of an import any growth is enough.
    """
    count = Embedding.objects.filter(space=space).count()
    figures = bridge_figures(space)
    before = int(figures["catalog_tracks"]) if figures else 0
    if count < MIN_TRACKS or count == before:
        return None
    if before and not is_final and count < before * REFIT_GROWTH:
        return None
    return bridge_fit(space, encoder)


def bridge_fit(space: Space, encoder: TextEncoder) -> BridgeFigures | None:
    """Learn the bridge from all tracks of the space, and store it with its figures.

    None where too few tracks have a description. Takes about 4 s of a CPU core for 250
    tracks the first time, and 1 s once their phrases are encoded.
    """
    pairs = _pairs_of(space, encoder)
    if pairs is None:
        return None
    figures, weights, centre = pairs_fit(pairs)
    with transaction.atomic():
        count = Embedding.objects.filter(space=space).count()
        fitted_save(
            space,
            {
                WEIGHTS: weights,
                CENTRE: centre,
                "bridge": asdict(figures)
                | {"catalog_tracks": count, "text_model": encoder.model_id},
            },
        )
    logger.info("bridge fitted in %s: %s", space.slug, figures)
    return figures


def pairs_fit(pairs: Pairs) -> tuple[BridgeFigures, Vectors, Vectors]:
    """Choose the ridge on held-out artists, and fit on all. Returns weights, centre."""
    held_out = _held_out(pairs)
    best = max(RIDGES, key=lambda ridge: _cosine(held_out[ridge], pairs))
    ranks = _ranks(held_out[best], pairs)
    everything = _Ridge.of(pairs, np.arange(len(pairs.text)))
    figures = BridgeFigures(
        tracks=len(pairs.audio),
        phrases=len(pairs.text),
        ridge=best,
        median_rank=float(np.median(ranks)),
        recall_at_10=round(float((ranks <= 10).mean()), 4),
        chance_recall_at_10=round(min(1.0, 10 / len(pairs.audio)), 4),
    )
    weights = everything.weights(best).astype(np.float32)
    return figures, weights, everything.centre.astype(np.float32)


@lru_cache(maxsize=1)
def _kept_phrases(model_id: str) -> dict[str, NDArray[np.float32]]:
    """Return this process's vectors of phrases, to be added to."""
    return {}


def _phrase_vectors(
    phrases: Iterable[str], encoder: TextEncoder
) -> dict[str, NDArray[np.float32]]:
    kept = _kept_phrases(encoder.model_id)
    if len(kept) > MAX_PHRASES_KEPT:
        kept.clear()
    missing = sorted(set(phrases) - kept.keys())
    kept.update(zip(missing, encoder.encode_text(missing), strict=True))
    return kept


def _pairs_of(space: Space, encoder: TextEncoder) -> Pairs | None:
    rows = list(
        Embedding.objects.filter(space=space)
        .order_by("track_id")
        .values_list("track_id", "vector")[:MAX_TRACKS]
    )
    ids = [track for track, _ in rows]
    known = known_tracks(ids)
    phrases = {track: sound_phrases(known[track]) for track in ids}
    rows = [(track, vector) for track, vector in rows if phrases[track]]
    if len(rows) < MIN_TRACKS:
        return None
    first = dict(
        TrackArtist.objects.filter(track__in=ids)
        .order_by("track_id", "-position")
        .values_list("track_id", "artist_id")
    )
    encoded = _phrase_vectors((p for t, _ in rows for p in phrases[t]), encoder)
    text, track_of = [], []
    for place, (track, _) in enumerate(rows):
        for phrase in phrases[track]:
            text.append(encoded[phrase])
            track_of.append(place)
    return Pairs(
        text=np.asarray(text, dtype=np.float64),
        audio=np.asarray([np.asarray(v, np.float64) for _, v in rows]),
        track=np.asarray(track_of),
        # A track without an artist is its own group.
        group=np.asarray([first.get(track, -track) for track, _ in rows]),
    )


def _held_out(pairs: Pairs) -> dict[float, NDArray[np.float64]]:
    """Predict each description by a bridge that never met its track's artist.

    Returns (m, d) for each ridge weight.
    """
    shape = (len(pairs.text), pairs.audio.shape[1])
    found = {ridge: np.zeros(shape) for ridge in RIDGES}
    for fold in _folds(pairs.group):
        tests = np.isin(pairs.track, fold)
        if tests.all() or not tests.any():
            continue
        fit = _Ridge.of(pairs, np.flatnonzero(~tests))
        turned = (pairs.text[tests] - fit.centre) @ fit.axes
        for ridge in RIDGES:
            found[ridge][tests] = turned @ fit.turned_weights(ridge)
    return found


def _folds(group: NDArray[np.intp]) -> Sequence[NDArray[np.intp]]:
    """Part the tracks into folds of about one size, no artist in two of them."""
    artists, sizes = np.unique(group, return_counts=True)
    members: list[list[int]] = [[] for _ in range(FOLDS)]
    for artist in artists[np.argsort(-sizes, kind="stable")]:
        smallest = min(members, key=len)
        smallest.extend(np.flatnonzero(group == artist).tolist())
    return [np.asarray(m, dtype=np.intp) for m in members if m]


@dataclass(frozen=True)
class _Ridge:
    """The normal equations (X'SX + rI) W = X'SY, turned to X'SX's own axes.

    There each ridge weight costs a division and no solve. S gives each track the same
    weight in all, however many descriptions it has.
    """

    centre: NDArray[np.float64]
    axes: NDArray[np.float64]
    spreads: NDArray[np.float64]
    moments: NDArray[np.float64]

    @classmethod
    def of(cls, pairs: Pairs, rows: NDArray[np.intp]) -> _Ridge:
        track = pairs.track[rows]
        counts = np.bincount(track, minlength=len(pairs.audio))
        weight = 1.0 / counts[track]
        weight /= weight.sum()
        x = pairs.text[rows]
        centre = weight @ x
        x = x - centre
        scaled = x * weight[:, None]
        spreads, axes = np.linalg.eigh(scaled.T @ x)
        # The audio space is centred already: words that say nothing point nowhere.
        moments = axes.T @ (scaled.T @ pairs.audio[track])
        return cls(centre, axes, np.maximum(spreads, 0.0), moments)

    def turned_weights(self, ridge: float) -> NDArray[np.float64]:
        """Return the weights for texts that are turned to the axes."""
        penalty = ridge * self.spreads.mean() + 1e-12
        return np.asarray(self.moments / (self.spreads + penalty)[:, None])

    def weights(self, ridge: float) -> NDArray[np.float64]:
        """Return the weights for texts as they come."""
        return np.asarray(self.axes @ self.turned_weights(ridge))


def _ranks(found: NDArray[np.float64], pairs: Pairs) -> NDArray[np.intp]:
    likeness = _unit(found) @ pairs.audio.T
    own = likeness[np.arange(len(found)), pairs.track]
    return np.asarray((likeness > own[:, None]).sum(axis=1) + 1)


def _cosine(found: NDArray[np.float64], pairs: Pairs) -> float:
    return float((_unit(found) * pairs.audio[pairs.track]).sum(axis=1).mean())


def _unit(rows: NDArray[np.floating]) -> NDArray[np.floating]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-12))
