"""Draw the map of the catalog anew, in stages that can be broken off at any time.

The rule of this file: what people see is one row, replaced in one transaction at the
end. Whatever ends a drawing before that leaves the map as it was.
"""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

import numpy as np
from django.db import transaction
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from catalog.encoders.protocol import Vectors
from catalog.maps.aligning import aligned, framed
from catalog.maps.axes import axes_fit
from catalog.maps.colours import families_of, feelings_of, genre_keys, legend_of
from catalog.maps.layout import layout, placed_among
from catalog.maps.packing import (
    Points,
    compressed,
    digest_of,
    packed,
    places_unpacked,
)
from catalog.maps.reading import map_current
from catalog.maps.sources import (
    CHUNK,
    Chunk,
    Source,
    map_source,
    source_chunks,
    source_count,
)
from catalog.models import CatalogMap

# The same rule as the bridge's: drawn anew when the catalog has grown by a fifth.
REDRAW_GROWTH = 1.2
# So many songs are laid out among each other; more are put amid those that they are most
# like. A digest of the id chooses, so that they remain the same while the catalog grows.
LAID_OUT = 30_000
# Which share of the work is done where a stage ends.
READ, GATHERED, LAID = 0.05, 0.15, 0.9


class Halted(Exception):
    """The drawing was asked to stop."""


@dataclass(frozen=True)
class Pace:
    """How a drawing tells how far it is, and learns that it should stop.

    on_progress: takes a share in 0..1.
    """

    on_progress: Callable[[float], None]
    is_stopping: Callable[[], bool]

    def within(self, first: float, last: float) -> Callable[[float], None]:
        """Return what a stage calls with its own share, as a part of the whole.

        It raises Halted once the drawing was asked to stop.
        """

        def tell(share: float) -> None:
            self.on_progress(first + (last - first) * min(1.0, share))
            if self.is_stopping():
                raise Halted

        return tell


@dataclass(frozen=True)
class Songs:
    """What is drawn, by ascending id, and how many songs aren't.

    points: (n, k) along the axes. families: of genres, "" for none; feelings: (n, 2).
    """

    ids: NDArray[np.int64]
    points: Vectors
    families: Sequence[str]
    feelings: NDArray[np.float64]
    by_words: int
    left_out: int


def map_is_due() -> bool:
    """Say whether the catalog can be drawn and has no map, or has outgrown it."""
    held = map_current()
    if held is None:
        return map_source() is not None
    return map_is_outgrown(held)


def map_is_outgrown(held: CatalogMap) -> bool:
    """Say whether the catalog isn't what a map shows any more. Counts vectors.

    It isn't where the space was switched, or holds a fifth more songs or fewer.
    """
    source = map_source()
    if source is None:
        return False
    if held.space_id != source.space.pk:
        return True
    count = source_count(source)
    return count >= held.count * REDRAW_GROWTH or count * REDRAW_GROWTH <= held.count


def map_make(
    *,
    on_progress: Callable[[float], None] = lambda _share: None,
    is_stopping: Callable[[], bool] = lambda: False,
) -> CatalogMap | None:
    """Draw the catalog, and put the map in the place of the one before.

    None where no space holds enough songs, or where it was stopped. The same catalog
    gives the same map: nothing is left to chance, and BLAS takes one thread, so that
    sums don't depend on the machine's cores. Call under Lock.MAP. Takes some 40 s of a
    core for 30,000 songs, and 1.2 ms for each one more; 128 MB of disk a million.
    """
    source = map_source()
    if source is None:
        return None
    pace = Pace(on_progress, is_stopping)
    try:
        with threadpool_limits(limits=1), tempfile.TemporaryFile() as file:
            songs = _gather(source, pace, file)
            return _save(source, songs, _places(songs, pace))
    except Halted:
        return None


def _gather(source: Source, pace: Pace, file: IO[bytes]) -> Songs:
    """Read all songs. Points lie in the file, as a million of them take 128 MB."""
    total = max(source_count(source), 1)
    tell = pace.within(0, READ)
    axes = axes_fit(chunk.vectors for chunk in _told(source, tell, total))
    keys = genre_keys()
    ids, families, feelings, by_words, left_out = [], list[str](), [], 0, 0
    for chunk in _told(source, pace.within(READ, GATHERED), total):
        file.write(axes.places(chunk.vectors).tobytes())
        ids.append(chunk.ids)
        families += families_of(chunk.ids.tolist(), keys)
        feelings.append(feelings_of(chunk.ids.tolist()))
        by_words += chunk.by_words
        left_out += chunk.left_out
    file.flush()
    count, width = sum(map(len, ids)), axes.directions.shape[1]
    return Songs(
        ids=np.concatenate(ids),
        points=np.memmap(file, np.float32, "r", shape=(count, width)),
        families=families,
        feelings=np.concatenate(feelings),
        by_words=by_words,
        left_out=left_out,
    )


def _told(source: Source, tell: Callable[[float], None], total: int) -> Iterator[Chunk]:
    done = 0
    for chunk in source_chunks(source):
        yield chunk
        done += len(chunk.ids)
        tell(done / total)


def _places(songs: Songs, pace: Pace) -> NDArray[np.float64]:
    """Return where songs lie in the unit square, turned as the map before."""
    count = len(songs.ids)
    is_laid = _digests(songs.ids) < LAID_OUT / count
    laid = np.asarray(songs.points[is_laid])
    places = np.empty((count, 2))
    ground = layout(laid, on_progress=pace.within(GATHERED, LAID))
    places[is_laid] = ground
    rest, tell = np.flatnonzero(~is_laid), pace.within(LAID, 1)
    for start in range(0, len(rest), CHUNK):
        rows = rest[start : start + CHUNK]
        places[rows] = placed_among(laid, ground, np.asarray(songs.points[rows]))
        tell(start / len(rest))
    before = CatalogMap.objects.first()
    if before is not None:
        old = places_unpacked(gzip.decompress(before.body))
        _, here, there = np.intersect1d(
            songs.ids,
            np.frombuffer(before.track_ids, "<i8"),
            assume_unique=True,
            return_indices=True,
        )
        places = aligned(places, old[there], shared=here)
    return framed(places)


def _digests(ids: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return a number in 0..1 for each id that doesn't depend on its neighbours.

    The end of MurmurHash3, which spreads bits evenly.
    """
    mixed = ids.astype(np.uint64)
    for factor in (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53):
        mixed ^= mixed >> np.uint64(33)
        mixed *= np.uint64(factor)
    mixed ^= mixed >> np.uint64(33)
    return mixed / 2.0**64


@transaction.atomic
def _save(source: Source, songs: Songs, places: NDArray[np.float64]) -> CatalogMap:
    genres, legend = legend_of(songs.families)
    made = CatalogMap.objects.create(
        space=source.space,
        count=len(songs.ids),
        by_words=songs.by_words,
        left_out=songs.left_out,
        track_ids=songs.ids.astype("<i8").tobytes(),
        body=b"",
    )
    # The body carries the map's own number, which is known only now.
    body = packed(Points(places, genres, legend, songs.feelings), number=made.pk)
    made.body, made.digest = compressed(body), digest_of(body)
    made.save(update_fields=("body", "digest"))
    CatalogMap.objects.filter(pk__lt=made.pk).delete()
    return made
