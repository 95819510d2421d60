"""Measure a folder of labelled recordings, by any encoder and by the baseline."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from catalog.encoders import (
    FAMILIES,
    audio_encoder,
    audio_encoder_of,
    layout_of,
)
from catalog.encoders.descriptors import DescriptorsEncoder
from catalog.encoders.protocol import AudioEncoder, Layout, Vectors
from catalog.encoders.weights import ModelUnusable
from catalog.evaluation.audio.labels import (
    Labelled,
    collection_read,
    group_recordings,
    part_shared,
)
from catalog.evaluation.audio.listening import (
    BASELINE,
    Heard,
    describe_files,
    encode_files,
)
from catalog.evaluation.audio.measures import chance, measure_space
from catalog.evaluation.failure import CannotEvaluate

Say = Callable[[str], None]


@dataclass(frozen=True)
class Options:
    """What to measure and how; see the command's help."""

    encoders: tuple[AudioEncoder, ...] = (DescriptorsEncoder(),)
    labels_from: str = "auto"
    artist_pattern: str = ""
    folds: int = 5
    seeds: int = 10
    workers: int = 0


def evaluate_audio(folder: Path, options: Options, *, say: Say) -> dict[str, object]:
    """Return the figures of each space and of the baseline, ready for JSON.

    say is told of progress, a line at a time. Raises CannotEvaluate.
    """
    encoders = {_shown_name(encoder): encoder for encoder in options.encoders}
    for chosen in encoders.values():
        _load(chosen)
    collection = collection_read(folder, labels_from=options.labels_from)
    started = time.monotonic()
    heard = _listen(collection.recordings, options.workers, say)
    listening_s = time.monotonic() - started
    refused = {r.name: heard[r].reason for r in heard if heard[r].reason}
    kept, alone = part_shared([r for r in heard if not heard[r].reason])
    labels = [recording.label for recording in kept]
    if len(set(labels)) < 2:
        raise CannotEvaluate(
            f"{len(refused)} recordings can't be read, and fewer than two labels with "
            "two recordings each are left."
        )
    groups = group_recordings(
        kept,
        [heard[recording].artist for recording in kept],
        artist_pattern=options.artist_pattern,
    )
    spaces: dict[str, object] = {}
    for name, encoder in (*encoders.items(), (BASELINE, None)):
        say(f"measuring {name}")
        vectors = _vectors(name, encoder, [heard[r] for r in kept])
        figures = measure_space(
            vectors,
            labels,
            groups.names,
            is_standardised=encoder is None or encoder.is_standardised,
            layout=_layout(encoder),
            folds=options.folds,
            seeds=options.seeds,
        )
        spaces[name] = {"dimensions": vectors.shape[1], **figures.as_json()}
    return {
        "evaluation": "audio",
        "folder": folder.name,
        "recordings": len(kept),
        "labels": dict(sorted(Counter(labels).items())),
        "labels_from": collection.labels_from,
        "grouped_by": groups.kind or None,
        "groups": len(set(groups.names)),
        "folds": figures.folds,
        "seeds": options.seeds,
        "chance": chance(labels),
        "spaces": spaces,
        "refused": refused,
        "left_out": [*collection.left_out, *(recording.name for recording in alone)],
        "listening_s": round(listening_s, 1),
        "seconds": round(time.monotonic() - started, 1),
    }


def encoder_named(name: str) -> AudioEncoder:
    """Return an encoder by its family, or the one in use by its slug or model.

    Loads nothing. A family that is the site's own comes with the site's model. Raises
    CannotEvaluate for a name that no encoder has.
    """
    chosen = audio_encoder()
    if name in (chosen.family, chosen.slug, chosen.model_id):
        return chosen
    if name in FAMILIES:
        return audio_encoder_of(name)
    if name == DescriptorsEncoder.slug:
        return DescriptorsEncoder()
    known = ", ".join(sorted({*FAMILIES, chosen.slug}))
    raise CannotEvaluate(f"No encoder is called {name}: there are {known}.")


def _shown_name(encoder: AudioEncoder) -> str:
    # The descriptors' figures keep their name from version to version.
    return encoder.family if encoder.family == "descriptors" else encoder.slug


def _layout(encoder: AudioEncoder | None) -> Layout | None:
    if encoder is None or not encoder.is_standardised:
        return None
    return layout_of(encoder.family, encoder.revision)


def _load(encoder: AudioEncoder) -> None:
    # Before an hour of listening, not after it.
    try:
        encoder.load()
    except ModelUnusable as error:
        raise CannotEvaluate(str(error)) from error


def _listen(
    recordings: Sequence[Labelled], workers: int, say: Say
) -> dict[Labelled, Heard]:
    found: dict[Labelled, Heard] = {}
    step = max(1, len(recordings) // 20)
    paths = [recording.path for recording in recordings]
    heard = describe_files(paths, workers=workers)
    for recording, one in zip(recordings, heard, strict=True):
        found[recording] = one
        if one.reason:
            say(f"{recording.name}: {one.reason}")
        if len(found) % step == 0 or len(found) == len(recordings):
            say(f"listened to {len(found)} of {len(recordings)}")
    return found


def _vectors(
    name: str, encoder: AudioEncoder | None, heard: Sequence[Heard]
) -> Vectors:
    if encoder is None:
        rows = [h.baseline for h in heard]
    elif isinstance(encoder, DescriptorsEncoder):
        rows = [h.descriptors for h in heard]
    else:
        rows = list(encode_files([h.path for h in heard], encoder=encoder))
    vectors = np.stack([row for row in rows if row is not None])
    if not np.isfinite(vectors).all():
        raise CannotEvaluate(f"{name} gives numbers that aren't finite.")
    return vectors
