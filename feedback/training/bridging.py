"""Train a bridge on a release, or on what was given for this site, and compare it.

The rule of this file: it is trained on the part "train", the epoch is chosen on
"validation", and only "test" says how good it is; no contributor is in two of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from catalog.advisory import Lock, try_session_lock
from catalog.bridge import bridge_in_use, words_of
from catalog.bridge_comparing import bridges_compare
from catalog.contrasting import Bridge, bridge_train
from catalog.encoders import joint_encoder_of
from catalog.encoders.weights import ModelUnusable
from catalog.models import Space, TrainedBridge
from catalog.spaces import SpaceMismatch, current_space
from catalog.trained_bridges import bridge_of, bridge_store, ranked_tracks
from feedback.models import Release
from feedback.releasing.parts import NAMES
from feedback.releasing.reading import ReleaseUnreadable, release_rows
from feedback.training.pairs import judged_of, said_of
from feedback.training.site import LEARNED_FROM, site_rows

Tell = Callable[[int, float], None]


class CannotTrain(Exception):
    """A bridge can't be trained. The message says why."""


@dataclass(frozen=True)
class _Source:
    """What is trained on. name: as people are told. rows: by part, read when it begins.

    keeps_words: whether the held-out texts may stay with the bridge.
    """

    name: str
    kept: str
    rows: Callable[[], dict[str, list[dict[str, Any]]]]
    keeps_words: bool = True


def _tell_nobody(_epoch: int, _rank: float) -> None:
    """Say nothing of how a training goes."""


def release_train(
    number: int, *, seed: int, tell: Tell = _tell_nobody
) -> TrainedBridge:
    """Train a bridge into the current audio space on a release, and store it.

    It begins with the one in use, but for what that learned of what was given for the
    site. tell: as in bridge_train; what it raises ends the training, and the same call
    goes on from the last epoch. Raises CannotTrain.
    """
    release = Release.objects.filter(number=number, status=Release.Status.DONE).first()
    if release is None:
        raise CannotTrain(f"There is no release {number}, or it isn't made yet.")
    source = _Source(
        name=f"release {number}",
        kept=f"release-{number}",
        rows=lambda: {name: release_rows(release, name) for name in NAMES},
    )
    return _train(source, seed=seed, tell=tell)


def site_train(*, seed: int, tell: Tell = _tell_nobody) -> TrainedBridge:
    """Train a bridge on what was given for this site and approved, and store it.

    No words of those by whom it is judged stay with it: a refit asks for them anew.
    Otherwise as release_train. Raises CannotTrain.
    """
    source = _Source(LEARNED_FROM, kept="site", rows=site_rows, keeps_words=False)
    return _train(source, seed=seed, tell=tell)


def _train(source: _Source, *, seed: int, tell: Tell) -> TrainedBridge:
    space = current_space(Space.Kind.AUDIO)
    if space is None:
        raise CannotTrain("There is no audio space yet.")
    with try_session_lock(Lock.BRIDGE_TRAINING, space.pk) as is_mine:
        if not is_mine:
            raise CannotTrain(f"A bridge into {space} is being trained already.")
        return _trained(source, space, seed=seed, tell=tell)


def _trained(source: _Source, space: Space, *, seed: int, tell: Tell) -> TrainedBridge:
    try:
        encoder = words_of(space)
        said = {name: said_of(rows) for name, rows in source.rows().items()}
    except (ModelUnusable, SpaceMismatch, ReleaseUnreadable) as error:
        raise CannotTrain(str(error)) from error
    spoken = [
        track
        for part in said.values()
        for one in part.values()
        for track in (*one.approved, *one.refused)
    ]
    places, audio = ranked_tracks(space, spoken)
    judged = {name: judged_of(part, places, encoder) for name, part in said.items()}
    for name in NAMES:
        if not judged[name][1]:
            raise CannotTrain(
                f"{source.name.capitalize()} says nothing for training in its part"
                f' "{name}" of tracks that are in {space}: it needs more people.'
            )
    train, validation, test = (judged[name][0] for name in NAMES)
    width = train.text.shape[1]
    in_use = _start(space, width)
    start = _unlearned(space, in_use)
    trained = bridge_train(
        start,
        audio,
        train,
        validation,
        seed=seed,
        kept=Path(settings.TRAINING_ROOT) / f"{source.kept}-{space.slug}.pt",
        tell=tell,
    )
    ids = np.array(sorted(places))
    return bridge_store(
        trained,
        bridges_compare(in_use, trained.bridge, audio, test, seed=seed),
        space=space,
        text_model=encoder.model_id,
        learned_from=source.name,
        seed=seed,
        held_out=[
            (text, ids[rows].tolist())
            for text, rows in zip(judged["test"][1], test.approved, strict=True)
        ]
        if source.keeps_words
        else [],
    )


def _start(space: Space, width: int) -> Bridge:
    """Return the bridge in use, or one that says nothing where none is."""
    held = bridge_in_use(space)
    if held is not None and held.weights.shape[0] == width:
        return held
    return _nothing(space, width)


def _nothing(space: Space, width: int) -> Bridge:
    is_joint = joint_encoder_of(space.encoder, space.model_id) is not None
    nothing: Any = np.zeros((width, space.dimensions), np.float32)
    return Bridge(nothing, np.zeros(width, np.float32), is_joint)


def _unlearned(space: Space, in_use: Bridge) -> Bridge:
    """Return what serves, but for what was learned of what was given for the site.

    That is what served before such bridges: somebody may have taken back what they gave.
    """
    held = TrainedBridge.objects.filter(space=space, is_current=True)
    served = held.select_related("before").first()
    if served is None or served.learned_from != LEARNED_FROM:
        return in_use
    while served is not None and served.learned_from == LEARNED_FROM:
        served = served.before
    if served is not None:
        return bridge_of(served, is_joint=in_use.is_joint)
    own = bridge_in_use(space, is_own=True)
    return own if own is not None else _nothing(space, in_use.weights.shape[0])
