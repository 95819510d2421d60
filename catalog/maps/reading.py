"""The map as it is: which songs lie on it, and where a song lies."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from catalog.maps.packing import places_unpacked
from catalog.models import CatalogMap

BLOBS = ("track_ids", "body", "space__fitted")


def map_current() -> CatalogMap | None:
    """Return the map that pages show, without its blobs. One query."""
    return CatalogMap.objects.select_related("space").defer(*BLOBS).first()


@lru_cache(maxsize=2)
def map_ids(number: int) -> NDArray[np.int64]:
    """Return the track ids of a map, ascending; a song's number is its place.

    A query where this process asks for the first time: a map never changes. Raises
    CatalogMap.DoesNotExist where a newer one has taken its place.
    """
    ids = CatalogMap.objects.values_list("track_ids", flat=True).get(pk=number)
    return np.frombuffer(ids, "<i8").astype(np.int64)


def songs_on(number: int, track_ids: Sequence[int]) -> dict[int, int]:
    """Return the numbers on a map of those of the tracks that lie on it, by id."""
    ids, wanted = map_ids(number), np.array(track_ids, np.int64)
    places = np.searchsorted(ids, wanted).clip(max=len(ids) - 1)
    is_on = ids[places] == wanted
    return dict(zip(wanted[is_on].tolist(), places[is_on].tolist(), strict=True))


@lru_cache(maxsize=2)
def map_places(number: int) -> NDArray[np.float64]:
    """Return where the songs of a map lie: (n, 2) in 0..1, from the top left corner.

    A query where this process asks for the first time. Raises CatalogMap.DoesNotExist.
    """
    body = CatalogMap.objects.values_list("body", flat=True).get(pk=number)
    return places_unpacked(gzip.decompress(bytes(body)))
