"""Where a listener's songs are found at a service, kept for a while."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import timedelta

from django.utils import timezone

from accounts.models import ServiceAccount
from catalog.recordings.songs import Found, Offer, songs_of
from playlists.models import FoundTrack
from playlists.saving.service import MusicService

# What comes from a service may not be kept for ever, and what is missing may come.
FOUND_FOR = timedelta(days=30)
MISSING_FOR = timedelta(days=1)


def tracks_find(
    service: MusicService,
    account: ServiceAccount,
    track_ids: Sequence[int],
    *,
    on_progress: Callable[[float], None],
) -> list[str]:
    """Return the refs of tracks in their order, without those that aren't there.

    Each is stored as soon as it is found, so that whoever goes on after a failure asks
    for the rest only. Two tracks that are one recording there count once, a track that
    stands twice twice. Raises a Trouble.
    """
    known = found_tracks(account, track_ids)
    songs = songs_of(i for i in track_ids if i not in known)
    for number, (track_id, song) in enumerate(songs.items()):
        known[track_id] = found_store(account, track_id, service.look_up(song))
        on_progress((number + 1) / len(songs))
    found = [(i, known[i].ref) for i in track_ids if i in known and known[i].ref]
    firsts: dict[str, int] = {}
    return [ref for i, ref in found if firsts.setdefault(ref, i) == i]


def found_tracks(
    account: ServiceAccount, track_ids: Iterable[int]
) -> dict[int, FoundTrack]:
    """Return what is known of tracks, by id, where it isn't too old. One query."""
    now = timezone.now()
    rows = FoundTrack.objects.filter(account=account, track__in=set(track_ids))
    return {
        row.track_id: row
        for row in rows
        if row.is_chosen or row.found_at > now - (FOUND_FOR if row.ref else MISSING_FOR)
    }


def found_store(account: ServiceAccount, track_id: int, found: Found) -> FoundTrack:
    """Keep what a service has of a track. Raises IntegrityError where either is gone."""
    facts = {
        "ref": found.ref,
        "near": [asdict(offer) for offer in found.near],
        "is_chosen": False,
        "found_at": timezone.now(),
    }
    row, _created = FoundTrack.objects.update_or_create(
        account=account, track_id=track_id, defaults=facts
    )
    return row


def near_offers(row: FoundTrack) -> list[Offer]:
    """Return what came near a track that isn't there."""
    return [
        Offer(**{**offer, "artists": tuple(offer["artists"])}) for offer in row.near
    ]


def found_expire() -> int:
    """Forget what was found too long ago, and return how much. Choices stay."""
    old = FoundTrack.objects.filter(
        is_chosen=False, found_at__lt=timezone.now() - FOUND_FOR
    )
    return old.delete()[0]
