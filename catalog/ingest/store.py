"""Facts become rows: artist, album, tags, track, its words and its place in sound.

The rule of this file: names meet by their key, whoever comes first. Rows that several
workers may want at once are inserted in the order of their keys (so that two workers
never wait for each other in a ring) and with ON CONFLICT DO NOTHING.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone

from catalog.aliases import artists_aliased
from catalog.documents import known_tracks, track_document
from catalog.embedding.wanted import track_changed
from catalog.ingest.facts import TrackFacts
from catalog.ingest.identity import source_find
from catalog.ingest.merging import Voice, facts_merge
from catalog.ingest.source_tags import tags_merge, tags_withdraw
from catalog.ingest.vanished import tracks_settle
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
from catalog.names import name_key
from catalog.spaces import raw_store
from catalog.versions import song_key_of, title_parts


def track_store(facts: TrackFacts, *, space: Space) -> Track:
    """Insert a track or bring it up to date, with all that belongs to it.

    space: the audio space of facts.raw. Call in a transaction. About 25 short queries.
    """
    found = source_find(facts)
    source = found.source
    track = source.track if source.track_id else Track(source=facts.source)
    voice = _voice(source)
    artists = artists_ensure((*facts.artists, facts.album_artist))
    if track.album_id is None or voice is Voice.ALONE:
        track.album = _album_ensure(facts, artists)
    elif voice is Voice.FIRST:
        track.album = _album_ensure(facts, artists) or track.album
    facts_merge(track, facts, voice=voice)
    credited = _credits_merged(track, facts, artists, voice)
    song_set(track, [artist.key for artist in credited])
    _track_save(track)
    source.track = track
    tags_merge(source, tags_ensure(facts.tags), voice=voice)
    _source_save(source, facts)
    _credits_set(track, credited)
    document_refresh(track)
    if found.left and found.left_tags:
        _tags_leave(found.left, found.left_tags, source)
    if facts.raw is not None and track.audio_path == facts.audio_path:
        raw_store(space, [track.pk], facts.raw[None, :])
        track_changed(track.pk, heard_in=space)
    tracks_settle([track.pk, *([found.left] if found.left else [])])
    return track


def _voice(source: TrackSource) -> Voice:
    if source.track_id is None:
        return Voice.ALONE
    others = TrackSource.objects.filter(track=source.track_id).exclude(pk=source.pk)
    if not others.exists():
        return Voice.ALONE if source.pk else Voice.LATER
    if source.pk is None:
        return Voice.LATER
    earlier = others.filter(pk__lt=source.pk, vanished_at=None)
    return Voice.LATER if earlier.exists() else Voice.FIRST


def _source_save(source: TrackSource, facts: TrackFacts) -> None:
    source.fingerprint = facts.fingerprint
    source.content_hash = facts.content_hash
    source.seen_at = timezone.now()
    source.vanished_at = None
    source.save()


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
    is_nobodys = facts.is_compilation or not first
    artist = None if is_nobodys else artists[name_key(first)]
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
                    is_compilation=facts.is_compilation,
                )
            ],
            ignore_conflicts=True,
        )
        album = same.get()
    if facts.is_compilation and not album.is_compilation:
        album.is_compilation = True
        album.save(update_fields=("is_compilation",))
    return album


def _track_save(track: Track) -> None:
    try:
        with transaction.atomic():
            track.save()
    except IntegrityError:
        # Another track has its ISRC or MusicBrainz id, and keeps it.
        others = Track.objects.exclude(pk=track.pk)
        if others.filter(isrc=track.isrc).exists():
            track.isrc = None
        if others.filter(musicbrainz_id=track.musicbrainz_id).exists():
            track.musicbrainz_id = None
        with transaction.atomic():
            track.save()


def song_set(track: Track, artist_keys: Sequence[str]) -> None:
    """Say which song a track is of and in which version, by its title. Saves nothing.

    artist_keys: name keys in the order of the credits.
    """
    parts = title_parts(track.title)
    track.song_key = song_key_of(parts, artist_keys)
    track.version = parts.version
    track.version_detail = parts.detail


def _credits_merged(
    track: Track, facts: TrackFacts, artists: dict[str, Artist], voice: Voice
) -> list[Artist]:
    held: list[Artist] = []
    if track.pk and voice is not Voice.ALONE:
        credits = track.credits.select_related("artist").order_by("position")
        held = [credit.artist for credit in credits]
    if held and (voice is Voice.LATER or not facts.artists):
        return held
    return list(dict.fromkeys(artists[name_key(name)] for name in facts.artists))


def _credits_set(track: Track, artists: list[Artist]) -> None:
    before = list(track.credits.order_by("position").values_list("artist", flat=True))
    if before == [artist.pk for artist in artists]:
        return
    track.credits.all().delete()
    TrackArtist.objects.bulk_create(
        TrackArtist(track=track, artist=artist, position=position)
        for position, artist in enumerate(artists)
    )


def _tags_leave(track_id: int, tag_ids: Sequence[int], source: TrackSource) -> None:
    """Let a source's tags go with it. A track that it was the last of keeps them."""
    track = Track.objects.get(pk=track_id)
    if track.sources.filter(vanished_at=None).exists():
        tags_withdraw(track, tag_ids, source=source)
        document_refresh(track)


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
