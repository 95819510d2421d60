"""Brings a new version of what artists are known for into documents that are there.

The rule of this file: only tracks whose document would change are touched, and
what was done is committed with each chunk, so that a lost worker loses none of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q

from catalog import known_artists, known_songs
from catalog.documents import known_tracks, track_document
from catalog.known_artists import known_artist_keys
from catalog.known_songs import known_song_keys
from catalog.models import Hearsay, Tag, Track, TrackArtist
from catalog.rewriting import tracks_rewrite

# Keys of tracks that are looked through at a time, of which few are candidates.
CHUNK = 20_000
_SPEAKS = (
    Q(document__contains=". Known for: ")
    | Q(document__contains=". Heyday: ")
    | Q(document__contains=". Played for: ")
)


@lru_cache(maxsize=1)
def hearsay_version() -> str:
    """Return a version of all that is hearsay, by its content: 16 hexadecimal digits."""
    files = (known_artists.DATA, known_artists.ERAS, known_songs.DATA)
    said = b"".join(path.read_bytes() for path in files)
    return hashlib.sha256(said).hexdigest()[:16]


def hearsay_is_due() -> bool:
    """Say whether documents may speak of another version than the one that is shipped.

    A query, and another where no version was ever brought in.
    """
    held = Hearsay.objects.first()
    if held is None:
        return Track.objects.exists()
    return held.version != hearsay_version() or held.upto is not None


def hearsay_work(*, is_stopping: Callable[[], bool] = lambda: False) -> int | None:
    """Write documents anew until all are of the version that is shipped.

    Returns how many changed, None where it stopped before the end. Text vectors of those
    go, and have to be made again. About a second for 100,000 tracks that don't change.
    """
    changed = 0
    while hearsay_is_due():
        if is_stopping():
            return None
        changed += _chunk()
    return changed


@transaction.atomic
def _chunk() -> int:
    """Take the next chunk of tracks. Returns how many documents changed."""
    held = _held()
    last = Track.objects.aggregate(last=Max("pk"))["last"] or 0
    first, until = held.upto or 0, (held.upto or 0) + CHUNK
    candidates = _candidates(first, until)
    known = known_tracks(candidates)
    written = dict(
        Track.objects.filter(pk__in=candidates).values_list("pk", "document")
    )
    changed = [pk for pk, text in written.items() if track_document(known[pk]) != text]
    tracks_rewrite(changed)
    held.upto = None if until >= last else until
    held.save(update_fields=["upto"])
    return len(changed)


def _held() -> Hearsay:
    """Return the row, locked and of the version that is shipped."""
    version = hearsay_version()
    held = Hearsay.objects.select_for_update().first()
    if held is None:
        return Hearsay.objects.create(version=version)
    if held.version != version:
        held.version, held.upto = version, 0
        held.save(update_fields=["version", "upto"])
    return held


def _candidates(first: int, until: int) -> list[int]:
    """Return tracks that hearsay may tell of, and those that speak of it now.

    By known artists, without a genre or a year; and songs that everybody knows.
    """
    credits = TrackArtist.objects.filter(
        track=OuterRef("pk"), artist__key__in=known_artist_keys()
    )
    genres = Tag.objects.filter(kind=Tag.Kind.GENRE, tracks=OuterRef("pk"))
    return list(
        Track.objects.filter(pk__gt=first, pk__lte=until)
        .filter(
            _SPEAKS
            | Q(song_key__in=known_song_keys())
            | (Exists(credits) & (~Exists(genres) | Q(year=None)))
        )
        .order_by("pk")
        .values_list("pk", flat=True)
    )
