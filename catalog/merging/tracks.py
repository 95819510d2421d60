"""Tracks that are one recording become one track."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from catalog.ingest.store import document_refresh
from catalog.ingest.vanished import tracks_settle
from catalog.merging.facts import audio_giver, facts_taken, identifiers_dropped
from catalog.merging.refusal import MergeRefused, tracks_check
from catalog.models import (
    Embedding,
    EmbeddingFailure,
    EmbeddingWanted,
    IngestItem,
    Space,
    Tag,
    Track,
    TrackAlias,
    TrackArtist,
    TrackSource,
)
from catalog.signals import merge_begun, tracks_merged


@dataclass(frozen=True)
class Merged:
    """What came of a merge.

    taken: the fields that the kept track took over. dropped: identifiers of the others
    ("isrc USABC1200001") that it has no room for, as it has its own.
    """

    track: Track
    count: int
    taken: tuple[str, ...]
    dropped: tuple[str, ...]


@transaction.atomic
def tracks_merge(*, keep: Track, others: Sequence[Track]) -> Merged:
    """Merge tracks into one: `keep` stays, the others' rows go.

    It takes over their sources, tags, credits, missing facts and vectors, and their
    UUIDs lead to it. The rooms above follow by the signal `tracks_merged`, in the same
    transaction. Raises MergeRefused where there is nothing to merge, a track is gone, or
    they can't be one recording (`tracks_check`).
    About 25 queries, and what the receivers need.
    """
    merge_begun.send(sender=Track, ids=[keep.pk, *(other.pk for other in others)])
    keep, gone = _locked(keep, others)
    tracks_check([keep, *gone])
    ids = [other.pk for other in gone]
    taken = facts_taken(keep, gone)
    dropped = identifiers_dropped(keep, gone)
    TrackSource.objects.filter(track__in=ids).update(track=keep)
    IngestItem.objects.filter(track__in=ids).update(track=keep)
    keep.tags.add(*Tag.objects.filter(tracks__in=ids))
    _credits_append(keep, ids)
    _vectors_take(keep, gone)
    TrackAlias.objects.filter(track__in=ids).update(track=keep)
    TrackAlias.objects.bulk_create(
        TrackAlias(track=keep, uuid=other.uuid) for other in gone
    )
    tracks_merged.send(sender=Track, keep=keep, others=gone)
    # Only now are the identifiers free that the kept track takes over.
    Track.objects.filter(pk__in=ids).delete()
    for name, value in taken.items():
        setattr(keep, name, value)
    if taken:
        keep.save(update_fields=list(taken))
    tracks_settle([keep.pk])
    keep.refresh_from_db(fields=["audio_path", "vanished_at"])
    document_refresh(keep)
    return Merged(keep, len(gone), tuple(taken), tuple(dropped))


def _locked(keep: Track, others: Sequence[Track]) -> tuple[Track, list[Track]]:
    wanted = list(dict.fromkeys(other.pk for other in others))
    if not wanted or keep.pk in wanted:
        raise MergeRefused("Choose one track to keep, and at least one other.")
    rows = Track.objects.select_for_update().order_by("pk")
    here = {track.pk: track for track in rows.filter(pk__in=[keep.pk, *wanted])}
    if len(here) != len(wanted) + 1:
        raise MergeRefused(
            "One of these tracks is no longer there. Nothing was merged."
        )
    return here[keep.pk], [here[pk] for pk in wanted]


def _credits_append(keep: Track, ids: Sequence[int]) -> None:
    """Credit the others' artists behind those of the kept track."""
    credited = list(keep.credits.order_by("position"))
    held = [credit.artist_id for credit in credited]
    after = credited[-1].position + 1 if credited else 0
    rows = TrackArtist.objects.filter(track__in=ids)
    by_track: dict[int, list[int]] = {pk: [] for pk in ids}
    for track, artist in rows.order_by("position").values_list("track", "artist"):
        by_track[track].append(artist)
    wanted = dict.fromkeys(artist for pk in ids for artist in by_track[pk])
    new = [artist for artist in wanted if artist not in held]
    TrackArtist.objects.bulk_create(
        TrackArtist(track=keep, artist_id=artist, position=after + place)
        for place, artist in enumerate(new)
    )


def _vectors_take(keep: Track, gone: Sequence[Track]) -> None:
    """Take over vectors of sound in spaces where the kept track has none.

    A vector of a text stays out: it was made of the other track's words. One that is to
    be made anew still is. A failure is about a file, and comes along only with it.
    """
    heard = Embedding.objects.exclude(space__kind=Space.Kind.TEXT)
    held = set(heard.filter(track=keep).values_list("space", flat=True))
    again = EmbeddingWanted.objects.filter(track=keep).values("space")
    for other in gone:
        rows = heard.filter(track=other).exclude(space__in=held)
        found = list(rows.values_list("pk", "space"))
        Embedding.objects.filter(pk__in=[pk for pk, _ in found]).update(track=keep)
        taken = {space for _, space in found}
        wanted = EmbeddingWanted.objects.filter(track=other, space__in=taken)
        wanted.exclude(space__in=again).update(track=keep)
        held |= taken
    failed = EmbeddingFailure.objects.filter(track=keep)
    if giver := audio_giver(keep, gone):
        failed.delete()
        theirs = EmbeddingFailure.objects.filter(track=giver)
        theirs.exclude(space__in=held).update(track=keep)
    else:
        failed.filter(space__in=held).delete()
