"""Facts become rows: artist, album, tags, track, its words and its place in sound.

The rule of this file: names meet by their key, whoever comes first. Rows that several
workers may want at once are inserted in the order of their keys (so that two workers
never wait for each other in a ring) and with ON CONFLICT DO NOTHING.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import IntegrityError, transaction

from catalog.aliases import artists_aliased
from catalog.documents import known_tracks, track_document
from catalog.ingest.facts import TrackFacts
from catalog.models import Album, Artist, Embedding, Space, Tag, Track, TrackArtist
from catalog.names import name_key
from catalog.spaces import raw_store

MEASURED_FIELDS = (
    "tempo_bpm",
    "pitch_class",
    "is_major",
    "loudness_lufs",
    "energy",
    "valence",
    "danceability",
    "acousticness",
    "instrumentalness",
)


def track_store(facts: TrackFacts, *, space: Space) -> Track:
    """Insert or replace a track with all that belongs to it. Call in a transaction.

    space: the audio space of facts.raw. About 20 short queries.
    """
    artists = artists_ensure((*facts.artists, facts.album_artist))
    album = _album_ensure(facts, artists)
    tags = tags_ensure(facts.tags)
    track = _track_save(facts, album)
    credited = dict.fromkeys(artists[name_key(name)] for name in facts.artists)
    _credits_set(track, list(credited))
    track.tags.set(tags)
    document_refresh(track)
    raw_store(space, [track.pk], facts.raw[None, :])
    return track


def artists_ensure(names: Iterable[str]) -> dict[str, Artist]:
    """Return the artists of these names by key, made where they are new."""
    wanted = {name_key(name): name for name in names if name}
    found = {a.key: a for a in Artist.objects.filter(key__in=wanted)}
    missing = sorted(wanted.keys() - found.keys())
    if missing:
        # A name that was merged into another artist's means them.
        found |= artists_aliased(missing)
        missing = sorted(wanted.keys() - found.keys())
    if missing:
        Artist.objects.bulk_create(
            [Artist(name=wanted[key], key=key) for key in missing],
            ignore_conflicts=True,
        )
        found |= {a.key: a for a in Artist.objects.filter(key__in=missing)}
    return found


def tags_ensure(pairs: Iterable[tuple[str, str]]) -> list[Tag]:
    """Return the tags of these kinds and names, made where they are new."""
    wanted = {(kind, name_key(name)): name for kind, name in pairs if name}
    if not wanted:
        return []
    keys = {key for _, key in wanted}
    alike = Tag.objects.filter(key__in=keys)
    found = {(tag.kind, tag.key): tag for tag in alike}
    missing = sorted(wanted.keys() - found.keys())
    if missing:
        Tag.objects.bulk_create(
            [Tag(kind=kind, key=key, name=wanted[kind, key]) for kind, key in missing],
            ignore_conflicts=True,
        )
        found = {(tag.kind, tag.key): tag for tag in alike.all()}
    return [found[pair] for pair in wanted]


def _album_ensure(facts: TrackFacts, artists: dict[str, Artist]) -> Album | None:
    if not facts.album:
        return None
    first = facts.album_artist or (facts.artists[0] if facts.artists else "")
    artist = artists[name_key(first)] if first else None
    same = Album.objects.filter(key=name_key(facts.album), artist=artist)
    album = same.first()
    if album is None:
        Album.objects.bulk_create(
            [
                Album(
                    title=facts.album,
                    key=name_key(facts.album),
                    artist=artist,
                    year=facts.year,
                )
            ],
            ignore_conflicts=True,
        )
        album = same.get()
    return album


def _track_save(facts: TrackFacts, album: Album | None) -> Track:
    same = Track.objects.filter(source=facts.source, source_key=facts.source_key)
    track = same.first() or Track(source=facts.source, source_key=facts.source_key)
    for name in (
        "fingerprint",
        "title",
        "audio_path",
        "cover_path",
        "released_on",
        "released_precision",
        "year",
        "duration_ms",
        "is_explicit",
        "popularity",
        "language",
        "licence",
        "attribute_sources",
    ):
        setattr(track, name, getattr(facts, name))
    for name in MEASURED_FIELDS:
        setattr(track, name, facts.attributes.get(name))
    track.album = album
    track.isrc = facts.isrc
    track.musicbrainz_id = facts.musicbrainz_id
    try:
        with transaction.atomic():
            track.save()
    except IntegrityError:
        # The same recording is here from another file: the ids stay with the first.
        track.isrc = track.musicbrainz_id = None
        with transaction.atomic():
            track.save()
    return track


def _credits_set(track: Track, artists: list[Artist]) -> None:
    before = list(track.credits.order_by("position").values_list("artist", flat=True))
    if before == [artist.pk for artist in artists]:
        return
    track.credits.all().delete()
    TrackArtist.objects.bulk_create(
        TrackArtist(track=track, artist=artist, position=position)
        for position, artist in enumerate(artists)
    )


def document_refresh(track: Track) -> None:
    """Write what is known of a track in words.

    Where the words changed, its text vectors go: they'd say what is no longer known,
    and the next batch of texts makes new ones.
    """
    document = track_document(known_tracks([track.pk])[track.pk])
    if document == track.document:
        return
    track.document = document
    track.save(update_fields=("document",))
    Embedding.objects.filter(track=track, space__kind=Space.Kind.TEXT).delete()
