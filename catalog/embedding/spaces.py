"""Which encoder made a space, which space an encoder fills, and the switch."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from catalog.advisory import Lock, lock_until_commit
from catalog.columns.keeping import BASE_FROM, base_make
from catalog.encoders import audio_encoder_of
from catalog.encoders.protocol import AudioEncoder
from catalog.findable import findable_tracks
from catalog.models import Embedding, Space
from catalog.spaces import (
    SpaceMismatch,
    current_space,
    space_ensure,
    space_make_current,
)


class SwitchRefused(Exception):
    """A space isn't fit to be the current one; the message says why."""


@dataclass(frozen=True)
class Switched:
    """What a switch did: from which space to which, and the tracks in each."""

    before: Space | None
    after: Space
    tracks_before: int
    tracks_after: int


def encoder_space_ensure(encoder: AudioEncoder) -> Space:
    """Return the space that an encoder fills, made if it is new.

    It becomes current where no audio space is, or the current one is empty. May fetch
    the model's files: raises ModelUnusable.
    """
    current = current_space(Space.Kind.AUDIO)
    is_first = current is None or not current.embeddings.exists()
    return space_ensure(
        slug=encoder.slug,
        kind=Space.Kind.AUDIO,
        model_id=encoder.model_id,
        revision=encoder.revision,
        dimensions=encoder.dimensions,
        encoder=encoder.family,
        make_current=is_first,
    )


def space_encoder(space: Space) -> AudioEncoder:
    """Return the encoder that made an audio space. Loads nothing, but may fetch files.

    Raises SpaceMismatch where it is no encoder's, or the model's weights are others
    than the space was made with; ModelUnusable where they can't be had.
    """
    if not space.encoder:
        raise SpaceMismatch(f"{space.slug} was made by no audio encoder known here.")
    encoder = audio_encoder_of(space.encoder, space.model_id)
    if (encoder.revision, encoder.dimensions) != (space.revision, space.dimensions):
        raise SpaceMismatch(
            f"{space.slug} was made by revision {space.revision} of {space.model_id}, "
            f"and what is there now is {encoder.revision}. `manage.py embed` makes a "
            "space of its own for it."
        )
    return encoder


def space_switch(slug: str, *, is_forced: bool = False) -> Switched:
    """Make a space the current one of its kind, at once for every reader.

    Raises SwitchRefused where there is none of that slug or, unless forced, where it
    holds fewer tracks than the present one.
    """
    wanted = Space.objects.defer("fitted").filter(slug=slug).first()
    if wanted is not None and findable_tracks().count() >= BASE_FROM:
        # Or else each process would read a large space anew, with a listener waiting.
        base_make(also=[wanted])
    with transaction.atomic():
        lock_until_commit(Lock.SPACE_NEW)
        space = Space.objects.defer("fitted").filter(slug=slug).first()
        if space is None:
            known = ", ".join(Space.objects.values_list("slug", flat=True)) or "none"
            raise SwitchRefused(f"There is no space {slug!r}. There are: {known}.")
        before = current_space(space.kind)
        count = Embedding.objects.filter(space=space).count()
        count_before = Embedding.objects.filter(space=before).count() if before else 0
        if count < count_before and not is_forced:
            raise SwitchRefused(
                f"{slug} holds {count} tracks, {before} holds {count_before}: those "
                "that lack would no longer be found by their sound. `manage.py embed "
                f"--space {slug}` brings them; --force switches all the same."
            )
        space_make_current(space)
    return Switched(before, space, count_before, count)
