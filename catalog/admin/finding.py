"""Find tracks by anything that a curator may have in hand.

The rule of this file: whatever is typed is looked up by an index. An identifier is
recognised by its form; a path by its slashes; the rest are words, and a track must have
each of them, in its title, artists, album or tags, however they are accented.
"""

from __future__ import annotations

import re
from functools import reduce
from operator import and_
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db.models import Case, Model, Q, QuerySet, Value, When

from catalog.aliases import tracks_named
from catalog.models import Album, Artist, ArtistAlias, Track, TrackArtist, TrackSource
from catalog.models.words import key_words, path_words
from catalog.names import name_key

ISRC = re.compile(r"[A-Z]{2}-?[A-Z0-9]{3}-?\d{2}-?\d{5}", re.IGNORECASE)
SPOTIFY_ID = re.compile(
    r"(?:spotify:track:|https?://open\.spotify\.com/(?:intl-\w+/)?track/)?"
    r"([A-Za-z0-9]{22})(?:\?.*)?"
)
HEX_UUID = re.compile(
    r"(?:https?://\S+/)?([0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12})(?:[/?].*)?",
    re.IGNORECASE,
)
ROW_NUMBER = re.compile(r"#(\d{1,18})")
FILE_NAME = re.compile(r".+\.(?:mp3|m4a|mp4|aac|flac|ogg|oga|opus|wav|aiff?|wma)", re.I)
PARTS = re.compile(r"[^\w]+|_")
# A longer search names its track by then, and each word costs look-ups.
MOST_WORDS = 8


def tracks_found(tracks: QuerySet[Track], term: str) -> QuerySet[Track]:
    """Return those of the tracks that a search term means. No query is made yet."""
    term = term.strip().replace("\0", "")
    if not term:
        return tracks
    if match := ROW_NUMBER.fullmatch(term):
        return tracks.filter(pk=int(match[1]))
    if match := HEX_UUID.fullmatch(term):
        return tracks.filter(_known_by(UUID(match[1])))
    if ISRC.fullmatch(term):
        return tracks.filter(isrc=term.replace("-", "").upper())
    if (match := SPOTIFY_ID.fullmatch(term)) and not term.isalpha():
        own = _pks(Track.objects.filter(spotify_id=match[1]))
        return tracks.filter(pk__in=own.union(_tracks_of_source(match[1]), all=True))
    if "/" in term or "\\" in term or FILE_NAME.fullmatch(term):
        return tracks.filter(pk__in=_by_path(term)) if _words(term) else tracks.none()
    words = _words(name_key(term))
    if not words:
        return tracks.none()
    return tracks.filter(reduce(and_, (Q(pk__in=_with_word(w)) for w in words)))


def best_first(tracks: QuerySet[Track], term: str) -> QuerySet[Track]:
    """Put tracks of just this title first, then those whose title begins with or has it.

    Of words without a title's letters, as an ISRC's, the order is that of titles.
    """
    key = name_key(term)
    if not key:
        return tracks.order_by("key", "pk")
    nearness = Case(
        When(key=key, then=Value(0)),
        When(key__startswith=key, then=Value(1)),
        When(key__contains=key, then=Value(2)),
        default=Value(3),
    )
    return tracks.order_by(nearness, "key", "pk")


def artists_found(artists: QuerySet[Artist], term: str) -> QuerySet[Artist]:
    """Return those of the artists whose name or alias has all the words."""
    if match := HEX_UUID.fullmatch(term.strip()):
        uuid = UUID(match[1])
        return artists.filter(Q(uuid=uuid) | Q(musicbrainz_id=uuid))
    words = _words(name_key(term))
    if not words:
        return artists.none()
    named = Artist.objects.filter(
        reduce(and_, (Q(pk__in=_holding(Artist, word)) for word in words))
    )
    aliases = ArtistAlias.objects.filter(key__startswith=name_key(term)).order_by()
    return artists.filter(pk__in=_pks(named).union(aliases.values("artist"), all=True))


def albums_found(albums: QuerySet[Album], term: str) -> QuerySet[Album]:
    """Return those of the albums whose title, or whose artist, has all the words."""
    words = _words(name_key(term))
    wanted = (
        _holding(Album, word).union(
            _pks(Album.objects.filter(artist__in=_holding(Artist, word))), all=True
        )
        for word in words
    )
    found = [Q(pk__in=ids) for ids in wanted]
    return albums.filter(reduce(and_, found)) if found else albums.none()


def _known_by(uuid: UUID) -> Q:
    """Return the condition that a UUID is of the track, its artist or its album."""
    ids = [
        tracks_named(uuid).order_by().values("pk"),
        _pks(Track.objects.filter(musicbrainz_id=uuid)),
        TrackArtist.objects.filter(
            artist__in=Artist.objects.filter(Q(uuid=uuid) | Q(musicbrainz_id=uuid))
        )
        .order_by()
        .values("track"),
        _pks(Track.objects.filter(album__uuid=uuid)),
        _tracks_of_source(str(uuid)),
    ]
    return Q(pk__in=ids[0].union(*ids[1:], all=True))


def _tracks_of_source(key: str) -> QuerySet[Any]:
    """Return the tracks that have a source of this key, whichever kind it is."""
    words = SearchQuery(_tsquery(key), config="simple", search_type="raw")
    sources = TrackSource.objects.annotate(words=path_words())
    return sources.filter(words=words, key=key).order_by().values("track")


def _by_path(term: str) -> QuerySet[Any]:
    """Return the tracks with a source whose path has all the words of this one."""
    sources = TrackSource.objects.annotate(words=path_words())
    query = SearchQuery(_tsquery(term), config="simple", search_type="raw")
    return sources.filter(words=query).order_by().values("track")


def _with_word(word: str) -> QuerySet[Any]:
    """Return the tracks in whose names or tags a word begins with this."""
    query = _beginning_with(word)
    credited = TrackArtist.objects.filter(artist__in=_holding(Artist, word))
    alias = ArtistAlias.objects.filter(key__startswith=word).values("artist")
    ids = [
        _pks(Track.objects.filter(document_vector=query)),
        _holding(Track, word),
        credited.order_by().values("track"),
        TrackArtist.objects.filter(artist__in=alias).order_by().values("track"),
        _pks(Track.objects.filter(album__in=_holding(Album, word))),
    ]
    if word.isdecimal() and len(word) < 19:
        # "99" may be a title's word, or the number of a row.
        ids.append(_pks(Track.objects.filter(pk=int(word))))
    return ids[0].union(*ids[1:], all=True)


def _holding(model: type[Model], word: str) -> QuerySet[Any]:
    query = _beginning_with(word)
    rows = model._default_manager.annotate(words=key_words())
    return _pks(rows.filter(words=query))


def _beginning_with(word: str) -> SearchQuery:
    """Return the query for words that begin so. A letter alone is a word by itself."""
    is_letter = len(word) == 1 and word.isascii()
    query = word if is_letter else f"{word}:*"
    return SearchQuery(query, config="simple", search_type="raw")


def _pks(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.order_by().values("pk")


def _words(text: str) -> list[str]:
    """Part a text into words that a tsquery takes as they are."""
    return [word for word in PARTS.split(text) if word][:MOST_WORDS]


def _tsquery(text: str) -> str:
    """Return the query for a path: all its words, the last of which may go on."""
    words = [word for word in PARTS.split(text.lower()) if word]
    return " & ".join([*words[:-1], f"{words[-1]}:*"])
