"""What gives songs their places: the current audio space, and words where it has none.

A song that nobody listened to is placed by its words where the bridge leads from them
into the audio space. Where hardly a song was listened to, the map is one of words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog.bridge import text_to_audio
from catalog.columns.reading import vectors_of
from catalog.encoders.protocol import Vectors
from catalog.findable import findable_tracks
from catalog.models import Embedding, Space
from catalog.spaces import current_space

# Fewer songs are no landscape.
MIN_SONGS = 24
CHUNK = 5_000


@dataclass(frozen=True)
class Source:
    """A space whose songs are drawn, and one of words that leads into it, if any."""

    space: Space
    words: Space | None = None


@dataclass(frozen=True)
class Chunk:
    """Some songs with a place in the space.

    ids: ascending; vectors: (n, d); by_words: how many of them came over the bridge;
    left_out: how many songs between these have no place.
    """

    ids: NDArray[np.int64]
    vectors: Vectors
    by_words: int
    left_out: int


def map_source() -> Source | None:
    """Return what the catalog can be drawn by; None where nothing is large enough.

    The space of words serves where too few songs were listened to.
    """
    audio, text = current_space(Space.Kind.AUDIO), current_space(Space.Kind.TEXT)
    if audio is not None and _is_enough(audio):
        is_bridged = (
            text is not None and text_to_audio(audio, _nothing(text)) is not None
        )
        return Source(audio, text if is_bridged else None)
    return Source(text) if text is not None and _is_enough(text) else None


def source_count(source: Source) -> int:
    """Count the songs that a source gives a place. Looks at each vector's row."""
    spaces = [space for space in (source.space, source.words) if space]
    rows = Embedding.objects.filter(space__in=spaces, track__vanished_at=None)
    return rows.values("track").distinct().count()


def source_chunks(source: Source) -> Iterator[Chunk]:
    """Read the songs that have a place, by ascending id. Two or three queries a chunk."""
    songs, last = findable_tracks().order_by("pk").values_list("pk", flat=True), 0
    while found := list(songs.filter(pk__gt=last)[:CHUNK]):
        yield _chunk(source, np.array(found, np.int64))
        last = found[-1]


def _chunk(source: Source, ids: NDArray[np.int64]) -> Chunk:
    known, vectors = vectors_of(source.space.pk, ids, source.space.dimensions)
    by_words = 0
    if source.words is not None:
        rest = np.setdiff1d(ids, known, assume_unique=True)
        told, words = vectors_of(source.words.pk, rest, source.words.dimensions)
        moved = text_to_audio(source.space, words) if len(told) else None
        if moved is not None:
            known = np.concatenate((known, told))
            vectors = np.concatenate((vectors, moved))
            by_words = len(told)
    order = np.argsort(known)
    return Chunk(known[order], vectors[order], by_words, len(ids) - len(known))


def _nothing(text: Space) -> Vectors:
    return np.zeros((1, text.dimensions), np.float32)


def _is_enough(space: Space) -> bool:
    rows = Embedding.objects.filter(space=space, track__vanished_at=None)
    return len(rows.values_list("pk")[:MIN_SONGS]) == MIN_SONGS
