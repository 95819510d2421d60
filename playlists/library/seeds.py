"""The one way out of a library: keys of the catalog's own tracks, to find others by.

The rule of this file: no name, id or title of a service's leaves it. What is asked for by a
playlist's name gives that playlist's key here, or nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from accounts.models import User
from catalog.signals import tracks_refused
from playlists.library.models import LibraryList, LibraryPart, LibraryTrack

Kind = LibraryPart.Kind


@dataclass(frozen=True)
class Borrowed:
    """What of a library songs are to be near to: which, and nothing that is in it.

    source: the service. kind: of LibraryPart.Kind; "" for all that is in. playlist: the
    key of one LibraryList.
    """

    source: str
    kind: str = ""
    playlist: int | None = None


def library_tracks(user: User, borrowed: Borrowed) -> list[int]:
    """Return the tracks that a listener's library has, each once, in its order.

    None of what has ended, whether it was deleted yet or not, and none that they never
    want to hear. Three queries at most.
    """
    songs = LibraryTrack.objects.filter(
        holder__part__account__user=user,
        source=borrowed.source,
        expires_at__gt=timezone.now(),
        track__isnull=False,
    )
    if borrowed.kind:
        songs = songs.filter(holder__part__kind=borrowed.kind)
    if borrowed.playlist is not None:
        songs = songs.filter(holder=borrowed.playlist)
    ids = songs.order_by("place", "pk").values_list("track", flat=True)
    held = dict.fromkeys(pk for pk in ids if pk is not None)
    refused = tracks_refused(user.pk, held)
    return [pk for pk in held if pk not in refused]


def library_lists(user: User, source: str) -> list[tuple[int, str]]:
    """Return key and title of a listener's playlists at a service. For comparing alone."""
    lists = LibraryList.objects.filter(
        part__account__user=user,
        part__kind=Kind.LISTS,
        source=source,
        expires_at__gt=timezone.now(),
    )
    return list(lists.order_by("place").values_list("pk", "title"))


def library_parts(user: User, source: str) -> dict[str, LibraryPart]:
    """Return what a listener has agreed to at a service, by kind. One query."""
    parts = LibraryPart.objects.filter(
        account__user=user, account__service=source, expires_at__gt=timezone.now()
    )
    return {part.kind: part for part in parts}
