"""Filters of the list of tracks.

The rule of this file: choices are never read from the whole table. What keeps few rows
is found by an index; what keeps many ends with the first rows that fit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import admin
from django.db import connection
from django.db.models import Exists, Max, Min, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from catalog.duplicates import probable_duplicates
from catalog.genres import genre_family, genres
from catalog.models import (
    Album,
    Artist,
    Embedding,
    Space,
    Tag,
    Track,
    TrackArtist,
    TrackSource,
)
from catalog.spaces import current_space

Choices = Iterable[tuple[str, str]]


class SourceFilter(admin.SimpleListFilter):
    """Where a track came from: kind and origin."""

    title = "source"
    parameter_name = "from"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """Return the pairs that there are, each by one step through the index."""
        labels = dict(Track.Source.choices)
        return [
            (f"{kind}:{origin}", origin or str(labels.get(kind, kind)))
            for kind, origin in _origins()
        ]

    def queryset(self, request: HttpRequest, tracks: QuerySet[Track]) -> Any:
        """Keep tracks with such a source."""
        if not self.value():
            return None
        kind, _, origin = str(self.value()).partition(":")
        here = TrackSource.objects.filter(
            track=OuterRef("pk"), kind=kind, origin=origin
        )
        return tracks.filter(Exists(here))


class DecadeFilter(admin.SimpleListFilter):
    """The decade of the release."""

    title = "decade"
    parameter_name = "decade"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """Return the decades from the first to the last year, newest first."""
        ends = Track.objects.aggregate(first=Min("year"), last=Max("year"))
        if ends["first"] is None:
            return [("none", "Unknown")]
        decades = range(ends["last"] // 10 * 10, ends["first"] // 10 * 10 - 1, -10)
        return [*((str(d), f"{d}s") for d in decades), ("none", "Unknown")]

    def queryset(self, request: HttpRequest, tracks: QuerySet[Track]) -> Any:
        """Keep tracks of the decade."""
        value = self.value() or ""
        if value == "none":
            return tracks.filter(year=None)
        if value.isdecimal():
            return tracks.filter(year__gte=int(value[:5]), year__lt=int(value[:5]) + 10)
        return None


class GenreFilter(admin.SimpleListFilter):
    """A genre of the taxonomy's first level, with all its children."""

    title = "genre"
    parameter_name = "genre"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """Return the first level; narrower genres are found by search."""
        top = [genre for genre in genres().values() if not genre.parents]
        return sorted((genre.key, genre.name) for genre in top)

    def queryset(self, request: HttpRequest, tracks: QuerySet[Track]) -> Any:
        """Keep tracks that are tagged with the genre or one of its family."""
        if not self.value():
            return None
        tags = Tag.objects.filter(
            kind=Tag.Kind.GENRE, key__in=genre_family(str(self.value()))
        )
        return tracks.filter(Exists(_tagged([tag.pk for tag in tags])))


class AudioFilter(admin.SimpleListFilter):
    """Whether there is something to hear."""

    title = "audio"
    parameter_name = "audio"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """Return what may be."""
        return [("yes", "Plays"), ("no", "None"), ("vanished", "Sources vanished")]

    def queryset(self, request: HttpRequest, tracks: QuerySet[Track]) -> Any:
        """Keep tracks that play, don't, or have vanished."""
        match self.value():
            case "yes":
                return tracks.filter(vanished_at=None).exclude(audio_path="")
            case "no":
                return tracks.filter(audio_path="")
            case "vanished":
                return tracks.exclude(vanished_at=None)
        return None


class VectorFilter(admin.SimpleListFilter):
    """Whether the current spaces hold the track."""

    title = "vectors"
    parameter_name = "vector"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """Return with and without, for both kinds."""
        return [
            ("audio", "Heard"),
            ("no-audio", "Not heard"),
            ("text", "Words embedded"),
            ("no-text", "Words not embedded"),
        ]

    def queryset(self, request: HttpRequest, tracks: QuerySet[Track]) -> Any:
        """Keep tracks with, or without, a vector in the current space."""
        value = self.value() or ""
        kind = value.removeprefix("no-")
        if kind not in (Space.Kind.AUDIO, Space.Kind.TEXT):
            return None
        space = current_space(kind)
        held = Exists(Embedding.objects.filter(space=space, track=OuterRef("pk")))
        return tracks.filter(~held if value.startswith("no-") else held)


class LanguageFilter(admin.SimpleListFilter):
    """The language that is sung."""

    title = "language"
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """Return the codes that there are, each by one step through the index."""
        return [(code, code) for code in _languages()]

    def queryset(self, request: HttpRequest, tracks: QuerySet[Track]) -> Any:
        """Keep tracks of the language."""
        return tracks.filter(language=self.value()) if self.value() else None


class DuplicateFilter(admin.SimpleListFilter):
    """Tracks that are probably one recording."""

    title = "duplicates"
    parameter_name = "duplicates"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """Return the one choice."""
        return [("probable", "Probable")]

    def queryset(self, request: HttpRequest, tracks: QuerySet[Track]) -> Any:
        """Keep probable duplicates; the list puts them side by side."""
        return probable_duplicates(tracks) if self.value() else None


class _OneFilter(admin.SimpleListFilter):
    """The tracks of one row of another list, reached by a link from there.

    It is shown only while it is in use: nobody picks one of 100,000 here.
    """

    model: type[Artist | Album | Tag]

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """Return the row that is in use, if any."""
        if not self.value():
            return []
        row = self.model._default_manager.filter(pk=self.pk).first()
        return [(str(self.value()), str(row or "none"))]

    @property
    def pk(self) -> int:
        """Return the row's number; 0, which none has, where no number was given."""
        given = str(self.used_parameters.get(str(self.parameter_name), ""))
        return int(given) if given.isdecimal() and len(given) < 19 else 0


class ArtistFilter(_OneFilter):
    """The tracks that credit an artist."""

    title, parameter_name, model = "artist", "artist", Artist

    def queryset(self, request: HttpRequest, tracks: QuerySet[Track]) -> Any:
        """Keep the artist's tracks."""
        credits = TrackArtist.objects.filter(artist=self.pk).order_by()
        return tracks.filter(pk__in=credits.values("track"))


class AlbumFilter(_OneFilter):
    """The tracks of an album."""

    title, parameter_name, model = "album", "album", Album

    def queryset(self, request: HttpRequest, tracks: QuerySet[Track]) -> Any:
        """Keep the album's tracks."""
        return tracks.filter(album=self.pk)


class TagFilter(_OneFilter):
    """The tracks with a tag."""

    title, parameter_name, model = "tag", "tag", Tag

    def queryset(self, request: HttpRequest, tracks: QuerySet[Track]) -> Any:
        """Keep the tracks with the tag."""
        return tracks.filter(Exists(_tagged([self.pk])))


def tracks_link(parameter: str, pk: int, text: str) -> SafeString:
    """Return a link to the list of the tracks of an artist, album or tag."""
    url = reverse("admin:catalog_track_changelist")
    return format_html('<a href="{}?{}={}">{}</a>', url, parameter, str(pk), text)


def _tagged(tag_ids: Sequence[int]) -> QuerySet[Any]:
    through = Track.tags.through._default_manager
    return through.filter(track=OuterRef("pk"), tag__in=tag_ids)


def _origins() -> list[tuple[str, str]]:
    """Return the kinds and origins of sources, without reading all of them.

    A "loose index scan": each step looks up the first pair behind the last one
    (https://wiki.postgresql.org/wiki/Loose_indexscan).
    """
    return [
        (str(kind), str(origin))
        for kind, origin in _steps(
            """
            WITH RECURSIVE pairs AS (
              (SELECT kind, origin FROM catalog_tracksource
               ORDER BY kind, origin LIMIT 1)
              UNION ALL
              SELECT next.* FROM pairs, LATERAL (
                SELECT s.kind, s.origin FROM catalog_tracksource s
                WHERE (s.kind, s.origin) > (pairs.kind, pairs.origin)
                ORDER BY s.kind, s.origin LIMIT 1) AS next
            ) SELECT kind, origin FROM pairs
            """
        )
    ]


def _languages() -> list[str]:
    """Return the languages of tracks, by steps through their index."""
    return [
        str(code)
        for (code,) in _steps(
            """
            WITH RECURSIVE codes AS (
              (SELECT language FROM catalog_track WHERE language <> ''
               ORDER BY language LIMIT 1)
              UNION ALL
              SELECT next.* FROM codes, LATERAL (
                SELECT t.language FROM catalog_track t
                WHERE t.language <> '' AND t.language > codes.language
                ORDER BY t.language LIMIT 1) AS next
            ) SELECT language FROM codes
            """
        )
    ]


def _steps(statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())
