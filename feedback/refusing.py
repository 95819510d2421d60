"""What a listener never wants to hear again: kept without exception, until lifted.

A song is refused in every version, an artist wherever they are credited or a title names
them as a guest. The search is given these (`never_again_of`); whatever else puts songs
into lists asks by the catalog's signal `refusals_asked`, since playlists don't know this
room.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from catalog.advisory import Lock, lock_until_commit
from catalog.guests import guest_ids, tracks_with_guests
from catalog.models import Artist, Track
from catalog.signals import ListMoved, lists_without_refused
from feedback.models import NeverAgain
from feedback.signals import refusals_moved


@dataclass(frozen=True)
class Ruled:
    """A track or an artist that was ruled out, or lifted.

    is_new: it wasn't so before. moved: the listener's lists that lost songs by it.
    """

    track: Track | None
    artist: Artist | None
    is_on: bool
    is_new: bool
    moved: tuple[ListMoved, ...] = ()


@dataclass(frozen=True)
class Told:
    """What is never to be heard, as it is told outside: UUIDs, and artists' names.

    guests: songs whose titles name one of the artists as a guest.
    """

    tracks: tuple[UUID, ...]
    artists: tuple[str, ...]
    guests: tuple[UUID, ...]


@dataclass(frozen=True)
class Never:
    """What is never to be heard, by primary keys."""

    tracks: frozenset[int] = frozenset()
    artists: frozenset[int] = frozenset()


def never_again_of(user: User) -> Never:
    """Return what a listener never wants to hear. One query."""
    rows = list(_held(user.pk).values_list("track_id", "artist_id"))
    return Never(
        frozenset(track for track, _ in rows if track is not None),
        frozenset(artist for _, artist in rows if artist is not None),
    )


@transaction.atomic
def never_again_set(
    *,
    user: User,
    track: Track | None = None,
    artist: Artist | None = None,
    words: str = "",
    asked: object = None,
) -> Ruled:
    """Never let a track or an artist be heard again. Returns what that changed.

    Lists of the listener's that hold it lose it, and all that shows them is told by
    `refusals_moved`. One of both is given. asked: see there.
    """
    refusals_hold([user.pk])
    _, is_new = NeverAgain.objects.get_or_create(
        user=user,
        track=track,
        artist=artist,
        lifted_at=None,
        defaults={"words": words},
    )
    ruled = Ruled(
        track=track,
        artist=artist,
        is_on=True,
        is_new=is_new,
        moved=lists_without_refused(user.pk) if is_new else (),
    )
    refusals_tell(user, ruled, asked)
    return ruled


@transaction.atomic
def never_again_lift(
    *,
    user: User,
    track: Track | None = None,
    artist: Artist | None = None,
    asked: object = None,
) -> Ruled:
    """Let a track, in whichever version it was refused, or an artist be heard again.

    Returns what that changed; told as by `never_again_set`. The rows stay as history.
    """
    if track is not None:
        is_it = Q(track=track)
        if track.song_key:
            is_it |= Q(track__song_key=track.song_key)
    else:
        is_it = Q(artist=artist)
    count = _held(user.pk).filter(is_it).update(lifted_at=timezone.now())
    ruled = Ruled(track=track, artist=artist, is_on=False, is_new=count > 0)
    refusals_tell(user, ruled, asked)
    return ruled


def refusals_tell(user: User, ruled: Ruled, asked: object = None) -> None:
    """Tell what was ruled out, or lifted, once it is committed.

    It is done by then, so whoever can't be told takes nothing back.
    """
    transaction.on_commit(
        lambda: refusals_moved.send(
            sender=NeverAgain, user=user, ruled=ruled, asked=asked
        ),
        robust=True,
    )


def refusals_hold(user_ids: Iterable[int]) -> None:
    """Keep others from writing lists of listeners until the transaction ends.

    Called before any row is locked.
    """
    for user_id in sorted(user_ids):
        lock_until_commit(Lock.REFUSALS, user_id)


def refused_among(
    sender: object, *, user_id: int, track_ids: frozenset[int], **_: Any
) -> frozenset[int]:
    """Say which of some tracks a listener never wants to hear. Four queries at most."""
    refused, artists = _refused(user_id)
    found = refused.filter(pk__in=track_ids).values_list("pk", flat=True)
    return frozenset(found) | _with_guests(artists, track_ids)


def refused_anywhere(user: User) -> frozenset[int]:
    """Return all tracks of the catalog that a listener never wants to hear.

    Four queries at most.
    """
    refused, artists = _refused(user.pk)
    found = refused.values_list("pk", flat=True)
    return frozenset(found) | tracks_with_guests(artists)


def _refused(user_id: int) -> tuple[QuerySet[Track], frozenset[int]]:
    """Return tracks that are refused but for their guests, and artists who are. One query."""
    held = list(_held(user_id).values_list("track_id", "track__song_key", "artist_id"))
    artists = frozenset(artist for _, _, artist in held if artist is not None)
    is_refused = _is_one_of(held) | Q(credits__artist__in=artists)
    return Track.objects.filter(is_refused) if held else Track.objects.none(), artists


def _is_one_of(held: Sequence[tuple[int | None, str | None, *tuple[Any, ...]]]) -> Q:
    """Say what a track has that is ruled out itself. held: a track and its song's key first."""
    return Q(pk__in=[track for track, *_ in held if track is not None]) | Q(
        song_key__in={key for _, key, *_ in held if key}
    )


def _with_guests(artists: frozenset[int], track_ids: frozenset[int]) -> frozenset[int]:
    """Return those of some tracks whose titles name one of the artists as a guest."""
    if not artists:
        return frozenset()
    titles = dict(Track.objects.filter(pk__in=track_ids).values_list("pk", "title"))
    guests = guest_ids(set(titles.values()))
    return frozenset(
        pk for pk, title in titles.items() if artists & guests.get(title, frozenset())
    )


def refused_told(user: User) -> Told:
    """Return what a listener never wants to hear, songs in all versions.

    Two queries, and three more where artists are refused.
    """
    held = list(
        _held(user.pk).values_list("track", "track__song_key", "artist", "artist__name")
    )
    songs = Track.objects.filter(_is_one_of(held)) if held else Track.objects.none()
    tracks = songs.order_by("pk")
    return Told(
        tuple(tracks.values_list("uuid", flat=True)),
        tuple(sorted({name for *_, name in held if name is not None})),
        songs_with_guest({pk for _, _, pk, _ in held if pk is not None}),
    )


def songs_with_guest(artists: Collection[int]) -> tuple[UUID, ...]:
    """Return the songs whose titles name one of the artists. Three queries, if any."""
    found = tracks_with_guests(artists)
    if not found:
        return ()
    tracks = Track.objects.filter(pk__in=found).order_by("pk")
    return tuple(tracks.values_list("uuid", flat=True))


def song_versions(track: Track) -> QuerySet[Track]:
    """Return a song in all its versions, with which it is refused."""
    is_song = Q(pk=track.pk)
    if track.song_key:
        is_song |= Q(song_key=track.song_key)
    return Track.objects.filter(is_song).order_by("pk")


def _held(user_id: int) -> QuerySet[NeverAgain]:
    return NeverAgain.objects.filter(user=user_id, lifted_at=None)
