"""A bridge from words to sound, learned on this very catalog.

For audio encoders that know no words it maps text vectors of short descriptions of each
track (how it sounds, never what it's called) to its audio vector. For those that do
(CLAP) it is an adapter on top of their own words, and serves only while it is better.
How good it is gets measured each time on tracks by artists that it didn't learn from,
and kept beside the weights; see `ridge.py`. One that was trained on what people approved
of may serve in its place; see `trained_bridges.py`.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import numpy as np
from django.conf import settings
from django.db import transaction
from django.db.models import CharField, F
from django.db.models.functions import MD5, Cast
from numpy.typing import NDArray

from catalog.advisory import Lock, try_session_lock
from catalog.contrasting import Bridge
from catalog.documents import known_tracks, sound_phrases
from catalog.embedding.spaces import space_encoder
from catalog.encoders import joint_encoder_of
from catalog.encoders.protocol import TextEncoder, Vectors
from catalog.encoders.text import text_encoder
from catalog.encoders.weights import ModelUnusable
from catalog.fitted import fitted_arrays, fitted_save
from catalog.models import Embedding, Space, TrackArtist
from catalog.ridge import BridgeFigures, Pairs, pairs_fit
from catalog.spaces import SpaceMismatch, current_space
from catalog.trained_bridges import (
    TRAINED,
    TRAINED_CENTRE,
    TRAINED_WEIGHTS,
    bridges_review,
)

logger = logging.getLogger(__name__)

MIN_TRACKS = 24
# Each search would else say again that a model is missing.
TELL_EVERY_S = 300.0
# Fitted again when the catalog has grown by a fifth. At the end of an import less is
# enough, but not a single track: a fit on a large catalog takes minutes.
REFIT_GROWTH = 1.2
REFIT_FINAL_GROWTH = 1.02
# In the middle of an import each doubling is enough: its end brings a fit anyway, and
# the listener waits for songs.
REFIT_AMID_GROWTH = 2.0
# More tracks than this, drawn by chance, add little to 384 x d weights, and each
# thousand takes 60 MB while it is fitted.
MAX_TRACKS = 10_000
# Phrases recur from fit to fit; this many vectors take 30 MB.
MAX_PHRASES_KEPT = 20_000
WEIGHTS, CENTRE = "bridge_weights", "bridge_text_mean"


@dataclass(frozen=True)
class ExtraPair:
    """A text and a track that it is known to describe, from outside the catalog.

    weight: how much it counts beside one track of the catalog, whose descriptions
    count 1 together.
    """

    text: str
    track_id: int
    weight: float = 1.0


def text_to_audio(
    space: Space, text_vectors: Vectors, *, texts: Sequence[str] | None = None
) -> Vectors | None:
    """Return where in an audio space the words point, or None where nothing says it.

    text_vectors: (n, t) of the site's text encoder; texts: the same n texts, which a
    joint space's own model encodes instead. Returns (n, d) float32 of unit length.
    None as well where the bridge was learned from another text model's vectors, or a
    joint space's model can't be had. The first text in a joint space loads its model.
    """
    bridge = bridge_in_use(space)
    if joint_encoder_of(space.encoder, space.model_id) is not None:
        own = _own_vectors(space, texts) if texts is not None else None
        return own if own is None or bridge is None else bridge.places(own)
    if bridge is None or bridge.weights.shape[0] != text_vectors.shape[1]:
        return None
    return bridge.places(text_vectors)


def bridge_in_use(space: Space, *, is_own: bool = False) -> Bridge | None:
    """Return the map that words take into a space: a trained one, or the catalog's own.

    is_own: the catalog's own, whatever serves in its place. None where there is none, where it was learned from another text model's vectors, or
    where a joint space's own words are as good without.
    """
    arrays, facts = fitted_arrays(space), _facts(space)
    is_joint = joint_encoder_of(space.encoder, space.model_id) is not None
    own = (WEIGHTS, CENTRE, "bridge")
    trained = (TRAINED_WEIGHTS, TRAINED_CENTRE, TRAINED)
    for weights, centre, name in (own,) if is_own else (trained, own):
        held = facts.get(name)
        if weights not in arrays or not held or not held.get("is_used", True):
            continue
        if is_joint or held["text_model"] == text_encoder().model_id:
            return Bridge(arrays[weights], arrays[centre], is_joint)
    return None


def _own_vectors(space: Space, texts: Sequence[str]) -> Vectors | None:
    try:
        return words_of(space).encode_text(texts)
    except (ModelUnusable, SpaceMismatch) as error:
        _tell_once(str(space), str(error), int(time.time() // TELL_EVERY_S))
        return None


@lru_cache(maxsize=16)
def _tell_once(space: str, reason: str, period: int) -> None:
    """Log why words don't reach a space, once a period in this process."""
    logger.error("words don't reach %s: %s", space, reason)


def words_of(space: Space) -> TextEncoder:
    """Return the encoder whose texts the space's bridge starts from.

    Raises ModelUnusable, SpaceMismatch for a joint space whose model isn't there.
    """
    joint = joint_encoder_of(space.encoder, space.model_id)
    if joint is None:
        return text_encoder()
    space_encoder(space)
    return joint


def own_words_load() -> None:
    """Load the current audio space's model if words reach it that way. Seconds.

    Where it can't be had the reason is logged, and search does without. Asks the
    database only on a site that is set to such a model.
    """
    if joint_encoder_of(settings.AUDIO_ENCODER, settings.AUDIO_MODEL) is None:
        return
    space = current_space(Space.Kind.AUDIO)
    if space and joint_encoder_of(space.encoder, space.model_id) is not None:
        _own_vectors(space, ["music"])


def bridge_figures(space: Space) -> dict[str, Any] | None:
    """Return the held-out figures of a space's bridge, as stored; None without one."""
    fitted = Space.objects.values_list("fitted__bridge", flat=True).get(pk=space.pk)
    return fitted if isinstance(fitted, dict) else None


def _facts(space: Space) -> Mapping[str, Any]:
    """Return what is stored of its bridges, kept by this process until the next fit."""
    return _facts_of(space.pk, space.fitted_at) if space.fitted_at else {}


@lru_cache(maxsize=8)
def _facts_of(space_id: int, fitted_at: datetime) -> Mapping[str, Any]:
    held = Space.objects.values(
        bridge=F("fitted__bridge"), trained=F("fitted__trained")
    )
    return held.get(pk=space_id)


def bridge_is_due(space: Space, *, growth: float = REFIT_GROWTH) -> bool:
    """Say whether a space has outgrown its bridge. Costs a count of its vectors.

    It has where the space grew so many times, or the site's text model is another.
    """
    count = Embedding.objects.filter(space=space).count()
    if count < MIN_TRACKS:
        return False
    figures = bridge_figures(space)
    if figures is None:
        return True
    if joint_encoder_of(space.encoder, space.model_id) is None and (
        figures["text_model"] != text_encoder().model_id
    ):
        return True
    return bool(count >= figures["catalog_tracks"] * growth)


def bridge_fit_if_due(
    space: Space, encoder: TextEncoder | None = None, *, growth: float = REFIT_GROWTH
) -> BridgeFigures | None:
    """Fit the bridge where the space has outgrown it. For background work.

    growth: how many times larger than at the last fit the space must be.
    None where it hasn't, where another worker is at it, or where a joint space's model
    can't be had, which is logged.
    """
    if not bridge_is_due(space, growth=growth):
        return None
    with try_session_lock(Lock.BRIDGE_FIT, space.pk) as is_mine:
        if not is_mine:
            return None
        try:
            return bridge_fit(space, encoder)
        except (ModelUnusable, SpaceMismatch) as error:
            logger.error("the bridge to %s can't be fitted: %s", space, error)
            return None


def bridge_fit(
    space: Space,
    encoder: TextEncoder | None = None,
    *,
    extra_pairs: Iterable[ExtraPair] = (),
) -> BridgeFigures | None:
    """Learn the bridge from the tracks of the space, and store it with its figures.

    encoder: of the texts; None: the space's own, or the site's. extra_pairs: what else
    is known to describe tracks of the space. None where too few tracks have a
    description. A trained bridge that serves is held against it (trained_bridges.py).
    Takes about 4 s of a CPU core for 250 tracks the first time, and 1 s
    once their phrases are encoded.
    """
    encoder = encoder or words_of(space)
    pairs = _pairs_of(space, encoder, tuple(extra_pairs))
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
    own = Bridge(weights if figures.is_used else 0 * weights, centre, pairs.is_joint)
    bridges_review(space, encoder, own)
    return figures


@lru_cache(maxsize=2)
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


def _pairs_of(
    space: Space, encoder: TextEncoder, extra_pairs: Sequence[ExtraPair]
) -> Pairs | None:
    # Beyond MAX_TRACKS a sample, the same each time: in order of a digest of the id.
    by_chance = MD5(Cast("track_id", CharField()))
    rows = list(
        Embedding.objects.filter(space=space)
        .order_by(by_chance)
        .values_list("track_id", "vector")[:MAX_TRACKS]
    )
    ids = [track for track, _ in rows]
    known = known_tracks(ids)
    phrases: dict[int, list[tuple[str, float]]] = {}
    for track in ids:
        own = sound_phrases(known[track]) if track in known else ()
        phrases[track] = [(phrase, 1.0 / len(own)) for phrase in own]
    for pair in extra_pairs:
        if pair.text and pair.weight > 0 and pair.track_id in phrases:
            phrases[pair.track_id].append((pair.text, pair.weight))
    rows = [(track, vector) for track, vector in rows if phrases[track]]
    if len(rows) < MIN_TRACKS:
        return None
    first = dict(
        TrackArtist.objects.filter(track__in=ids)
        .order_by("track_id", "-position")
        .values_list("track_id", "artist_id")
    )
    encoded = _phrase_vectors((p for t, _ in rows for p, _ in phrases[t]), encoder)
    described = [
        (place, phrase, weight)
        for place, (track, _) in enumerate(rows)
        for phrase, weight in phrases[track]
    ]
    joint = joint_encoder_of(space.encoder, space.model_id)
    return Pairs(
        text=np.asarray([encoded[phrase] for _, phrase, _ in described], np.float64),
        audio=np.asarray([np.asarray(v, np.float64) for _, v in rows]),
        track=np.asarray([place for place, _, _ in described]),
        # A track without an artist is its own group.
        group=np.asarray([first.get(track, -track) for track, _ in rows]),
        weight=np.asarray([weight for _, _, weight in described]),
        is_joint=joint is not None and encoder is joint,
    )
