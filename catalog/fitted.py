"""What a space learned from the catalog, as arrays by name.

Stored as base64 of little-endian float32 in `Space.fitted`. Reading it costs one query
of up to half a megabyte, so decoded arrays are kept per process under the space's
`fitted_at`: a newer fit has a newer key, and a stale one is never served for it.
"""

from __future__ import annotations

import base64
from collections.abc import Collection, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from catalog.models import Space

Array = NDArray[np.float32]


def array_pack(array: Array) -> dict[str, Any]:
    """Return an array as JSON: its shape, and base64 of its float32 values."""
    data = np.ascontiguousarray(array, dtype="<f4")
    return {"shape": list(data.shape), "f4": base64.b64encode(data.tobytes()).decode()}


def array_unpack(packed: Mapping[str, Any]) -> Array:
    """Return the array that array_pack packed. It can't be written to."""
    flat = np.frombuffer(base64.b64decode(packed["f4"]), dtype="<f4")
    return flat.reshape(packed["shape"]).astype(np.float32, copy=False)


def fitted_arrays(space: Space) -> Mapping[str, Array]:
    """Return the arrays that the space learned, by name; none where nothing is fitted.

    One query when `space.fitted_at` is new to this process, none otherwise.
    """
    if space.fitted_at is None:
        return {}
    return _arrays(space.pk, space.fitted_at)


@lru_cache(maxsize=8)
def _arrays(space_id: int, fitted_at: datetime) -> Mapping[str, Array]:
    fitted = Space.objects.values_list("fitted", flat=True).get(pk=space_id)
    return {
        name: array_unpack(value)
        for name, value in fitted.items()
        if isinstance(value, dict) and "f4" in value
    }


def fitted_save(space: Space, parts: Mapping[str, Any]) -> None:
    """Add or replace parts of what a space learned. Call inside a transaction.

    parts: arrays (packed here) and plain JSON values, by name. Other parts stay.
    """
    row = Space.objects.select_for_update().get(pk=space.pk)
    row.fitted |= {
        name: array_pack(value) if isinstance(value, np.ndarray) else value
        for name, value in parts.items()
    }
    _save(row, space)


def fitted_drop(space: Space, names: Collection[str]) -> None:
    """Take parts away from what a space learned. Call inside a transaction."""
    row = Space.objects.select_for_update().get(pk=space.pk)
    row.fitted = {name: held for name, held in row.fitted.items() if name not in names}
    _save(row, space)


def _save(row: Space, space: Space) -> None:
    row.fitted_at = timezone.now()
    row.save(update_fields=("fitted", "fitted_at"))
    space.fitted_at = row.fitted_at
