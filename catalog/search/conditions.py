"""Filters and wishes as conditions of one SQL statement."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from catalog.models import Track, TrackArtist
from catalog.search.query import Filters, Wish
from catalog.search.tag_ids import tag_ids_of

# Above this, a track counts as instrumental: the threshold that the audio-features
# tables document for the attribute ("values above 0.5 represent instrumental tracks").
INSTRUMENTAL_FROM = 0.5


def matching_tracks(
    filters: Filters, wishes: tuple[Wish, ...], heard: frozenset[int] = frozenset()
) -> QuerySet[Track]:
    """Return the tracks that keep all filters, and all wishes as far as known.

    heard: untagged tracks that count as of the wanted genres by their sound.
    """
    tracks = Track.objects.filter(vanished_at=None).order_by()
    if filters.genres:
        of_genre: Q | Exists = _has_genre(filters.genres)
        if heard:
            of_genre = Q(of_genre) | Q(pk__in=heard)
        tracks = tracks.filter(of_genre)
    if filters.without_genres:
        tracks = tracks.filter(~_has_genre(filters.without_genres))
    if filters.artists:
        tracks = tracks.filter(_has_artist(filters.artists))
    if filters.without_artists:
        tracks = tracks.filter(~_has_artist(filters.without_artists))
    if filters.without_tracks:
        tracks = tracks.exclude(pk__in=filters.without_tracks)
    if filters.year_from is not None:
        tracks = tracks.filter(year__gte=filters.year_from)
    if filters.year_to is not None:
        tracks = tracks.filter(year__lte=filters.year_to)
    if filters.is_instrumental is True:
        tracks = tracks.filter(instrumentalness__gt=INSTRUMENTAL_FROM)
    if filters.is_instrumental is False:
        tracks = tracks.filter(instrumentalness__lte=INSTRUMENTAL_FROM)
    for wish in wishes:
        tracks = tracks.filter(_kept_or_unknown(wish))
    return tracks


def _has_genre(keys: frozenset[str]) -> Exists:
    tagged = Track.tags.through.objects.filter(
        track=OuterRef("pk"), tag__in=tag_ids_of(keys)
    )
    return Exists(tagged)


def _has_artist(ids: frozenset[int]) -> Exists:
    return Exists(TrackArtist.objects.filter(track=OuterRef("pk"), artist__in=ids))


def _kept_or_unknown(wish: Wish) -> Q:
    kept = Q()
    if wish.low is not None:
        kept &= Q(**{f"{wish.attribute}__gte": wish.low})
    if wish.high is not None:
        kept &= Q(**{f"{wish.attribute}__lte": wish.high})
    return kept | Q(**{f"{wish.attribute}__isnull": True})
