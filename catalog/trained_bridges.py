"""Trained bridges: stored beside, made current by a switch, and held against refits.

The rule of this file: what serves is a copy in `Space.fitted`, so that every process
takes up a switch as it does a fit. The catalog's own bridge stays there beside it: it
serves again where a trained one goes, and is refitted as the catalog grows. Then the
trained one stays current only if it is still better on the people that it was judged by.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict

import numpy as np
from django.db import transaction
from django.db.models import CharField
from django.db.models.functions import MD5, Cast
from numpy.typing import NDArray

from catalog.advisory import Lock, lock_until_commit
from catalog.bridge_comparing import Comparison
from catalog.contrasting import Bridge, Judged, Trained, mean_log_rank, ranks_of
from catalog.encoders.protocol import TextEncoder, Vectors
from catalog.fitted import array_pack, array_unpack, fitted_drop, fitted_save
from catalog.models import Embedding, Space, TrainedBridge
from catalog.signals import held_out_of

logger = logging.getLogger(__name__)

TRAINED_WEIGHTS, TRAINED_CENTRE = "trained_weights", "trained_text_mean"
TRAINED = "trained"
# A rank among more tracks than this says little more, and they'd take memory.
MAX_RANKED = 50_000


class BridgeRefused(Exception):
    """A bridge can't become current. The message says why."""


def ranked_tracks(
    space: Space, spoken: Sequence[int]
) -> tuple[dict[int, int], Vectors]:
    """Return the vectors among which tracks are ranked, and each track's row there.

    All of the space, or MAX_RANKED by a digest of their ids, with those spoken of.
    Returns {track id: row} and (n, d) float32.
    """
    by_chance = MD5(Cast("track_id", CharField()))
    held = Embedding.objects.filter(space=space)
    some = held.order_by(by_chance).values_list("track_id", "vector")[:MAX_RANKED]
    rows = dict(some)
    rows |= dict(held.filter(track__in=spoken).values_list("track_id", "vector"))
    ids = sorted(rows)
    audio = np.array([np.asarray(rows[pk], np.float32) for pk in ids], np.float32)
    return {pk: row for row, pk in enumerate(ids)}, audio


def bridge_store(
    trained: Trained,
    comparison: Comparison,
    *,
    space: Space,
    text_model: str,
    learned_from: str,
    seed: int,
    held_out: Sequence[tuple[str, Sequence[int]]],
) -> TrainedBridge:
    """Store a trained bridge beside what serves. It doesn't become current."""
    epochs = {"epochs": trained.epochs, "best_epoch": trained.best_epoch}
    return TrainedBridge.objects.create(
        space=space,
        text_model=text_model,
        learned_from=learned_from,
        seed=seed,
        arrays={
            TRAINED_WEIGHTS: array_pack(trained.bridge.weights),
            TRAINED_CENTRE: array_pack(trained.bridge.centre),
        },
        figures=asdict(comparison) | epochs,
        held_out=[[text, list(tracks)] for text, tracks in held_out],
        is_offered=comparison.is_better,
    )


@transaction.atomic
def bridge_use(number: int, *, is_forced: bool = False) -> TrainedBridge:
    """Make a trained bridge the one that its space's words take, at once everywhere.

    Raises BridgeRefused where there is none, or it wasn't better and isn't forced.
    """
    lock_until_commit(Lock.BRIDGE_SWITCH)
    bridge = TrainedBridge.objects.filter(pk=number).select_related("space").first()
    if bridge is None:
        raise BridgeRefused(f"There is no trained bridge {number}.")
    if not bridge.is_offered and not is_forced:
        raise BridgeRefused(
            f"Bridge {number} wasn't better than the one it began with."
        )
    held = TrainedBridge.objects.filter(space=bridge.space, is_current=True)
    before = held.select_for_update().first()
    if before == bridge:
        return bridge
    bridge.before = before
    _serve(bridge)
    bridge.save(update_fields=("before",))
    logger.info("%s serves in %s in place of %s", bridge, bridge.space, before)
    return bridge


@transaction.atomic
def bridge_back(space: Space) -> TrainedBridge | None:
    """Go back to what served before the current trained bridge.

    Returns the trained bridge that serves now, None where the catalog's own does. Raises
    BridgeRefused where none is current.
    """
    lock_until_commit(Lock.BRIDGE_SWITCH)
    held = TrainedBridge.objects.filter(space=space, is_current=True)
    current = held.select_related("before").first()
    if current is None:
        raise BridgeRefused(f"No trained bridge serves in {space}.")
    if current.before is None:
        _serve_own(space)
    else:
        _serve(current.before)
    return current.before


def bridges_review(space: Space, encoder: TextEncoder, own: Bridge) -> None:
    """After a refit, keep the current trained bridge only if it is still better.

    own: the catalog's bridge as it is fitted now. Better: on the texts and tracks that it
    was judged by, as far as they are there, by the mean log2 of ranks. Otherwise the
    catalog's own serves, and the trained one says why.
    """
    current = TrainedBridge.objects.filter(space=space, is_current=True).first()
    if current is None:
        return
    reason = _outdone(current, space, encoder, own)
    if not reason:
        return
    with transaction.atomic():
        lock_until_commit(Lock.BRIDGE_SWITCH)
        mine = TrainedBridge.objects.filter(pk=current.pk, is_current=True)
        if mine.update(ended=reason):
            _serve_own(space)
            logger.warning("%s serves in %s no more: %s", current, space, reason)


def bridge_of(trained: TrainedBridge, *, is_joint: bool) -> Bridge:
    """Return a stored bridge."""
    return Bridge(
        array_unpack(trained.arrays[TRAINED_WEIGHTS]),
        array_unpack(trained.arrays[TRAINED_CENTRE]),
        is_joint,
    )


def _outdone(
    current: TrainedBridge, space: Space, encoder: TextEncoder, own: Bridge
) -> str:
    """Say why a trained bridge should serve no more; "" where it still is better."""
    if current.text_model != encoder.model_id:
        return f"It was trained for the words of {current.text_model}."
    held_out = current.held_out or held_out_of(current)
    spoken = [track for _, tracks in held_out for track in tracks]
    rows, audio = ranked_tracks(space, spoken)
    told = _judged(held_out, rows, encoder)
    if told is None:
        return "None of the tracks that it was judged by is in the space any more."
    mine = bridge_of(current, is_joint=own.is_joint)
    if mine.weights.shape != own.weights.shape:
        return "It was trained for other vectors."
    now = mean_log_rank(ranks_of(mine, audio, told))
    fitted = mean_log_rank(ranks_of(own, audio, told))
    if now < fitted:
        return ""
    return (
        f"The catalog's own, fitted anew, is as good on the people that it was judged"
        f" by: a typical rank of {2**fitted:.0f} beside {2**now:.0f}."
    )


def _judged(
    held_out: Sequence[tuple[str, Sequence[int]]],
    rows: Mapping[int, int],
    encoder: TextEncoder,
) -> Judged | None:
    kept = [
        (text, np.array(sorted(rows[pk] for pk in tracks if pk in rows), np.intp))
        for text, tracks in held_out
    ]
    kept = [(text, tracks) for text, tracks in kept if len(tracks)]
    if not kept:
        return None
    none: NDArray[np.intp] = np.array([], np.intp)
    return Judged(
        text=np.asarray(encoder.encode_text([text for text, _ in kept]), np.float32),
        approved=[tracks for _, tracks in kept],
        refused=[none] * len(kept),
        weight=np.ones(len(kept), np.float32),
    )


def _serve(bridge: TrainedBridge) -> None:
    """Let a trained bridge serve. In a transaction, under Lock.BRIDGE_SWITCH."""
    others = TrainedBridge.objects.filter(space=bridge.space_id, is_current=True)
    others.update(is_current=False)
    TrainedBridge.objects.filter(pk=bridge.pk).update(is_current=True, ended="")
    bridge.is_current = True
    facts = {"number": bridge.pk, "text_model": bridge.text_model}
    arrays = {name: array_unpack(packed) for name, packed in bridge.arrays.items()}
    fitted_save(bridge.space, {**arrays, TRAINED: facts})


def _serve_own(space: Space) -> None:
    """Let the catalog's own bridge serve. In a transaction, under Lock.BRIDGE_SWITCH."""
    held = TrainedBridge.objects.filter(space=space, is_current=True)
    held.update(is_current=False)
    fitted_drop(space, (TRAINED_WEIGHTS, TRAINED_CENTRE, TRAINED))
