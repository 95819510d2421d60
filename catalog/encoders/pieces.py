"""Windows cut to what a model was trained to hear, and put together again.

The rule of this file: what a recording's vector is depends on its own windows alone,
and not on their order or on which recordings share its batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from catalog.audio.excerpts import Excerpts, Samples
from catalog.encoders.protocol import Vectors, unit_rows


def window_pieces(window: Samples, *, size: int) -> list[Samples]:
    """Cut a window into pieces of `size` samples that cover it evenly.

    They overlap where its length is no multiple. One that is shorter stays whole.
    """
    if len(window) <= size:
        return [window]
    count = -(-len(window) // size)
    starts = np.linspace(0, len(window) - size, count).round().astype(int)
    return [window[start : start + size] for start in starts]


def recordings_encode(
    recordings: Sequence[Excerpts],
    *,
    rate_hz: int,
    piece_s: float,
    dimensions: int,
    batch: int,
    encode: Callable[[list[Samples]], Vectors],
) -> Vectors:
    """Encode all recordings' pieces in batches of one length, and average them.

    encode: of at most `batch` pieces of one length, gives (n, dimensions). Returns
    (n, dimensions) float32 of unit length. Raises ValueError for another sample rate.
    """
    for recording in recordings:
        if recording.rate_hz != rate_hz:
            raise ValueError(
                f"this encoder hears {rate_hz} Hz, got {recording.rate_hz} Hz"
            )
    size = round(piece_s * rate_hz)
    pieces: list[Samples] = []
    owners: list[int] = []
    for owner, recording in enumerate(recordings):
        for window in recording.windows:
            cut = window_pieces(window, size=size)
            pieces += cut
            owners += [owner] * len(cut)
    sums = np.zeros((len(recordings), dimensions))
    for places in _batches([len(piece) for piece in pieces], batch):
        vectors = encode([pieces[place] for place in places]).astype(np.float64)
        np.add.at(sums, [owners[place] for place in places], unit_rows(vectors))
    return unit_rows(sums).astype(np.float32)


def _batches(lengths: Sequence[int], batch: int) -> Iterator[list[int]]:
    """Group places by length, so that no piece is padded for another's sake."""
    by_length: dict[int, list[int]] = {}
    for place, length in enumerate(lengths):
        by_length.setdefault(length, []).append(place)
    for places in by_length.values():
        for start in range(0, len(places), batch):
            yield places[start : start + batch]
