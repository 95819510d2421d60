"""What "low" and "high" mean in this catalog: quantiles of its attributes.

A catalog of ambient music and one of metal disagree about "energetic"; a wish is
therefore put in quantiles and turned into units here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from django.core.cache import cache
from django.db import connection

from catalog.search.query import Attribute

ATTRIBUTES: tuple[Attribute, ...] = (
    "energy",
    "valence",
    "tempo_bpm",
    "danceability",
    "acousticness",
    "instrumentalness",
    "loudness_lufs",
    "popularity",
)
FRACTIONS = tuple(i / 20 for i in range(21))

# Quantiles move slowly; this only spares a scan per message while music streams in.
CACHE_S = 15


@dataclass(frozen=True)
class Levels:
    """Quantiles at every twentieth, by attribute; attributes nobody has are absent."""

    quantiles: Mapping[Attribute, tuple[float, ...]]

    def at(self, attribute: Attribute, fraction: float) -> float | None:
        """Return the value below which a fraction (0..1) of the tracks lies."""
        values = self.quantiles.get(attribute)
        if values is None:
            return None
        return float(np.interp(fraction, FRACTIONS, values))

    def fraction_of(self, attribute: Attribute, value: float) -> float | None:
        """Return the fraction (0..1) of the tracks that lies below a value."""
        values = self.quantiles.get(attribute)
        if values is None:
            return None
        below = np.searchsorted(values, value, "left")
        upto = np.searchsorted(values, value, "right")
        if upto > below:  # the value is one of the quantiles: the middle of its run
            return float((FRACTIONS[below] + FRACTIONS[upto - 1]) / 2)
        return float(np.interp(value, values, FRACTIONS))


def attribute_levels() -> Levels:
    """Measure the catalog's quantiles. One scan of the tracks, kept 15 seconds."""
    found = cache.get(cache_key())
    if not isinstance(found, Levels):
        found = _measured()
        cache.set(cache_key(), found, CACHE_S)
    return found


def cache_key() -> str:
    """Return where the quantiles of this database are kept."""
    return f"attribute-levels:{connection.settings_dict['NAME']}"


def _measured() -> Levels:
    fractions = "ARRAY[" + ",".join(map(str, FRACTIONS)) + "]"
    columns = ", ".join(
        f"percentile_cont({fractions}) WITHIN GROUP (ORDER BY {attribute})"
        for attribute in ATTRIBUTES
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM catalog_track WHERE vanished_at IS NULL")  # noqa: S608 (constants)
        row = cursor.fetchone()
    return Levels(
        {
            attribute: tuple(values)
            for attribute, values in zip(ATTRIBUTES, row, strict=True)
            if values is not None
        }
    )
