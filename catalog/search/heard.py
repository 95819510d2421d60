"""Tracks that nobody tagged, taken for a genre by their sound or by who made them.

A folder of one's own music often has no genre tags. Such a track may still answer
"something orchestral": where it sounds, by the bridge from words to audio, at least as
much like the word as most tracks do that are tagged with it. Or its artist is known for
the genre, to anybody who knows the name.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from catalog.bridge import text_to_audio
from catalog.columns.postings import NO_ROWS, Rows
from catalog.columns.view import Mask, View
from catalog.encoders.text import text_vector
from catalog.genres import genre_name
from catalog.known_artists import artists_known_for
from catalog.models import Artist, Space
from catalog.search.tag_ids import tag_ids_of

# As near as three quarters of the tagged ones are.
TAGGED_QUANTILE = 0.25
# So many of those are measured, evenly drawn.
TAGGED_MEASURED = 1000
# The cosine that is near enough where no track is tagged with the genre. Random
# pairs of standardised descriptors lie around 0.
UNTAGGED_FROM = 0.25
MOST_HEARD = 50


def taken_for(genres: Iterable[str], space: Space | None, view: View) -> Rows:
    """Return rows of untagged tracks that count as of one of the genres, ascending.

    None where all tracks are tagged. space: of sound; without one, or where it has no
    bridge, artists alone tell. Two queries a genre, and a text encoding the first time.
    """
    untagged = view.is_there & ~view.flag("has_genre").astype(bool)
    if not untagged.any():
        return NO_ROWS
    genres = tuple(genres)
    keys = frozenset[str]().union(*map(artists_known_for, genres))
    artists = Artist.objects.filter(key__in=keys).values_list("pk", flat=True)
    known = np.flatnonzero(untagged & view.mask_with("artist", artists))
    heard = [] if space is None else _heard_as(genres, space, view, untagged)
    return np.union1d(known, heard).astype(np.int32)


def _heard_as(
    genres: Iterable[str], space: Space, view: View, untagged: Mask
) -> list[int]:
    """Return rows of untagged tracks that sound like one of the genres."""
    found: set[int] = set()
    for genre in genres:
        words = f"{genre_name(genre)} music"
        meaning = text_vector(words)
        heard = text_to_audio(space, meaning[None, :], texts=[words])
        if heard is not None:
            found.update(_near(genre, space, heard[0], view, untagged))
    return sorted(found)


def _near(
    genre: str, space: Space, vector: np.ndarray, view: View, untagged: Mask
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
