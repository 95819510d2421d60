"""Filters and wishes as conditions of one SQL statement."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from catalog.findable import findable_tracks
from catalog.models import Track, TrackArtist
from catalog.search.query import Filters, RefusedGenre, Wish
from catalog.search.tag_ids import tag_ids_of, tag_ids_with

# Above this, a track counts as instrumental: the threshold that the audio-features
# tables document for the attribute ("values above 0.5 represent instrumental tracks").
INSTRUMENTAL_FROM = 0.5
# From the same documentation: "a value above 0.8 provides strong likelihood that the
# track is live".
LIVE_FROM = 0.8
# Versions without a singing voice, whatever was measured.
VOICELESS = (Track.Version.INSTRUMENTAL, Track.Version.KARAOKE)


def matching_tracks(
    filters: Filters,
    wishes: tuple[Wish, ...] = (),
    heard: frozenset[int] = frozenset(),
) -> QuerySet[Track]:
    """Return the tracks that keep all filters, and all wishes as far as known.

    heard: untagged tracks that count as of the wanted genres by their sound.
    """
    tracks = findable_tracks()
    if filters.genres:
        of_genre: Q | Exists = _has_genre(filters.genres)
        if heard:
            of_genre = Q(of_genre) | Q(pk__in=heard)
        tracks = tracks.filter(of_genre)
    if filters.without_genres:
        tracks = tracks.filter(~_has_genre(filters.without_genres))
    for genre in filters.refused_genres:
        tracks = tracks.exclude(_is_refused(genre))
    for tagged in filters.tagged:
        tracks = tracks.filter(_has_tag(tag_ids_with(tagged)))
    for tagged in filters.without_tagged:
        tracks = tracks.filter(~_has_tag(tag_ids_with(tagged)))
    if filters.artists:
        tracks = tracks.filter(_has_artist(filters.artists))
    if filters.without_artists:
        tracks = tracks.filter(~_has_artist(filters.without_artists))
    if filters.without_tracks:
        refused = Track.objects.filter(pk__in=filters.without_tracks)
        songs = refused.exclude(song_key="").values("song_key")
        tracks = tracks.exclude(pk__in=filters.without_tracks)
        tracks = tracks.exclude(song_key__in=songs)
    for column, low, high in (
        ("year", filters.year_from, filters.year_to),
        ("duration_ms", filters.duration_from_ms, filters.duration_to_ms),
        ("tempo_bpm", filters.tempo_from_bpm, filters.tempo_to_bpm),
    ):
        tracks = tracks.filter(_within(column, low, high))
    for first, last in filters.without_years:
        # An unknown year says nothing; in a NOT it must be false and not NULL.
        is_refused = Q(year__isnull=False) & _within("year", first, last)
        tracks = tracks.exclude(is_refused)
    if filters.languages:
        tracks = tracks.filter(_in_language(filters.languages))
    if filters.without_languages:
        tracks = tracks.exclude(_in_language(filters.without_languages))
    if filters.versions:
        tracks = tracks.filter(_is_version(filters.versions))
    if filters.without_versions:
        tracks = tracks.exclude(_is_version(filters.without_versions))
    if filters.is_instrumental is True:
        tracks = tracks.filter(
            Q(instrumentalness__gt=INSTRUMENTAL_FROM) | Q(version__in=VOICELESS)
        )
    if filters.is_instrumental is False:
        tracks = tracks.filter(instrumentalness__lte=INSTRUMENTAL_FROM)
        tracks = tracks.exclude(version__in=VOICELESS)
    if filters.is_explicit is True:
        tracks = tracks.filter(is_explicit=True)
    if filters.is_explicit is False:
        tracks = tracks.filter(Q(is_explicit=False) | Q(is_explicit__isnull=True))
    if filters.must_play:
        tracks = tracks.exclude(audio_path="")
    for wish in wishes:
        tracks = tracks.filter(_kept_or_unknown(wish))
    return tracks


def _has_genre(keys: frozenset[str]) -> Exists:
    return _has_tag(tag_ids_of(keys))


def _has_tag(tag_ids: list[int]) -> Exists:
    return Exists(
        Track.tags.through.objects.filter(track=OuterRef("pk"), tag__in=tag_ids)
    )


def _is_refused(refused: RefusedGenre) -> Q:
    return (
        Q(_has_genre(frozenset({refused.genre})))
        & ~Q(_has_artist(refused.except_artists))
        & ~Q(_has_genre(refused.except_genres))
    )


def _has_artist(ids: frozenset[int]) -> Exists:
    return Exists(TrackArtist.objects.filter(track=OuterRef("pk"), artist__in=ids))


def _within(column: str, low: float | None, high: float | None) -> Q:
    condition = Q()
    if low is not None:
        condition &= Q(**{f"{column}__gte": low})
    if high is not None:
        condition &= Q(**{f"{column}__lte": high})
    return condition


def _in_language(codes: frozenset[str]) -> Q:
    condition = Q()
    for code in sorted(code.lower() for code in codes):
        condition |= Q(language__iexact=code) | Q(language__istartswith=f"{code}-")
    return condition


def _is_version(versions: frozenset[str]) -> Q:
    condition = Q(version__in=versions)
    if Track.Version.LIVE in versions:
        # An unknown liveness says nothing; in a NOT it must be false and not NULL.
        condition |= Q(liveness__isnull=False, liveness__gt=LIVE_FROM)
    return condition


def _kept_or_unknown(wish: Wish) -> Q:
    if wish.low is None and wish.high is None:
        return Q()
    return _within(wish.attribute, wish.low, wish.high) | Q(
        **{f"{wish.attribute}__isnull": True}
    )
