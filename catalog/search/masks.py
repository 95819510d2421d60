"""Filters and wishes as a mask over the rows of a view.

The same as `conditions.matching_tracks` says in SQL; the property tests hold each to
the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np

from catalog.columns.postings import Rows, text_key
from catalog.columns.reading import VERSIONS
from catalog.columns.view import Mask, View
from catalog.models import Track
from catalog.search.conditions import INSTRUMENTAL_FROM, LIVE_FROM, VOICELESS
from catalog.search.query import Filters, RefusedGenre, Wish
from catalog.search.seeds import Seeds
from catalog.search.tag_ids import rows_of_genres, tag_ids_with


def matching_rows(
    view: View,
    filters: Filters,
    wishes: tuple[Wish, ...] = (),
    heard: Rows | None = None,
) -> Mask:
    """Return which rows keep all filters, and all wishes as far as known: (n,).

    heard: untagged rows that count as of the wanted genres. A query for each genre that
    is new to the view, and where a refused track has vanished; about 1 ms a filter on a
    million rows.
    """
    mask = view.is_there.copy()
    if filters.genres:
        wanted = rows_of_genres(view, filters.genres)
        if heard is not None:
            wanted[heard] = True
        mask &= wanted
    if filters.without_genres:
        mask &= ~rows_of_genres(view, filters.without_genres)
    for genre in filters.refused_genres:
        mask &= ~_is_refused(view, genre)
    for tagged in filters.tagged:
        mask &= view.mask_with("tag", tag_ids_with(tagged))
    for tagged in filters.without_tagged:
        mask &= ~view.mask_with("tag", tag_ids_with(tagged))
    if filters.artists:
        mask &= view.mask_with("artist", filters.artists)
    if filters.without_artists:
        mask &= ~view.mask_with("artist", filters.without_artists)
    if filters.without_tracks:
        mask &= ~_is_song_of(view, filters.without_tracks)
    for column, low, high in (
        ("year", filters.year_from, filters.year_to),
        ("duration_ms", filters.duration_from_ms, filters.duration_to_ms),
        ("tempo_bpm", filters.tempo_from_bpm, filters.tempo_to_bpm),
    ):
        if low is not None or high is not None:
            mask &= _within(view, column, low, high)
    for first, last in filters.without_years:
        mask &= ~_within(view, "year", first, last)
    if filters.languages:
        mask &= _in_language(view, filters.languages)
    if filters.without_languages:
        mask &= ~_in_language(view, filters.without_languages)
    _keep_versions(view, filters, mask)
    if filters.must_play:
        mask &= view.flag("has_audio").astype(bool)
    for wish in wishes:
        if wish.low is not None or wish.high is not None:
            values = view.number(wish.attribute)
            kept = _within(view, wish.attribute, wish.low, wish.high)
            mask &= kept | np.isnan(values)
    return mask


def _is_refused(view: View, refused: RefusedGenre) -> Mask:
    """Return which rows are of a refused genre, and none of its exceptions."""
    mask = rows_of_genres(view, [refused.genre])
    mask &= ~view.mask_with("artist", refused.except_artists)
    mask &= ~rows_of_genres(view, refused.except_genres)
    return mask


def _keep_versions(view: View, filters: Filters, mask: Mask) -> None:
    """Take out what breaks the filters of version, voice and explicit words."""
    if filters.versions:
        mask &= _is_version(view, filters.versions)
    if filters.without_versions:
        mask &= ~_is_version(view, filters.without_versions)
    if filters.is_instrumental is not None:
        measured = view.number("instrumentalness")
        voiceless = np.isin(view.flag("version"), _codes(VOICELESS))
        if filters.is_instrumental:
            mask &= (measured > INSTRUMENTAL_FROM) | voiceless
        else:
            mask &= (measured <= INSTRUMENTAL_FROM) & ~voiceless
    if filters.is_explicit is not None:
        is_explicit = view.flag("explicit") == 1
        mask &= is_explicit if filters.is_explicit else ~is_explicit


def _is_song_of(view: View, track_ids: Collection[int]) -> Mask:
    """Return which rows are these tracks, or other versions of the same songs."""
    songs = np.array(sorted(Seeds(view, track_ids).songs()), np.int64)
    mask = np.isin(view.flag("song"), songs)
    mask[view.rows_of(track_ids)] = True
    return mask


def _within(view: View, column: str, low: float | None, high: float | None) -> Mask:
    """Return which rows lie within a range; those of unknown value in none."""
    values = view.number(column)
    if low is None and high is None:
        return ~np.isnan(values)
    # What is unknown is neither above nor below anything.
    above = True if low is None else values >= low
    below = True if high is None else values <= high
    return np.asarray(above & below, bool)


def _in_language(view: View, codes: frozenset[str]) -> Mask:
    return view.mask_with("language", (text_key(code.lower()) for code in codes))


def _is_version(view: View, versions: frozenset[str]) -> Mask:
    mask = np.isin(view.flag("version"), _codes(versions))
    if Track.Version.LIVE in versions:
        mask |= view.number("liveness") > LIVE_FROM
    return np.asarray(mask, bool)


def _codes(versions: Iterable[str]) -> list[int]:
    return [VERSIONS.index(str(version)) for version in versions if version in VERSIONS]
