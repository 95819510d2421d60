"""Which tags a track has by what its sources state.

The rule of this file: a tag goes when the source that takes it back was the last living
one to state it. What nobody stated (tags put in by hand) stays, and so does everything
where some other source's tags aren't known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from catalog.ingest.merging import Voice
from catalog.models import Tag, Track, TrackSource


def tags_merge(source: TrackSource, tags: Sequence[Tag], *, voice: Voice) -> None:
    """Bring a track's tags up to date with what one of its sources states now.

    source: as found, with the tags that it stated before; those of now are written into
    it and not saved.
    """
    before, now = set(source.tags or ()), {tag.pk for tag in tags}
    if voice is Voice.ALONE:
        source.track.tags.set(tags)
    else:
        source.track.tags.add(*tags)
        tags_withdraw(source.track, before - now, source=source)
    source.tags = sorted(now)


def tags_withdraw(track: Track, tag_ids: Iterable[int], *, source: TrackSource) -> None:
    """Take tags off a track that a source stated of it, unless a living one does."""
    gone = set(tag_ids)
    if not gone:
        return
    others = TrackSource.objects.filter(track=track, vanished_at=None)
    stated = set[int]()
    for tags in others.exclude(pk=source.pk).values_list("tags", flat=True):
        if tags is None:
            return
        stated.update(tags)
    track.tags.remove(*gone - stated)
