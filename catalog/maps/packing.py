"""The map as pages fetch it: one binary body.

All numbers are little-endian. The body begins with `PMAP`, a uint32 that is the length
of the header, and the header: JSON in UTF-8, padded with spaces to a multiple of four.

    {"format": 1, "map": its number, "count": n, "genres": [names],
     "middle": {"valence": 0.47, "energy": 0.62}}

Then n of each, one kind after the other, by ascending track id:

    x        uint16   0 is the left edge, 65535 the right one
    y        uint16   0 is the top
    genre    uint8    place in `genres`; 255: none is known
    valence  uint8    254 is 1.0; 255: nobody knows
    energy   uint8    the same

A song's number on the map is its place in these. Seven bytes a song, and gzip takes a
fifth off: 100,000 songs are about 0.6 MB.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

FORMAT = 1
MAGIC = b"PMAP"
EDGE = 65535
FULL = 254
UNKNOWN = 255
# The bytes hardly shrink further at higher levels.
LEVEL = 6


@dataclass(frozen=True)
class Points:
    """What is drawn. places: (n, 2) in 0..1; genres: (n,) uint8; feelings: (n, 2).

    feelings: valence and energy in 0..1, NaN where nobody knows.
    """

    places: NDArray[np.float64]
    genres: NDArray[np.uint8]
    genre_names: tuple[str, ...]
    feelings: NDArray[np.float64]


def packed(points: Points, *, number: int) -> bytes:
    """Return the body of a map of this number, not yet compressed."""
    header = json.dumps(
        {
            "format": FORMAT,
            "map": number,
            "count": len(points.places),
            "genres": points.genre_names,
            "middle": {
                "valence": _middle(points.feelings[:, 0]),
                "energy": _middle(points.feelings[:, 1]),
            },
        }
    ).encode()
    header += b" " * (-len(header) % 4)
    x, y = np.rint(points.places.clip(0, 1) * EDGE).astype("<u2").T
    levels = np.rint(points.feelings.clip(0, 1) * FULL)
    valence, energy = np.nan_to_num(levels, nan=UNKNOWN).astype(np.uint8).T
    columns = (x, y, points.genres, valence, energy)
    parts = (MAGIC, np.uint32(len(header)).astype("<u4").tobytes(), header)
    return b"".join((*parts, *(np.ascontiguousarray(c).tobytes() for c in columns)))


def places_unpacked(body: bytes) -> NDArray[np.float64]:
    """Return the (n, 2) places in 0..1 of a packed body."""
    length = int(np.frombuffer(body, "<u4", 1, offset=4)[0])
    count = json.loads(body[8 : 8 + length])["count"]
    flat = np.frombuffer(body, "<u2", 2 * count, offset=8 + length)
    return flat.reshape(2, count).T / EDGE


def compressed(body: bytes) -> bytes:
    """Return a body as it is stored and sent. The same body gives the same bytes."""
    return gzip.compress(body, LEVEL, mtime=0)


def digest_of(body: bytes) -> str:
    """Return what tells bodies apart: 32 letters."""
    return blake2b(body, digest_size=16).hexdigest()


def _middle(values: NDArray[np.float64]) -> float:
    """Return the median of what is known, a half where nothing is."""
    known = values[~np.isnan(values)]
    return round(float(np.median(known)), 3) if len(known) else 0.5
