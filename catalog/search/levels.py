"""What "low" and "high" mean in this catalog: quantiles of its attributes.

A catalog of ambient music and one of metal disagree about "energetic"; a wish is
therefore put in quantiles and turned into units here.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from catalog.columns.current import current_columns
from catalog.columns.view import View
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
KEPT_S = 15
# Enough for each twentieth to be right within half a percent of the tracks.
MEASURED_ROWS = 20_000


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
        found = self.fractions_of(attribute, np.array([value]))
        return None if found is None else float(found[0])

    def fractions_of(
        self, attribute: Attribute, values: NDArray[np.float64]
    ) -> NDArray[np.float64] | None:
        """Return the fractions (0..1) of the tracks that lie below values: (n,).

        A value that is itself one of the quantiles is in the middle of their run.
        """
        quantiles = self.quantiles.get(attribute)
        if quantiles is None:
            return None
        fractions = np.array(FRACTIONS)
        below = np.searchsorted(quantiles, values, "left")
        upto = np.searchsorted(quantiles, values, "right")
        between = np.interp(values, quantiles, fractions)
        last = len(fractions) - 1
        first_of_run = fractions[np.minimum(below, last)]
        last_of_run = fractions[np.maximum(upto - 1, 0)]
        is_one = upto > below
        return np.asarray(
            np.where(is_one, (first_of_run + last_of_run) / 2, between), np.float64
        )


# Until when, and what, by the database's name.
_kept: dict[str, tuple[float, Levels]] = {}


def attribute_levels(view: View | None = None) -> Levels:
    """Measure the catalog's quantiles, over evenly drawn tracks; kept 15 seconds.

    view: the caller's, if it has one.
    """
    name = connection.settings_dict["NAME"]
    until, found = _kept.get(name, (0.0, None))
    if found is None or time.monotonic() > until:
        found = _measured(view or current_columns().view)
        _kept[name] = (time.monotonic() + KEPT_S, found)
    return found


def levels_forget() -> None:
    """Let go of what this process has measured."""
    _kept.clear()


def _measured(view: View) -> Levels:
    rows = np.flatnonzero(view.is_there)
    rows = rows[:: max(1, len(rows) // MEASURED_ROWS)]
    found: dict[Attribute, tuple[float, ...]] = {}
    for attribute in ATTRIBUTES:
        values = view.number(attribute)[rows]
        values = values[~np.isnan(values)]
        if len(values):
            found[attribute] = tuple(np.quantile(values, FRACTIONS).tolist())
    return Levels(found)
