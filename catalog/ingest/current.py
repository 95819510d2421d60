"""The spaces that imports fill: the descriptors', and one of the text encoder."""

from __future__ import annotations

from catalog.embedding.spaces import encoder_space_ensure
from catalog.encoders.descriptors import DescriptorsEncoder
from catalog.encoders.text import text_encoder
from catalog.models import Embedding, Space
from catalog.spaces import current_space, space_ensure, space_make_current


def audio_space_ensure() -> Space:
    """Return the descriptors' space. It becomes current if none is yet.

    Every import measures the descriptors, for the attributes come with them. A larger
    encoder's space is filled afterwards, by `catalog/embedding`.
    """
    return encoder_space_ensure(DescriptorsEncoder())


def text_space_ensure() -> Space:
    """Return the text encoder's space. It becomes current if none is yet."""
    encoder = text_encoder()
    return space_ensure(
        slug=encoder.slug,
        kind=Space.Kind.TEXT,
        model_id=encoder.model_id,
        revision=encoder.revision,
        dimensions=encoder.dimensions,
        make_current=current_space(Space.Kind.TEXT) is None,
    )


def space_switch_if_full(space: Space) -> bool:
    """Make a space current once it holds as many tracks as the one before it.

    Only a newer revision takes over by itself: between encoders a person chooses.
    """
    current = current_space(space.kind)
    if current is None or current.pk == space.pk or current.encoder != space.encoder:
        return False
    counts = [Embedding.objects.filter(space=s).count() for s in (space, current)]
    if counts[0] < counts[1]:
        return False
    space_make_current(space)
    return True
