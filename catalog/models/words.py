"""The words of names and paths, as indexes and searches must both write them.

PostgreSQL uses an index on an expression only for that very expression, so there is
one function for each, and no other place spells it.
"""

from __future__ import annotations

from django.contrib.postgres.search import SearchVector
from django.db.models import F, Func, TextField, Value

# Between title and artist of a song key.
PART = " | "
# The text parser takes "/a/b-c.flac" for one word; a listener means three.
PARTING = "/\\_.-:"


def key_words() -> SearchVector:
    """Return the words of a name's key."""
    return SearchVector("key", config="simple")


def song_title() -> Func:
    """Return the title that a song key holds: without version, remaster and guests."""
    return Func(
        F("song_key"),
        Value(PART),
        Value(1),
        function="split_part",
        output_field=TextField(),
    )


def path_words() -> SearchVector:
    """Return the words of a source's key, which may be a path."""
    parted = Func(
        F("key"),
        Value(PARTING),
        Value(" " * len(PARTING)),
        function="translate",
        output_field=TextField(),
    )
    return SearchVector(parted, config="simple")
