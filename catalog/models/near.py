"""The trigrams of names, as indexes and searches must both write them.

`catalog_trigrams` is a function of the database (migration 0022): an immutable one can
be indexed, without an extension and without a column that imports would have to fill.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, TextField

# Put before and after a name, so that its edges make trigrams of their own.
PADDED = "  {} "


def key_trigrams() -> Func:
    """Return the trigrams of a name's key, written without its spaces."""
    return Func(
        F("key"), function="catalog_trigrams", output_field=ArrayField(TextField())
    )


def trigrams(padded: str) -> list[str]:
    """Return the trigrams of some characters."""
    return [padded[i : i + 3] for i in range(len(padded) - 2)]
