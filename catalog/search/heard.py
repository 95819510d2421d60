"""Tracks that nobody tagged, heard as a genre.

A folder of one's own music often has no genre tags. Such a track may still answer
"something orchestral": where it sounds, by the bridge from words to audio, at least as
much like the word as most tracks do that are tagged with it.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from catalog.bridge import text_to_audio
from catalog.columns.postings import Rows
from catalog.columns.view import View
from catalog.encoders.text import text_vector
from catalog.genres import genre_name
from catalog.models import Space
from catalog.search.tag_ids import tag_ids_of

# As near as three quarters of the tagged ones are.
TAGGED_QUANTILE = 0.25
# So many of those are measured, evenly drawn.
TAGGED_MEASURED = 1000
# The cosine that is near enough where no track is tagged with the genre. Random
# pairs of standardised descriptors lie around 0.
UNTAGGED_FROM = 0.25
MOST_HEARD = 50


def heard_as(genres: Iterable[str], space: Space, view: View) -> Rows:
    """Return rows of untagged tracks that sound like one of the genres.

    None where the space has no bridge, or all tracks are tagged. A query a genre, and a
    text encoding the first time.
    """
    found: set[int] = set()
    untagged = view.is_there & ~view.flag("has_genre").astype(bool)
    if untagged.any():
        for genre in genres:
            words = f"{genre_name(genre)} music"
            meaning = text_vector(words)
            heard = text_to_audio(space, meaning[None, :], texts=[words])
            if heard is not None:
                found.update(_near(genre, space, heard[0], view, untagged))
    return np.array(sorted(found), np.int32)


def _near(
    genre: str, space: Space, vector: np.ndarray, view: View, untagged: np.ndarray
) -> list[int]:
    is_tagged = view.is_there & view.mask_with("tag", tag_ids_of([genre]))
    tagged = np.flatnonzero(is_tagged).astype(np.int32)
    tagged = tagged[:: max(1, len(tagged) // TAGGED_MEASURED)]
    cosines = view.cosines(space.pk, tagged, vector)
    cosines = cosines[~np.isnan(cosines)]
    least = (
        float(np.quantile(cosines, TAGGED_QUANTILE)) if len(cosines) else UNTAGGED_FROM
    )
    rows, near = view.nearest(space.pk, untagged, vector, limit=MOST_HEARD)
    heard: list[int] = rows[near >= least].tolist()
    return heard
