"""The tools that answer questions about the catalog, bound to one turn. They only read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db.models import Count, F, Max, Min

from catalog.columns.current import current_columns
from catalog.findable import findable_tracks
from catalog.models import Album, Artist, Tag, Track
from catalog.names import name_key
from catalog.search.known_names import tracks_titled
from catalog.search.masks import matching_rows
from catalog.search.query import Filters

# So many songs of one title, or albums, are told apart.
MOST_TITLED, MOST_ALBUMS = 12, 100


@dataclass(frozen=True)
class Release:
    """An album as far as the catalog has songs of it. years: of its songs."""

    pk: int
    title: str
    year: int | None
    songs: int
    popularity: int | None


class CatalogTools:
    """What the catalog holds. All of it blocks.

    learn: is told the tracks that were found, so that they may be put into a list.
    """

    def __init__(self, learn: Callable[[Iterable[int]], None]) -> None:
        self._learn = learn

    def titled(self, title: str) -> list[int]:
        """Return songs of a title, the best known first. One indexed query."""
        key = name_key(title)
        found = tracks_titled({key}).get(key, [])[:MOST_TITLED] if key else []
        tracks = [track.pk for track in found]
        self._learn(tracks)
        return tracks

    def on_album(self, title: str) -> list[int]:
        """Return songs of albums of a title, the best known first. One indexed query."""
        found = (
            findable_tracks()
            .filter(album__key=name_key(title))
            .order_by(F("popularity").desc(nulls_last=True), "pk")
        )
        tracks = list(found.values_list("pk", flat=True)[:MOST_TITLED])
        self._learn(tracks)
        return tracks

    def artist_called(self, name: str) -> int | None:
        """Return the artist of a name. One indexed query."""
        found = Artist.objects.filter(key=name_key(name), credits__isnull=False)
        return found.values_list("pk", flat=True).first()

    def count(self, filters: Filters) -> int:
        """Return how many songs keep filters. Some milliseconds."""
        return int(matching_rows(current_columns().view, filters).sum())

    def utmost(
        self, filters: Filters, by: str, *, is_descending: bool, count: int
    ) -> list[int]:
        """Return the songs that keep filters and are the most, or least, of something.

        Songs of which it isn't known are left out. Some milliseconds, no query.
        """
        view = current_columns().view
        values = view.number(by)
        rows = np.flatnonzero(matching_rows(view, filters) & ~np.isnan(values))
        # Of equals the better known.
        fame = np.nan_to_num(view.number("popularity")[rows], nan=-1.0)
        first = -values[rows] if is_descending else values[rows]
        best = rows[np.lexsort((-fame, first))[:count]]
        tracks = [int(pk) for pk in view.ids[best]]
        self._learn(tracks)
        return tracks

    def albums_by(self, artist: int) -> list[Release]:
        """Return the albums that an artist's songs here are of, the newest first.

        One indexed query.
        """
        rows = (
            Album.objects.filter(
                tracks__credits__artist=artist, tracks__vanished_at__isnull=True
            )
            .annotate(
                first=Min("tracks__year"),
                songs=Count("tracks", distinct=True),
                fame=Max("tracks__popularity"),
            )
            .order_by(F("first").desc(nulls_last=True), "title")
        )
        found = rows.values_list("pk", "title", "first", "songs", "fame")
        return [Release(*row) for row in found[:MOST_ALBUMS]]

    def genres(self) -> list[tuple[str, int]]:
        """Return keys of the genres and how many songs have each, most first.

        One query of the tags.
        """
        view = current_columns().view
        tags = Tag.objects.filter(kind=Tag.Kind.GENRE).values_list("pk", "key")
        counts = [(key, view.count_with("tag", pk)) for pk, key in tags]
        held = [(key, count) for key, count in counts if count]
        return sorted(held, key=lambda row: (-row[1], row[0]))

    def count_artists(self) -> int:
        """Return how many artists have songs here. One query."""
        return Artist.objects.filter(credits__isnull=False).distinct().count()

    def released_on(self, tracks: Collection[int]) -> dict[int, date]:
        """Return the days on which songs came out, where the day is known. One query."""
        known = Track.objects.filter(
            pk__in=tracks,
            released_precision=Track.DatePrecision.DAY,
            released_on__isnull=False,
        )
        return {pk: day for pk, day in known.values_list("pk", "released_on") if day}
