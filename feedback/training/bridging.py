"""Train a bridge on a release, and say whether it is better than the one in use.

The rule of this file: it is trained on the part "train", the epoch is chosen on
"validation", and only "test" says how good it is; no contributor is in two of them.
"""

from __future__ import annotations

from collections.abc import Callable
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
from catalog.trained_bridges import bridge_store, ranked_tracks
from feedback.models import Release
from feedback.releasing.parts import NAMES
from feedback.releasing.reading import ReleaseUnreadable, release_rows
from feedback.training.pairs import judged_of, said_of


class CannotTrain(Exception):
    """A bridge can't be trained on a release. The message says why."""


def release_train(
    number: int,
    *,
    seed: int,
    tell: Callable[[int, float], None] = lambda _epoch, _rank: None,
) -> TrainedBridge:
    """Train a bridge into the current audio space on a release, and store it.

    tell: as in bridge_train; what it raises ends the training, and the same call goes on
    from the last epoch. Raises CannotTrain.
    """
    space = current_space(Space.Kind.AUDIO)
    if space is None:
        raise CannotTrain("There is no audio space yet.")
    release = Release.objects.filter(number=number, status=Release.Status.DONE).first()
    if release is None:
        raise CannotTrain(f"There is no release {number}, or it isn't made yet.")
    with try_session_lock(Lock.BRIDGE_TRAINING, space.pk) as is_mine:
        if not is_mine:
            raise CannotTrain(f"A bridge into {space} is being trained already.")
        return _train(release, space, seed=seed, tell=tell)


def _train(
    release: Release, space: Space, *, seed: int, tell: Callable[[int, float], None]
) -> TrainedBridge:
    try:
        encoder = words_of(space)
        said = {name: said_of(release_rows(release, name)) for name in NAMES}
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
                f"Release {release.number} says nothing for training in its part"
                f' "{name}" of tracks that are in {space}: it needs more people.'
            )
    train, validation, test = (judged[name][0] for name in NAMES)
    start = _start(space, train.text.shape[1])
    trained = bridge_train(
        start,
        audio,
        train,
        validation,
        seed=seed,
        kept=Path(settings.TRAINING_ROOT) / f"release-{release.number}-{space.slug}.pt",
        tell=tell,
    )
    ids = np.array(sorted(places))
    return bridge_store(
        trained,
        bridges_compare(start, trained.bridge, audio, test, seed=seed),
        space=space,
        text_model=encoder.model_id,
        learned_from=f"release {release.number}",
        seed=seed,
        held_out=[
            (text, ids[rows].tolist())
            for text, rows in zip(judged["test"][1], test.approved, strict=True)
        ],
    )


def _start(space: Space, width: int) -> Bridge:
    """Return the bridge in use, or one that says nothing where none is."""
    held = bridge_in_use(space)
    if held is not None and held.weights.shape[0] == width:
        return held
    is_joint = joint_encoder_of(space.encoder, space.model_id) is not None
    nothing: Any = np.zeros((width, space.dimensions), np.float32)
    return Bridge(nothing, np.zeros(width, np.float32), is_joint)
