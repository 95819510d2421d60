"""Tracks that nobody tagged, taken for a genre by their sound or by who made them.

A folder of one's own music often has no genre tags. Such a track may still answer
"something orchestral": where it sounds, by the bridge from words to audio, at least as
much like the word as most tracks do that are tagged with it. Or its artist is known for
the genre, to anybody who knows the name; where no track at all is tagged with the genre,
that tells of tagged ones, too, since their tags know nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import numpy as np

from catalog.bridge import text_to_audio
from catalog.columns.postings import NO_ROWS, Rows
from catalog.columns.view import Mask, View
from catalog.encoders.text import text_vector
from catalog.genres import genre_name
from catalog.known_artists import artists_known_for
from catalog.models import Artist, Space
from catalog.search.tag_ids import rows_of_genres

# As near as three quarters of the tagged ones are.
TAGGED_QUANTILE = 0.25
# So many of those are measured, evenly drawn.
TAGGED_MEASURED = 1000
# The cosine that is near enough where no track is tagged with the genre. Random
# pairs of standardised descriptors lie around 0.
UNTAGGED_FROM = 0.25
MOST_HEARD = 50


def taken_for(genres: Iterable[str], space: Space | None, view: View) -> Rows:
    """Return rows of tracks that count as of one of the genres, ascending.

    space: of sound; without one, or where it has no
    bridge, artists alone tell. For a genre that is new to the view, two queries, 10 ms
    among a million tracks, and a text encoding the first time.
    """
    has_untagged = _untagged(view).any()
    rows = [NO_ROWS]
    for genre in genres:
        rows.append(view.derived(f"known for {genre}", partial(_known_for, genre)))
        if space is not None and has_untagged:
            rows.append(_heard_as(genre, space, view))
    return np.unique(np.concatenate(rows))


def _known_for(genre: str, view: View) -> Rows:
    """Return rows of tracks by artists who are known for a genre.

    Untagged ones, where any track is tagged with it. An artist who goes by another name
    changes the view: documents name artists.
    """
    is_tagged = (view.is_there & rows_of_genres(view, [genre])).any()
    among = _untagged(view) if is_tagged else view.is_there
    if not among.any():
        return NO_ROWS
    artists = Artist.objects.filter(key__in=artists_known_for(genre))
    known = view.mask_with("artist", artists.values_list("pk", flat=True))
    return np.flatnonzero(among & known).astype(np.int32)


def _heard_as(genre: str, space: Space, view: View) -> Rows:
    """Return rows of untagged tracks that sound like a genre."""
    words = f"{genre_name(genre)} music"
    meaning = text_vector(words)
    heard = text_to_audio(space, meaning[None, :], texts=[words])
    if heard is None:
        return NO_ROWS
    # Another fit leads elsewhere.
    name = f"heard as {genre} in {space.pk} {space.fitted_at}"
    return view.derived(name, partial(_near, genre, space.pk, heard[0]))


def _near(genre: str, space_id: int, vector: np.ndarray, view: View) -> Rows:
    is_tagged = view.is_there & rows_of_genres(view, [genre])
    tagged = np.flatnonzero(is_tagged).astype(np.int32)
    tagged = tagged[:: max(1, len(tagged) // TAGGED_MEASURED)]
    cosines = view.cosines(space_id, tagged, vector)
    cosines = cosines[~np.isnan(cosines)]
    least = (
        float(np.quantile(cosines, TAGGED_QUANTILE)) if len(cosines) else UNTAGGED_FROM
    )
    rows, near = view.nearest(space_id, _untagged(view), vector, limit=MOST_HEARD)
    return rows[near >= least]


def _untagged(view: View) -> Mask:
    untagged: Mask = view.is_there & ~view.flag("has_genre").astype(bool)
    return untagged
